package dev.parlor.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Limits;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.thread.Threads;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who join at once: what one of them, or one who is there, says to the others. */
class CrowdTest {
    private static final long SELF = 1;
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What was sent, and to whom; 0 for all. */
    private record Sent(long to, Frame frame) {}

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final RoomEngine core = core();

    private RoomEngine core() {
        ValueCodec codec = new ValueCodec(TypeRegistry.of(Set.of(), Map.of()));
        RoomOptions options = new RoomOptions("room", "Ada", Limits.defaults(),  null, SOON, Duration.ofMillis(10),
                Duration.ofSeconds(10), Duration.ofHours(1), 10_000, false, false,
                Budget.defaultBytes(), 0);
        return new RoomEngine(options, codec, Threads.forRoom(null), new Recorded(), null);
    }

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void manyWhoAskAreAnsweredAllAtOnce() {
        view(SELF);
        await().atMost(SOON).until(core.state()::isLive);
        view(SELF, 97, 98, 99);
        core.apply(() -> {
            ask(97, 1);
            ask(98, 1);
            ask(99, 1);
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(presences()).isNotEmpty());
        flushed();
        assertThat(presences()).extracting(Sent::to).containsExactly(0L);
        ask(97, 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(presences()).extracting(Sent::to).containsExactly(0L, 97L));
    }

    @Test
    void whoJoinsAsWellIsAnsweredByOurOwnQuestionAndOnceMoreIfItAsksAgain() {
        view(99, SELF);
        await().atMost(SOON).untilAsserted(() -> assertThat(sent).extracting(Sent::frame).contains(new Frame.WhoIsThere()));
        ask(99, 1);
        flushed();
        assertThat(presences()).isEmpty();
        // Nobody else is there, so that we ask all again now and then, which answers it once more; but not twice.
        core.apply(() -> {
            ask(99, 2);
            ask(99, 3);
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(presences()).extracting(Sent::to).containsExactly(99L));
    }

    private void view(long... members) {
        core.intake().onView(new Network.View(Arrays.stream(members).boxed().toList(), List.of()));
    }

    private void ask(long from, long number) {
        byte[] frame = FrameCodec.encode(from, new Frame.Numbered(number, new Frame.WhoIsThere()));
        core.intake().onFrame(from, true, frame, 0, frame.length);
    }

    /** What was to be sent until now has been. */
    private void flushed() {
        core.apply(() -> core.machine().outbox().control(5L, () -> new Frame.Pong(77, 0)));
        await().atMost(SOON).untilAsserted(() -> assertThat(sent).extracting(Sent::frame).contains(new Frame.Pong(77, 0)));
        await().atMost(SOON).until(() -> !core.machine().departures().isBusy());
    }

    private List<Sent> presences() {
        return sent.stream().filter(each -> each.frame() instanceof Frame.Presence).toList();
    }

    private final class Recorded implements Network {
        @Override
        public long self() {
            return SELF;
        }

        @Override
        public void connect(Receiver receiver) {}

        @Override
        public void sendToAll(byte[] frame) {
            record(0, frame);
        }

        @Override
        public void send(long member, byte[] frame) {
            record(member, frame);
        }

        private void record(long to, byte[] frame) {
            try {
                sent.add(new Sent(to, FrameCodec.decode(SELF, frame, 0, frame.length).frame()));
            } catch (MalformedFrameException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void lookForOthers() {}

        @Override
        public void close() {}
    }
}
