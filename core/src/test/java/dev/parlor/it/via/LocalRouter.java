package dev.parlor.it.via;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jgroups.stack.GossipRouter;

/** JGroups' router in this JVM, at a port of the loopback that stays its own while it is stopped and started again. */
final class LocalRouter implements AutoCloseable {
    /** Below those that Linux gives to connections (32,768 and above), as other systems do (49,152). */
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final int port;
    private GossipRouter running;

    private LocalRouter(int port) {
        this.port = port;
    }

    static LocalRouter start() {
        LocalRouter router = new LocalRouter(freePort());
        router.startAgain();
        return router;
    }

    /**
     * A port at which nobody listens, and which the system gives to no connection while the router is stopped: not even to one that
     * looks for it, which on the loopback would reach itself.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Another.
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** As {@code via(…)} takes it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    void startAgain() {
        try {
            running = new GossipRouter("127.0.0.1", port).nonBlockingSends(true);
            running.start();
        } catch (Exception e) {
            throw new AssertionError("no router at port " + port, e);
        }
    }

    void stop() {
        running.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
