package dev.parlor.internal.machine.backpressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.Recorded.Sent;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Senders are held back while listeners are slow, and go on when they are not, or stand still. */
class BacklogTest {
    private static final long BEN = 7;
    private static final long MEMORY_BYTES = 32 * 1024;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Sent FULL = new Sent(null, new Frame.Backlog(true));
    private static final Sent FREE = new Sent(null, new Frame.Backlog(false));

    private final Recorded room = new Recorded(MEMORY_BYTES).with(Recorded.SELF, BEN);
    private final Backlog backlog = new Backlog(room.state, room.outbox, room.now, room);
    private final long share = room.state.budget().limit(Use.MESSAGES);

    private void waits(long bytes) {
        room.state.budget().add(Use.MESSAGES, bytes);
        backlog.grown();
    }

    private void tick() {
        room.later(SECOND);
        backlog.tick(room.nanos());
    }

    @Test
    void halfOfTheShareHoldsSendersBackAndAQuarterLetsThemGoOn() {
        waits(share / 2 - 1);
        assertThat(backlog.isFull()).isFalse();
        waits(1);
        assertThat(backlog.isFull()).isTrue();
        assertThat(room.sent()).containsExactly(FULL);
        room.state.budget().free(Use.MESSAGES, share / 4 - 1);
        assertThat(room.sent()).isEmpty();
        // In the call that gives back: nobody waits for a tick.
        room.state.budget().free(Use.MESSAGES, 2);
        assertThat(backlog.isFull()).isFalse();
        assertThat(room.sent()).containsExactly(FREE);
        assertThat(room.asked).containsExactly("roomChanged");
    }

    @Test
    void itIsSaidAgainEachSecondSinceAFrameMayBeLost() {
        waits(share / 2);
        room.sent();
        tick();
        assertThat(room.sent()).containsExactly(FULL);
        backlog.tick(room.nanos());
        assertThat(room.sent()).isEmpty();
    }

    @Test
    void whatIsOnItsWayIsTakenBeyondTheShareUntilListenersStandStill() {
        waits(share);
        assertThat(room.state.budget().admits(Use.MESSAGES, 1)).isTrue();
        for (int i = 0; i < 12; i++) {
            tick();
        }
        assertThat(backlog.isFull()).as("they hold up nobody").isFalse();
        assertThat(room.state.budget().admits(Use.MESSAGES, 1)).isFalse();
        List<Sent> sent = room.sent();
        assertThat(sent.get(sent.size() - 1)).isEqualTo(FREE);
        room.state.budget().free(Use.MESSAGES, 1);
        tick();
        assertThat(backlog.isFull()).as("they move").isTrue();
    }

    @Test
    void timeInWhichNobodyLookedIsNotTheListeners() {
        waits(share / 2);
        for (int i = 0; i < 5; i++) {
            room.later(Duration.ofSeconds(20));
            backlog.tick(room.nanos());
        }
        assertThat(backlog.isFull()).isTrue();
    }

    @Test
    void whereNobodyElseIsNothingIsSaid() {
        room.members(Recorded.SELF);
        waits(share / 2);
        assertThat(room.sent()).isEmpty();
        assertThat(backlog.isFull()).isTrue();
    }
}
