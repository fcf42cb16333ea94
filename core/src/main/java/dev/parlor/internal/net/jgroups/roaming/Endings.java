package dev.parlor.internal.net.jgroups.roaming;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.blocks.cs.BaseServer;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.logging.Log;

/** Ends connections, without a word and without waiting: JGroups says goodbye on each, for which who does not read must be waited. Thread-safe. */
final class Endings {
    private final BaseServer server;
    private final Log log;
    /** Those that were ended here, until that is told. */
    private final Set<Connection> untold = ConcurrentHashMap.newKeySet();

    Endings(BaseServer server, Log log) {
        this.server = server;
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
        endIf((address, connection) -> address.equals(there), this::end);
    }

    /** Those of which this says so, and nobody is asked whether their members are there. */
    void endUntold(Predicate<Connection> gone) {
        endIf((address, connection) -> gone.test(connection), connection -> {
            untold.add(connection);
            end(connection);
        });
    }

    /** Whether this was ended by {@link #endUntold}, which is forgotten. */
    boolean wasUntold(Connection connection) {
        return untold.remove(connection);
    }

    void endAll() {
        endIf((address, connection) -> true, this::end);
    }

    /** Of which it is told nothing any more. */
    void forgetClosed() {
        untold.removeIf(Connection::isClosed);
    }

    void endUnless(BiPredicate<Address, Connection> kept) {
        endIf(kept.negate(), this::end);
    }

    private void endIf(BiPredicate<Address, Connection> which, Consumer<Connection> how) {
        server.forAllConnections((address, connection) -> {
            if (which.test(address, connection)) {
                how.accept(connection);
            }
        });
    }
}
