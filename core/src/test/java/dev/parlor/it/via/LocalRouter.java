package dev.parlor.it.via;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jgroups.stack.GossipRouter;

/** JGroups' router in this JVM, at a port of the loopback that stays its own while it is stopped and started again. */
final class LocalRouter implements AutoCloseable {
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

    /** A port at which nobody listens. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
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
