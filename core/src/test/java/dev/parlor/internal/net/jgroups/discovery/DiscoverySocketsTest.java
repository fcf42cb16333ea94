package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoverySocketsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger ticks = new AtomicInteger();
    private volatile boolean flooded;
    private DatagramChannel home;
    private InetSocketAddress at;
    private DiscoverySockets sockets;
    private Thread reader;

    @BeforeEach
    void open() throws IOException {
        home = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        at = (InetSocketAddress) home.getLocalAddress();
        sockets = new DiscoverySockets(home, List.of(), 0, new DiscoverySockets.Taker() {
            @Override
            public void take(InetSocketAddress from, ByteBuffer datagram) {
                if (flooded) {
                    // There is always one more.
                    sockets.send(at, new byte[1]);
                } else {
                    taken.add(StandardCharsets.UTF_8.decode(datagram).toString());
                }
            }

            @Override
            public void tick() {
                ticks.incrementAndGet();
            }
        });
        reader = new Thread(sockets::read);
        reader.setDaemon(true);
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        home.close();
    }

    @Test
    void whatIsSentToOneIsTaken() {
        reader.start();
        assertThat(sockets.send(at, "hello".getBytes(StandardCharsets.UTF_8))).isTrue();
        await().atMost(SOON).until(() -> taken.equals(List.of("hello")));
    }

    @Test
    void whatCannotBeSentIsNot() {
        assertThat(sockets.send(at, new byte[100_000])).isFalse();
        assertThat(sockets.send(InetSocketAddress.createUnresolved("nowhere", 1), new byte[1])).isFalse();
    }

    @Test
    void theClockIsLookedAtAmidAFlood() {
        flooded = true;
        sockets.send(at, new byte[1]);
        reader.start();
        int before = ticks.get();
        await().atMost(SOON).until(() -> ticks.get() > before + 1);
    }

    @Test
    void readingEndsWithTheSockets() throws InterruptedException {
        reader.start();
        sockets.close();
        reader.join(SOON.toMillis());
        assertThat(reader.isAlive()).isFalse();
    }
}
