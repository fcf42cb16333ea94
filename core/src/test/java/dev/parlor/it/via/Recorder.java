package dev.parlor.it.via;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a router and keeps all bytes that it gets and gives. */
final class Recorder implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final ServerSocket accepting;
    private final int routerPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Recorder(ServerSocket accepting, int routerPort) {
        this.accepting = accepting;
        this.routerPort = routerPort;
    }

    static Recorder before(LocalRouter router) throws IOException {
        Recorder recorder = new Recorder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), router.port());
        start(recorder::accept);
        return recorder;
    }

    String address() {
        return "127.0.0.1:" + accepting.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket from = accepting.accept();
            Socket to = new Socket(InetAddress.getLoopbackAddress(), routerPort);
            sockets.addAll(List.of(from, to));
            start(() -> copy(from, to));
            start(() -> copy(to, from));
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count; (count = in.read(buffer)) >= 0;) {
                synchronized (bytes) {
                    bytes.write(buffer, 0, count);
                }
                out.write(buffer, 0, count);
            }
        }
    }

    /** Whether this text was among the bytes, in a form in which Java, Kryo or JGroups writes it. */
    boolean saw(String text) {
        byte[] seen;
        synchronized (bytes) {
            seen = bytes.toByteArray();
        }
        String ascii = new String(seen, StandardCharsets.ISO_8859_1);
        // Kryo marks the end of a text by the high bit of its last byte.
        return ascii.contains(text.substring(0, text.length() - 1)) || new String(seen, StandardCharsets.UTF_16BE).contains(text);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // With the test.
            }
        }, "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        accepting.close();
        for (Socket each : sockets) {
            each.close();
        }
    }
}
