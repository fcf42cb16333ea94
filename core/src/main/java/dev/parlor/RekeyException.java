package dev.parlor;

/** The room's passphrase was not changed. The future returned by {@link Room#rekey} completes with it, unless it is thrown. */
public final class RekeyException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** Why it was not changed. */
    public enum Reason {
        /** The room has no passphrase. */
        OPEN_ROOM,
        /**
         * Somebody who is to follow has not confirmed in time; the message names who. Try again; or with yet another
         * passphrase, since they may have been handed this one, and without them.
         */
        NOT_CONFIRMED,
        /** Another change of the passphrase is under way at this very moment. */
        OVERTAKEN,
        /** Who is to be thrown out may know the new passphrase: it is the present one, or was handed over before. */
        KNOWN
    }

    /** Why. */
    private final Reason reason;

    /**
     * An exception with a reason.
     *
     * @param reason why, for a program
     * @param message why and what to do, for a person
     */
    public RekeyException(Reason reason, String message) {
        super(message);
        this.reason = Require.reason(reason);
    }

    /**
     * Why it was not changed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
