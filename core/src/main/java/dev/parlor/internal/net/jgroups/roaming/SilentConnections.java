package dev.parlor.internal.net.jgroups.roaming;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.blocks.cs.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Connections that others have opened and have said nothing on yet that was taken. Anybody can open them, and each costs a
 * socket and perhaps a thread, so there are few; a member speaks at once, so that the oldest is none of a member. Thread-safe.
 */
public final class SilentConnections {
    /** As many as members that connect at the very same moment, with room to spare. */
    static final int MAX_SILENT = 64;

    private final Map<Address, Connection> silent = new LinkedHashMap<>();

    /** One was opened. Gives the one that is to be closed for it, or null. */
    public synchronized @Nullable Connection opened(Address from, Connection connection) {
        silent.values().removeIf(Connection::isClosed);
        silent.put(from, connection);
        if (silent.size() <= MAX_SILENT) {
            return null;
        }
        Iterator<Connection> oldest = silent.values().iterator();
        Connection closed = oldest.next();
        oldest.remove();
        return closed;
    }

    /** It said something that was taken. */
    public synchronized void spoke(Address from) {
        silent.remove(from);
    }
}
