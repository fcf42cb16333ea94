package dev.parlor.internal.machine.flush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessagesDroppedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.wire.Frame.Pong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flush ends when all who are still there have confirmed it, and says so if that means less than it seems. */
class FlushesTest {
    private static final long SELF = Recorded.SELF;
    private static final long BEN = 7;
    private static final long CLEO = 8;

    /** Written down: what came of it. */
    private static final class Ends implements Promise<Void> {
        private final List<Object> all = new ArrayList<>();

        @Override
        public void succeed(Void value) {
            all.add("done");
        }

        @Override
        public void fail(Throwable why) {
            all.add(why);
        }
    }

    private final Recorded room = new Recorded();
    private boolean cutOff;
    private final Flushes flushes = new Flushes(room.state, room.outbox, () -> cutOff);
    private final Ends ends = new Ends();

    @Test
    void whereNobodyElseIsItIsDoneAtOnce() {
        assertThat(flushes.begin(ends)).isEqualTo(Flushes.NONE);
        assertThat(ends.all).containsExactly("done");
        assertThat(room.outbox.isEmpty()).isTrue();
    }

    @Test
    void itIsDoneOnceWhenTheLastHasConfirmed() {
        room.with(SELF, BEN, CLEO);
        long token = flushes.begin(ends);
        assertThat(room.outbox.takeMessages()).singleElement().satisfies(ping -> {
            assertThat(ping.to()).isNull();
            assertThat(ping.message().requestId()).isEqualTo(token);
        });
        flushes.onPong(BEN, new Pong(token, 0));
        flushes.onPong(BEN, new Pong(token, 0));
        flushes.onPong(CLEO, new Pong(token + 1, 0));
        assertThat(ends.all).isEmpty();
        flushes.onPong(CLEO, new Pong(token, 0));
        flushes.onPong(CLEO, new Pong(token, 0));
        assertThat(ends.all).containsExactly("done");
    }

    @Test
    void whoLeavesIsNotWaitedForAndOfEachFlushOnItsOwn() {
        room.with(SELF, BEN, CLEO);
        Ends later = new Ends();
        long token = flushes.begin(ends);
        long second = flushes.begin(later);
        flushes.onPong(BEN, new Pong(token, 0));
        flushes.onLeft(CLEO);
        flushes.settle();
        assertThat(ends.all).containsExactly("done");
        assertThat(later.all).isEmpty();
        flushes.onPong(BEN, new Pong(second, 0));
        assertThat(later.all).containsExactly("done");
    }

    @Test
    void whoIsLeftOutIsNotAsked() {
        room.with(SELF, BEN, CLEO);
        room.state.leaveOut(CLEO);
        long token = flushes.begin(ends);
        flushes.onPong(BEN, new Pong(token, 0));
        assertThat(ends.all).containsExactly("done");
    }

    @Test
    void whoLosesAllOthersBeforeAnyHasConfirmedIsNotToldThatTheyHaveIt() {
        room.with(SELF, BEN);
        flushes.begin(ends);
        cutOff = true;
        flushes.onLeft(BEN);
        flushes.settle();
        assertThat(ends.all).singleElement().isInstanceOf(RoomTimeoutException.class);
    }

    @Test
    void oneThatWasInTheRoomAndConfirmedIsEnough() {
        room.with(SELF, BEN, CLEO);
        long token = flushes.begin(ends);
        flushes.onPong(BEN, new Pong(token, 0));
        cutOff = true;
        flushes.onLeft(CLEO);
        flushes.settle();
        assertThat(ends.all).containsExactly("done");
    }

    @Test
    void oneThatIsStillJoiningConfirmsWithoutHavingIt() {
        room.members(SELF, BEN, CLEO);
        long token = flushes.begin(ends);
        flushes.onPong(BEN, new Pong(token, 0));
        cutOff = true;
        flushes.onLeft(CLEO);
        flushes.settle();
        assertThat(ends.all).singleElement().isInstanceOf(RoomTimeoutException.class);
    }

    @Test
    void messagesThatWereDroppedAreToldOfOnce() {
        room.with(SELF, BEN);
        flushes.onPong(BEN, new Pong(flushes.begin(ends), 3));
        assertThat(ends.all).singleElement().isInstanceOf(MessagesDroppedException.class);
        Ends next = new Ends();
        flushes.onPong(BEN, new Pong(flushes.begin(next), 3));
        assertThat(next.all).containsExactly("done");
        Ends more = new Ends();
        flushes.onPong(BEN, new Pong(flushes.begin(more), 5));
        assertThat(more.all).singleElement().isInstanceOfSatisfying(MessagesDroppedException.class, dropped ->
                assertThat(dropped.getMessage()).contains("2").contains("p7"));
    }

    @Test
    void oneThatTakesTooLongNamesWhomItWaitsFor() {
        room.with(SELF, BEN, CLEO);
        long token = flushes.begin(ends);
        flushes.onPong(BEN, new Pong(token, 0));
        flushes.expire(token, Duration.ofSeconds(3));
        flushes.onPong(CLEO, new Pong(token, 0));
        assertThat(ends.all).singleElement().isInstanceOfSatisfying(RoomTimeoutException.class, late ->
                assertThat(late).hasMessageContaining("p8").hasMessageNotContaining("p7"));
    }

    @Test
    void aGoodbyeIsDoneWhoeverHasConfirmedIt() {
        room.with(SELF, BEN);
        flushes.beginGoodbye(ends);
        cutOff = true;
        flushes.onLeft(BEN);
        flushes.settle();
        assertThat(ends.all).containsExactly("done");
    }
}
