package dev.parlor.bench.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * A datagram a put, by multicast on the loopback interface, and nothing else: nobody knows who is there, what is lost is lost. The
 * time that it takes is the machine's.
 */
final class UdpCandidate implements MapCandidate {
    private static final int MOST_BYTES = 64 * 1024;

    private final boolean spins;
    private final Map<String, byte[]> map = new ConcurrentHashMap<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(MOST_BYTES);
    private volatile BiConsumer<String, byte[]> listener = (key, value) -> {};
    private DatagramChannel sending;
    private DatagramChannel receiving;
    private InetSocketAddress group;

    /** @param spins whether the receiver looks without a pause */
    UdpCandidate(boolean spins) {
        this.spins = spins;
    }

    @Override
    public void join(Place place) throws IOException {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName(Place.BIND));
        group = new InetSocketAddress(place.multicast(), place.port());
        receiving = DatagramChannel.open(StandardProtocolFamily.INET).setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(group);
        receiving.join(group.getAddress(), loopback);
        receiving.configureBlocking(!spins);
        sending = DatagramChannel.open(StandardProtocolFamily.INET).setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback)
                .setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0).bind(new InetSocketAddress(Place.BIND, 0));
        InetSocketAddress self = (InetSocketAddress) sending.getLocalAddress();
        Thread reader = new Thread(() -> read(self), "udp-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InetSocketAddress self) {
        ByteBuffer in = ByteBuffer.allocateDirect(MOST_BYTES);
        try {
            while (true) {
                in.clear();
                Object from = receiving.receive(in);
                if (from == null) {
                    Thread.onSpinWait();
                } else if (!from.equals(self)) {
                    take(in.flip());
                }
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private void take(ByteBuffer in) {
        byte[] name = new byte[in.getShort()];
        in.get(name);
        byte[] value = new byte[in.remaining()];
        in.get(value);
        String key = new String(name, StandardCharsets.UTF_8);
        map.put(key, value);
        listener.accept(key, value);
    }

    /** It does not know: who measures has seen all join. */
    @Override
    public int members() {
        return 2;
    }

    @Override
    public void put(String key, byte[] value) throws IOException {
        map.put(key, value);
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        out.clear().putShort((short) name.length).put(name).put(value).flip();
        sending.send(out, group);
    }

    @Override
    public Map<String, byte[]> map() {
        return map;
    }

    @Override
    public void onPut(BiConsumer<String, byte[]> hears) {
        listener = hears;
    }

    @Override
    public void close() {
        try {
            receiving.close();
            sending.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
