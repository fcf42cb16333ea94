package dev.parlor.internal.net.jgroups.discovery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Datagrams to whoever is on any of the networks that this machine is on, and to one: of IPv4 and of IPv6, at every interface that
 * is given, those that come up later as well. What cannot be sent is not: the network may be down, or not multicast.
 */
final class DiscoverySockets implements AutoCloseable {
    /** Who takes what comes. Called on the thread that reads. */
    interface Taker {
        void take(InetSocketAddress from, ByteBuffer datagram);

        /** A second has passed, or a little more. */
        void tick();
    }

    /** The longest datagram: what JGroups says of a member, sealed, is a fraction of it. */
    private static final int MAX_BYTES = 8 * 1024;
    /** The local network and one router, no further. */
    private static final int TTL = 2;
    /** So many of one socket, before the others have their turn and the clock is looked at: anybody can send without an end. */
    static final int MAX_IN_A_ROW = 64;
    private static final long TICK_MILLIS = 1_000;
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final DatagramChannel home;
    private final int port;
    private final Taker taker;
    private final Selector selector;
    private final List<Family> families = new ArrayList<>();
    /** In this order, so that of what comes by several ways at once that of IPv4 is the first. */
    private final List<DatagramChannel> channels = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param home sends to and takes from one; closed by who opened it
     * @param groups of IPv4, of IPv6; none for no multicast
     * @param port of both groups
     */
    DiscoverySockets(DatagramChannel home, List<InetAddress> groups, int port, Taker taker) throws IOException {
        this.home = home;
        this.port = port;
        this.taker = taker;
        this.selector = Selector.open();
        home.configureBlocking(false);
        home.register(selector, SelectionKey.OP_READ);
        channels.add(home);
        for (InetAddress group : groups) {
            try {
                families.add(new Family(group));
            } catch (IOException | UnsupportedOperationException e) {
                // Not every machine has both, and without either others are found by other ways.
            }
        }
    }

    /** Uses these interfaces from now on. */
    void use(List<NetworkInterface> interfaces) {
        families.forEach(family -> family.join(interfaces));
    }

    /** Reads until it is closed. */
    void read() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
        long nextTick = System.nanoTime();
        while (!closed) {
            try {
                long leftMillis = (nextTick - System.nanoTime()) / NANOS_A_MILLI;
                if (leftMillis > 0) {
                    selector.select(leftMillis);
                } else {
                    selector.selectNow();
                    nextTick = System.nanoTime() + TICK_MILLIS * NANOS_A_MILLI;
                    taker.tick();
                }
                for (DatagramChannel each : channels) {
                    drain(each, buffer);
                }
                selector.selectedKeys().clear();
            } catch (ClosedSelectorException end) {
                return;
            } catch (ClosedChannelException end) {
                if (!home.isOpen()) {
                    return;
                }
            } catch (IOException e) {
                // Of one datagram, such as the answer that nobody listens there.
                selector.selectedKeys().clear();
            }
        }
    }

    private void drain(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        for (int i = 0; i < MAX_IN_A_ROW && !closed; i++) {
            buffer.clear();
            SocketAddress from = channel.receive(buffer);
            if (from == null) {
                return;
            }
            taker.take((InetSocketAddress) from, buffer.flip());
        }
    }

    /** To all, at every interface. */
    void multicast(byte[] datagram) {
        families.forEach(family -> family.multicast(datagram));
    }

    /** To all of IPv4, at every interface. */
    void broadcast(byte[] datagram) {
        families.forEach(family -> family.broadcast(datagram));
    }

    /** To one; false if it cannot be. */
    boolean send(InetSocketAddress to, byte[] datagram) {
        try {
            return home.send(ByteBuffer.wrap(datagram), to) > 0;
        } catch (IOException | RuntimeException e) {
            return false;
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

    /** IPv4 or IPv6. */
    private final class Family {
        private final InetAddress group;
        private final DatagramChannel sender;
        private final DatagramChannel shared;
        private final Map<String, Integer> joined = new HashMap<>();
        private volatile List<NetworkInterface> at = List.of();

        Family(InetAddress group) throws IOException {
            this.group = group;
            ProtocolFamily family = group instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
            sender = DatagramChannel.open(family);
            try {
                sender.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TTL);
                sender.setOption(StandardSocketOptions.SO_BROADCAST, true);
                sender.bind(null);
                shared = DatagramChannel.open(family);
                try {
                    shared.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                    shared.bind(new InetSocketAddress(port));
                    shared.configureBlocking(false);
                    shared.register(selector, SelectionKey.OP_READ);
                    channels.add(shared);
                } catch (IOException | RuntimeException e) {
                    shared.close();
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                sender.close();
                throw e;
            }
        }

        /** Joins the group at interfaces at which it is not joined: those that went down and came up again have left it. */
        synchronized void join(List<NetworkInterface> interfaces) {
            List<NetworkInterface> now = interfaces.stream().filter(this::hasFamily).toList();
            Map<String, Integer> before = Map.copyOf(joined);
            joined.clear();
            for (NetworkInterface each : now) {
                if (!Integer.valueOf(each.getIndex()).equals(before.get(each.getName()))) {
                    try {
                        shared.join(group, each);
                    } catch (IOException | RuntimeException e) {
                        // Without multicast; broadcasts come all the same.
                    }
                }
                joined.put(each.getName(), each.getIndex());
            }
            at = now;
        }

        private boolean hasFamily(NetworkInterface each) {
            return each.inetAddresses().anyMatch(group instanceof Inet4Address ? Inet4Address.class::isInstance
                    : Inet6Address.class::isInstance);
        }

        synchronized void multicast(byte[] datagram) {
            for (NetworkInterface each : at) {
                try {
                    sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
                    sender.send(ByteBuffer.wrap(datagram), new InetSocketAddress(group, port));
                } catch (IOException | RuntimeException e) {
                    // It went down, or does not multicast.
                }
            }
        }

        synchronized void broadcast(byte[] datagram) {
            if (group instanceof Inet4Address) {
                at.stream().flatMap(each -> each.getInterfaceAddresses().stream()).map(InterfaceAddress::getBroadcast)
                        .filter(Inet4Address.class::isInstance).forEach(to -> {
                            try {
                                sender.send(ByteBuffer.wrap(datagram), new InetSocketAddress(to, port));
                            } catch (IOException | RuntimeException e) {
                                // As above.
                            }
                        });
            }
        }

        void close() {
            try {
                sender.close();
                shared.close();
            } catch (IOException ignored) {
                // They are not used any more.
            }
        }
    }
}
