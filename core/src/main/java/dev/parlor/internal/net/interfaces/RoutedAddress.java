package dev.parlor.internal.net.interfaces;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What this machine would send from. Nothing is sent to find out: a datagram socket that is connected has an address of its own. */
public final class RoutedAddress {
    /** In a network that is for documents only (RFC 5737, RFC 3849): the way there is the way to the world. */
    private static final byte[][] WORLD = {{(byte) 198, 51, 100, 1}, {0x20, 0x01, 0x0D, (byte) 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
    private static final int ANY_PORT = 9;

    private RoutedAddress() {}

    /** The address of this machine from which it sends to the world; empty where it knows no way there. */
    public static Optional<InetAddress> toTheWorld() {
        for (byte[] each : WORLD) {
            try {
                Optional<InetAddress> found = to(InetAddress.getByAddress(each));
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                throw new IllegalStateException("it has the length of an address", e);
            }
        }
        return Optional.empty();
    }

    /** The address of this machine from which it sends to another. */
    public static Optional<InetAddress> to(InetAddress other) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(other, ANY_PORT));
            InetAddress own = socket.getLocalAddress();
            return own.isAnyLocalAddress() ? Optional.empty() : Optional.of(own);
        } catch (IOException | RuntimeException e) {
            // No way there; some systems say it by an unchecked exception.
            return Optional.empty();
        }
    }
}
