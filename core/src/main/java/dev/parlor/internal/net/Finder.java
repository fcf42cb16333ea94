package dev.parlor.internal.net;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way to find others that an application has plugged in, so that any method may block, throw anything, and return what it likes.
 * Its text names it. Thread-safe.
 */
public interface Finder {
    /**
     * Begins to look for a room.
     *
     * @param room the same for all its programs
     * @param self no other program's
     */
    @Nullable Search open(String room, String self) throws Exception;

    /** Of one room. Used by one thread at a time. */
    interface Search {
        /** Says where this program is, and asks where others are. */
        @Nullable Collection<? extends @Nullable InetSocketAddress> exchange(Set<InetSocketAddress> own) throws Exception;

        /** This program is not there any more. */
        void close() throws Exception;
    }
}
