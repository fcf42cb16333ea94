package dev.parlor.internal.net.jgroups.address;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A port that is free both for UDP and for TCP: programs find each other by the one and exchange all else by the other, and who
 * knows one knows both. It is held by its datagrams, which no other program of this kind then takes.
 *
 * @param port the number
 * @param datagrams bound to it, for IPv4 and IPv6 where the machine has both
 */
public record PortPair(int port, DatagramChannel datagrams) implements AutoCloseable {
    /** Tried where the system chooses: whatever it gives for UDP is free for TCP, nearly always. */
    private static final int TRIES = 20;

    /**
     * The first that is free, or if none is and {@code otherwiseAny} one that the system chooses.
     *
     * @param at an address of this machine, null for all
     * @throws IOException if there is none
     */
    public static PortPair open(@Nullable InetAddress at, List<Integer> candidates, boolean otherwiseAny) throws IOException {
        IOException why = new BindException("no port to try");
        for (int port : candidates) {
            try {
                return open(at, port);
            } catch (IOException e) {
                why = e;
            }
        }
        for (int i = 0; otherwiseAny && i < TRIES; i++) {
            try {
                return open(at, 0);
            } catch (IOException e) {
                why = e;
            }
        }
        IOException failed = new BindException("of the ports " + candidates + " none is free for UDP and TCP (" + why.getMessage() + ")");
        failed.initCause(why);
        throw failed;
    }

    private static PortPair open(@Nullable InetAddress at, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(at, port));
            int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(at, bound));
            }
            return new PortPair(bound, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            datagrams.close();
        } catch (IOException ignored) {
            // It is not used any more.
        }
    }
}
