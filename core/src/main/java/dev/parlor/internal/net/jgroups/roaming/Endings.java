package dev.parlor.internal.net.jgroups.roaming;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jgroups.Address;
import org.jgroups.blocks.cs.BaseServer;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.logging.Log;
import org.jspecify.annotations.Nullable;

/** Ends connections, without a word and without waiting: JGroups says goodbye on each, for which who does not read must be waited. Thread-safe. */
final class Endings {
    /** Who is told that nothing comes on its connection ends it by then, or does not. */
    private static final long EXPECTED_NANOS = 5_000_000_000L;

    private final BaseServer server;
    private final LongSupplier nanos;
    private final Log log;
    /** Those that were ended here, or may be ended by their members, until that is told, with the time at which that was known. */
    private final Map<Connection, Long> untold = new ConcurrentHashMap<>();

    Endings(BaseServer server, LongSupplier nanos, Log log) {
        this.server = server;
        this.nanos = nanos;
        this.log = log;
    }

    void end(Connection connection) {
        try {
            connection.close(false);
        } catch (IOException e) {
            log.debug("the connection to %s was not closed well: %s", connection.peerAddress(), e);
        }
        server.removeConnectionIfPresent(connection.peerAddress(), connection);
    }

    /** Those at a place. */
    void endAt(Address there) {
        each((address, connection) -> address.equals(there), this::end);
    }

    /** Those of which this says so, and nobody is asked whether their members are there. @return whether there were any */
    boolean endUntold(BiPredicate<Address, Connection> gone) {
        boolean[] any = {false};
        each(gone, connection -> {
            any[0] = true;
            untold.put(connection, nanos.getAsLong());
            end(connection);
        });
        return any[0];
    }

    /** Those at a place may be ended by their members, of whom nobody is asked then whether they are there. */
    void expectAt(@Nullable Address there) {
        each((address, connection) -> address.equals(there), connection -> untold.put(connection, nanos.getAsLong()));
    }

    /** Whether the end of this need not be asked about, which is forgotten. */
    boolean wasUntold(Connection connection) {
        Long since = untold.remove(connection);
        return since != null && nanos.getAsLong() - since < EXPECTED_NANOS;
    }

    void endAll() {
        each((address, connection) -> true, this::end);
    }

    /** Of which it is told nothing any more: what has just been closed is told of by another thread. */
    void forgetClosed() {
        long now = nanos.getAsLong();
        untold.entrySet().removeIf(each -> each.getKey().isClosed() && now - each.getValue() > EXPECTED_NANOS);
    }

    void endUnless(BiPredicate<Address, Connection> kept) {
        each(kept.negate(), this::end);
    }

    private void each(BiPredicate<Address, Connection> which, Consumer<Connection> how) {
        server.forAllConnections((address, connection) -> {
            if (which.test(address, connection)) {
                how.accept(connection);
            }
        });
    }
}
