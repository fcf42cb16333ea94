package dev.parlor.internal.net.jgroups.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.DaemonThreads;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jgroups.Address;
import org.jgroups.logging.LogFactory;
import org.jgroups.stack.GossipData;
import org.jgroups.stack.GossipType;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.DefaultThreadFactory;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a router may say, or who pretends to be one. */
class RouterConnectionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int HUGE = Integer.MAX_VALUE - 8;
    private static final Address SENDER = UUID.randomUUID();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private Socket router;
    private RouterConnection connection;

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection = new RouterConnection(null, new InetSocketAddress("127.0.0.1", server.getLocalPort()),
                new DefaultThreadFactory("test", true, true), LogFactory.getLog(RouterConnectionTest.class), new RouterConnection.Hearer() {
                    @Override
                    public void onMessage(Address sender, byte[] bytes, int offset, int length) {
                        heard.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void onMembers(RouterConnection from, Set<Address> members) {
                        heard.add("members " + members.size());
                    }

                    @Override
                    public void onSuspect(RouterConnection from, Address member) {
                        heard.add("suspect");
                    }

                    @Override
                    public void onClosed(RouterConnection ended) {
                        heard.add("closed");
                    }
                });
        connection.connect("cluster", UUID.randomUUID(), null, null);
        router = server.accept();
        Thread drain = DaemonThreads.of(() -> {
            try {
                router.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException ended) {
                // With the test.
            }
        }, "drain");
        drain.start();
    }

    @AfterEach
    void end() throws Exception {
        connection.destroy();
        router.close();
        server.close();
    }

    @Test
    void whatARouterSays() throws Exception {
        say(written(new GossipData(GossipType.MESSAGE, "cluster", null, "hello".getBytes()).setSender(SENDER)));
        say(written(new GossipData(GossipType.HEARTBEAT)));
        say(written(new GossipData(GossipType.GET_MBRS_RSP, "cluster", null)));
        say(written(new GossipData(GossipType.SUSPECT, "cluster", SENDER)));
        await().atMost(SOON).until(() -> heard.size() == 3);
        assertThat(heard).containsExactly("hello", "members 0", "suspect");
    }

    static Stream<byte[]> rubbish() throws Exception {
        byte[] message = written(new GossipData(GossipType.MESSAGE, "cluster", null, new byte[8]).setSender(SENDER));
        byte[] longer = message.clone();
        // The length within.
        ByteBuffer.wrap(longer).putInt(longer.length - 12, HUGE);
        byte[] heartbeat = written(new GossipData(GossipType.HEARTBEAT));
        Stream<byte[]> fixed = Stream.of(new byte[0], new byte[] {99}, new byte[] {-1}, longer,
                written(new GossipData(GossipType.MESSAGE, "cluster", null, new byte[8])), Arrays.copyOf(message, message.length - 9),
                Arrays.copyOf(heartbeat, 2));
        return Stream.concat(fixed, IntStream.range(0, 50).mapToObj(seed -> {
            byte[] bytes = new byte[64];
            new Random(seed).nextBytes(bytes);
            // No heartbeat, of which nothing more is read.
            bytes[0] = (byte) GossipType.MESSAGE.ordinal();
            return bytes;
        }));
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    void rubbishEndsTheConnection(byte[] bytes) throws Exception {
        say(bytes);
        await().atMost(SOON).until(() -> heard.contains("closed"));
        assertThat(heard).containsOnly("closed");
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void lengthsThatNobodyMeans(int length) throws Exception {
        new DataOutputStream(router.getOutputStream()).writeInt(length);
        await().atMost(SOON).until(() -> heard.contains("closed"));
    }

    static Stream<Integer> lengths() {
        return Stream.of(HUGE, 1024 * 1024 + 1, -5, Integer.MIN_VALUE);
    }

    private void say(byte[] bytes) throws Exception {
        DataOutputStream out = new DataOutputStream(router.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    private static byte[] written(GossipData data) throws Exception {
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream();
        data.writeTo(out);
        return Arrays.copyOf(out.buffer(), out.position());
    }
}
