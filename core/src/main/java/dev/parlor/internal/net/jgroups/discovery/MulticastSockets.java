package dev.parlor.internal.net.jgroups.discovery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams to whoever is on any of the networks that this machine is on, and to one: of IPv4 and of IPv6, at every interface that
 * can, those that come up later as well. Where multicast is not let through, IPv4's broadcast may be.
 */
final class MulticastSockets implements AutoCloseable {
    /** Who takes what comes. Called on the thread that reads. */
    interface Taker {
        void take(InetSocketAddress from, ByteBuffer datagram, boolean byMulticast);
    }

    /** The longest datagram: what JGroups says of a member, sealed, is a fraction of it. */
    private static final int MAX_BYTES = 8 * 1024;
    /** The local network and one router, no further. */
    private static final int TTL = 2;
    /** So often interfaces that have come up are looked for. */
    private static final long LOOK_MILLIS = 1_000;

    private final int port;
    private final Taker taker;
    private final Selector selector;
    private final List<Family> families = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param groups of IPv4, of IPv6
     * @param port of both groups
     */
    MulticastSockets(List<InetAddress> groups, int port, Taker taker) throws IOException {
        this.port = port;
        this.taker = taker;
        this.selector = Selector.open();
        IOException failed = null;
        for (InetAddress group : groups) {
            try {
                families.add(new Family(group));
            } catch (IOException | UnsupportedOperationException e) {
                // Not every machine has both.
                failed = e instanceof IOException io ? io : new IOException(e);
            }
        }
        if (families.isEmpty() && failed != null) {
            close();
            throw failed;
        }
        families.forEach(Family::join);
    }

    /** Reads until it is closed. */
    void read() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
        long nextLook = System.nanoTime();
        while (!closed) {
            try {
                selector.select(LOOK_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    drain((DatagramChannel) key.channel(), buffer, Boolean.TRUE.equals(key.attachment()));
                }
                selector.selectedKeys().clear();
            } catch (java.nio.channels.ClosedSelectorException | ClosedChannelException end) {
                return;
            } catch (IOException e) {
                // Of one datagram, such as the answer that nobody listens there.
                selector.selectedKeys().clear();
            }
            if (System.nanoTime() - nextLook >= 0) {
                nextLook = System.nanoTime() + LOOK_MILLIS * 1_000_000;
                families.forEach(Family::join);
            }
        }
    }

    private void drain(DatagramChannel channel, ByteBuffer buffer, boolean byMulticast) throws IOException {
        while (true) {
            buffer.clear();
            SocketAddress from = channel.receive(buffer);
            if (from == null) {
                return;
            }
            taker.take((InetSocketAddress) from, buffer.flip(), byMulticast);
        }
    }

    /** To all, at every interface. What cannot be sent is not. */
    void sendToAll(byte[] datagram) {
        families.forEach(family -> family.sendToAll(datagram));
    }

    /** To one. */
    void send(InetSocketAddress to, byte[] datagram) throws IOException {
        for (Family family : families) {
            if (family.group.getClass() == to.getAddress().getClass()) {
                family.own.send(ByteBuffer.wrap(datagram), to);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        families.forEach(Family::close);
        try {
            selector.close();
        } catch (IOException ignored) {
            // It is not used any more.
        }
    }

    private static List<NetworkInterface> interfaces() {
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            return all.filter(MulticastSockets::isUsable).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUsable(NetworkInterface each) {
        try {
            return each.isUp() && each.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false;
        }
    }

    /** IPv4 or IPv6. */
    private final class Family {
        final InetAddress group;
        /** Sends, and takes what is sent to this program alone. */
        final DatagramChannel own;
        private final DatagramChannel shared;
        private final Map<String, Integer> joined = new HashMap<>();
        private volatile List<NetworkInterface> at = List.of();

        Family(InetAddress group) throws IOException {
            this.group = group;
            ProtocolFamily family = group instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
            own = DatagramChannel.open(family);
            try {
                own.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TTL);
                own.setOption(StandardSocketOptions.SO_BROADCAST, true);
                own.bind(null);
                own.configureBlocking(false);
                own.register(selector, SelectionKey.OP_READ, false);
                shared = DatagramChannel.open(family);
                shared.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                shared.bind(new InetSocketAddress(port));
                shared.configureBlocking(false);
                shared.register(selector, SelectionKey.OP_READ, true);
            } catch (IOException | RuntimeException e) {
                own.close();
                throw e;
            }
        }

        /** Joins the group at interfaces at which it is not joined. */
        synchronized void join() {
            List<NetworkInterface> now = interfaces().stream().filter(this::hasFamily).toList();
            Map<String, Integer> there = new HashMap<>();
            for (NetworkInterface each : now) {
                there.put(each.getName(), each.getIndex());
                if (!Integer.valueOf(each.getIndex()).equals(joined.get(each.getName()))) {
                    try {
                        shared.join(group, each);
                        joined.put(each.getName(), each.getIndex());
                    } catch (IOException | RuntimeException e) {
                        // Without multicast; broadcasts come all the same.
                        joined.put(each.getName(), each.getIndex());
                    }
                }
            }
            joined.keySet().retainAll(there.keySet());
            at = now;
        }

        private boolean hasFamily(NetworkInterface each) {
            return each.inetAddresses().anyMatch(group instanceof Inet4Address ? Inet4Address.class::isInstance
                    : Inet6Address.class::isInstance);
        }

        void sendToAll(byte[] datagram) {
            for (NetworkInterface each : at) {
                synchronized (this) {
                    try {
                        own.setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
                        own.send(ByteBuffer.wrap(datagram), new InetSocketAddress(group, port));
                    } catch (IOException | RuntimeException e) {
                        // It went down, or does not multicast.
                    }
                }
                each.getInterfaceAddresses().forEach(address -> broadcast(address.getBroadcast(), datagram));
            }
        }

        private void broadcast(@Nullable InetAddress to, byte[] datagram) {
            if (to != null && group instanceof Inet4Address && to instanceof Inet4Address) {
                try {
                    own.send(ByteBuffer.wrap(datagram), new InetSocketAddress(to, port));
                } catch (IOException | RuntimeException e) {
                    // As above.
                }
            }
        }

        void close() {
            try {
                own.close();
                shared.close();
            } catch (IOException ignored) {
                // They are not used any more.
            }
        }
    }
}
