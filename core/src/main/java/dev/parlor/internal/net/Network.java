package dev.parlor.internal.net;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group of members who can send frames to one and to all. Frames of one sender to all arrive in order, and so do those
 * of one sender to one; frames may be missing or doubled when members come and go. A member is known by its
 * participant's id. Implementations are thread-safe.
 */
public interface Network extends AutoCloseable {
    /** This member's id. */
    long self();

    /**
     * Joins the group and waits until its first view has been handed to the receiver. Called once.
     *
     * @throws dev.parlor.JoinException if that fails
     */
    void connect(Receiver receiver);

    /**
     * Sends a frame to all other members of the present view. May wait for slow receivers, so never called from a
     * caller's, listener's or network thread.
     *
     * @throws NetworkException if the frame was not taken
     */
    void sendToAll(byte[] frame) throws NetworkException;

    /** Whether {@link #offerToAll} may ever take a frame. The same at all times. */
    default boolean takesOffers() {
        return false;
    }

    /**
     * Sends a frame to all other members of the present view if nothing has to be waited for, such as slow receivers: so it may be
     * called from a caller's thread. If it returns false nothing was sent, and the frame is for {@link #sendToAll}.
     *
     * @throws NetworkException if the frame was not taken and would not be
     */
    default boolean offerToAll(byte[] frame) throws NetworkException {
        return false;
    }

    /**
     * Sends a frame to one other member. May wait like {@link #sendToAll}.
     *
     * @throws NetworkException if the frame was not taken, for example because the member has left
     */
    void send(long member, byte[] frame) throws NetworkException;

    /**
     * Sends a frame to all other members of the present view that may be lost, doubled, or overtaken by others: nothing is repeated
     * or numbered for it, and no slow receiver is waited for. Where there is no such way it goes like any other. Not called from a
     * caller's, listener's or network thread, as a socket may be full.
     *
     * @param frame small enough for one datagram
     * @throws NetworkException if the frame was not taken
     */
    default void sendLossy(byte[] frame) throws NetworkException {
        sendToAll(frame);
    }

    /**
     * The other members of the present view do not see this one, though they are there: gives up the view, alone for the
     * moment, and finds the group anew. May wait like {@link #sendToAll}.
     */
    void lookForOthers();

    /**
     * Members that can neither hear nor be heard: a view without them follows, at the latest once the network notices by
     * itself. May wait like {@link #sendToAll}.
     */
    default void expel(List<Long> members) {}

    /** The keys under which everything travels; null if it travels in the clear. */
    default @Nullable Keys keys() {
        return null;
    }

    /** How this member is on the network. May be called at any time, from any thread; does not wait. */
    default NetworkLook describe() {
        return new NetworkLook("this program", "", Optional.empty(), "it uses no network", List.of());
    }

    /** Leaves the group and frees everything. Nothing is received afterwards. Calling it again does nothing. */
    @Override
    void close();

    /** How the key of a group is changed while it runs. Thread-safe. */
    interface Keys {
        /** The key of a passphrase. Takes a tenth of a second. */
        byte[] derive(char[] passphrase);

        /** The key under which everything is sent. */
        byte[] used();

        /** Whether this is the one. */
        default boolean isUsed(byte[] key) {
            return Arrays.equals(used(), key);
        }

        /** Makes what {@link #accept} of this key needs, which takes time; after it that is memory only. */
        void prepare(byte[] key);

        /** From now on what comes under this key is taken as well. One only: another that was is not any more. */
        void accept(byte[] key);

        /** Everything is sent under this key, if it was accepted; what comes under the former one is still taken. */
        void use(byte[] key);

        /** What comes under this key is not taken any more, unless it is the one that is used. */
        void forget(byte[] key);
    }

    /** Who takes what arrives. Called on network threads, for different senders at once; must not block or send. */
    interface Receiver {
        /**
         * A frame has arrived.
         *
         * @param from who sent it
         * @param toAll whether it was sent to all
         */
        void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length);

        /** Members have come or gone. */
        void onView(View view);

        /**
         * Something has come from somebody who does not know the room's passphrase, and was not taken. Told now and then,
         * also before the first view.
         *
         * @param count how many datagrams since it was told last
         * @param ofThisRoom whether any so far said that it is of this room
         */
        default void onStrangers(long count, boolean ofThisRoom) {}

        /**
         * A member was not heard for some seconds, or this one's network has changed, and no view need follow: what was sent
         * meanwhile may be missing, and whoever sent it need not know.
         */
        default void onHeardAgain() {}

        /** Something about the network that a user should know, also before the first view. */
        default void onTrouble(Trouble kind, String message) {}
    }

    /**
     * Who is in the group.
     *
     * @param members in the order of their joining, the longest present first
     * @param sides after groups have merged: the members of each, the longest present of it first; else empty
     */
    record View(List<Long> members, List<List<Long>> sides) {}

    /** A frame was not taken. */
    final class NetworkException extends Exception {
        private static final long serialVersionUID = 1L;

        public NetworkException(@Nullable String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
