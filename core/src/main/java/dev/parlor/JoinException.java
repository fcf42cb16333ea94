package dev.parlor;

import org.jspecify.annotations.Nullable;

/** A room could not be joined. {@link #reason()} says why in a way a program can act on, the message for a person. */
public final class JoinException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** Why a room could not be joined. */
    public enum Reason {
        /** The stack given to {@code stack(…)} is not there, cannot be read, or is no JGroups configuration. */
        BAD_STACK,
        /**
         * The network interface asked for is not there or is down, its address or port cannot be bound, or none of the routers of
         * {@link RoomBuilder#via} can be reached. {@link Doctor} says which interfaces and ports there are.
         */
        NO_NETWORK,
        /**
         * Somebody is in the room with another passphrase, or with one where this program gives none, and nobody with the
         * same. (Who only says so looks the same: it is a guess to help people, not a proof. Over TCP who gives no
         * passphrase is not told.)
         */
        WRONG_PASSPHRASE,
        /**
         * The room was begun by a program that speaks no version of Parlor's protocol that this program speaks, and nobody is in it
         * with whom one could be spoken: update Parlor in the older of the two programs.
         */
        OTHER_VERSION,
        /** The room's state did not arrive within the join timeout. Where a network is in doubt, {@link Doctor} looks at it. */
        TIMEOUT,
        /**
         * JGroups was loaded before Parlor with Java deserialization open, a door through which any packet could
         * run code in this JVM.
         */
        DESERIALIZATION_OPEN,
        /**
         * The JGroups on the class path is not there, or of a version with which Parlor does not work; the message names the
         * version, where it was loaded from, and what is needed.
         */
        WRONG_JGROUPS,
        /** The join was cancelled, the thread was interrupted, or the room was closed while it was joining. */
        CANCELLED
    }

    /** Why. */
    private final Reason reason;

    /**
     * An exception with a reason.
     *
     * @param reason why, for a program
     * @param message why and what to do, for a person
     * @param cause what was thrown below, or null
     */
    @SuppressWarnings("exports") // of the annotation, which no user needs
    public JoinException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Require.reason(reason);
    }

    /**
     * Why the room could not be joined.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
