package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.PayloadTooLargeException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomStats;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals over each of the stacks, open and sealed. All of it on loopback. */
class SignalsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 500;

    private interface Builders {
        RoomBuilder builder();
    }

    @ParameterizedTest
    @CsvSource({"this-machine, false", "this-machine, true", "hosts, false", "hosts, true", "in-jvm, false"})
    void theNewestArrivesInOrderAndDisturbsNothing(String reach, boolean sealed) throws Exception {
        Builders builders = builders(reach, sealed);
        List<Integer> heard = new CopyOnWriteArrayList<>();
        List<String> texts = new CopyOnWriteArrayList<>();
        Room closed;
        try (Room a = builders.builder().as("a").join(); Room b = builders.builder().as("b").join()) {
            a.awaitParticipants(2, SOON);
            b.onSignal(Integer.class, (number, from) -> heard.add(number));
            b.onSignal(String.class, (text, from) -> texts.add(from.name() + text));
            int[] next = {0};
            // The first may come while the two get to know each other.
            await().atMost(SOON).until(() -> {
                a.signal(next[0]++);
                return !heard.isEmpty();
            });
            for (int i = 0; i < MANY; i++) {
                a.signal(next[0]++);
                a.signal("!");
                if (i % 10 == 0) {
                    a.sessionData().put("k" + i, i);
                }
            }
            int last = next[0] - 1;
            await().atMost(SOON).until(() -> {
                if (heard.get(heard.size() - 1) < last) {
                    // A lost one is replaced by the next.
                    a.signal(last);
                }
                return heard.get(heard.size() - 1) == last && texts.contains("a!");
            });
            assertThat(heard).isSorted().doesNotHaveDuplicates();
            a.flush(SOON);
            assertThat(b.sessionData().size()).isEqualTo(MANY / 10);
            assertCounted(a.stats(), b.stats());
            assertThatThrownBy(() -> a.signal("x".repeat(8_192))).isInstanceOf(PayloadTooLargeException.class)
                    .hasMessageContaining("over the limit of 8192").hasMessageContaining("one datagram");
            closed = a;
        }
        assertThatThrownBy(() -> closed.signal(1)).isInstanceOf(RoomClosedException.class);
    }

    private static void assertCounted(RoomStats sender, RoomStats receiver) {
        assertThat(sender.signalsSent()).isPositive();
        assertThat(sender.signalsDropped()).as("of a loop without a pause most").isGreaterThan(MANY);
        assertThat(receiver.signalsReceived()).isPositive().isLessThanOrEqualTo(sender.signalsSent());
        assertThat(receiver.framesMissed()).isZero();
        assertThat(receiver.framesRefused()).isZero();
        assertThat(receiver.framesSkipped()).isZero();
    }

    private static Builders builders(String reach, boolean sealed) throws Exception {
        String name = "signals-" + UUID.randomUUID();
        int port = freePort();
        return () -> {
            RoomBuilder builder = Room.named(name);
            switch (reach) {
                case "hosts" -> builder.hosts("127.0.0.1:" + port);
                case "in-jvm" -> builder.stack(Rooms.IN_JVM);
                default -> { }
            }
            return sealed ? builder.passphrase("open sesame".toCharArray()) : builder;
        };
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
