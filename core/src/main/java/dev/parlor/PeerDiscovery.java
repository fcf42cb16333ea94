package dev.parlor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;

/**
 * A way to find other programs on networks, beside those that Parlor has: pass it to {@link RoomBuilder#discovery}. It tells others
 * where this program is, and this program where others are; it carries nothing else. An address that it gives is sent datagrams of
 * discovery, and whoever answers as a program of the room is met. So addresses of programs that have ended, and false ones, do no
 * harm beyond those datagrams, and in a room with a {@link RoomBuilder#passphrase} nobody gets in by them.
 *
 * <p><b>Calls.</b> All methods are called on daemon threads of the library, for one room one call at a time. Rooms that use the same object
 * call it concurrently. A call may block: other ways to find programs go on meanwhile, and so does everything else of the room. A join waits
 * for the first call a quarter of a second at most; whoever is found later is asked then.
 *
 * <p><b>Failures.</b> Whatever is thrown is told once by a {@link Warning} ({@link Warning.Kind#UNREACHABLE}), and the call is tried
 * again a second later. {@code toString()} names the way in messages. While calls fail or block, those are asked who were found
 * before.
 *
 * <p>Implementations must be thread-safe.
 */
@FunctionalInterface
public interface PeerDiscovery {
    /**
     * Begins to look for a room. Called once a join, and again only if it has thrown; {@link Doctor} calls it too.
     *
     * @param room names the room, the same for all its programs: at most 40 characters of {@code a-z}, {@code 0-9} and {@code -},
     *     from which the room's own name cannot be read, though it can be guessed
     * @param self names this program in this room, other than any other: at most 40 characters of {@code a-z}, {@code 0-9} and {@code -}
     * @return what is asked from now on
     * @throws IOException if it cannot be used now
     */
    Search open(String room, String self) throws IOException;

    /** A search for the programs of one room, which also tells them where this program is. */
    @FunctionalInterface
    interface Search extends AutoCloseable {
        /**
         * Says where this program is and asks where others are. Called about once a second while the room is open, less often if a
         * call takes longer than that.
         *
         * @param own where this program listens: its present addresses, which all have the same port. They change when the network
         *     does. If the port is 0, as for {@link Doctor}, this program only looks and must not be announced
         * @return where others may be; addresses of this program do no harm. The first 1,000 are used. They stand for all that is
         *     known at the moment: who is left out is not asked any more
         * @throws IOException if it cannot be used now
         */
        Collection<InetSocketAddress> exchange(Set<InetSocketAddress> own) throws IOException;

        /**
         * Ends the search: this program is not there any more. Called once, after any other call has returned. {@link Room#close()}
         * waits a quarter of a second for it at most.
         *
         * @throws IOException never told to anybody
         */
        @Override
        default void close() throws IOException {
            // A search that has nothing open.
        }
    }
}
