package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that stood still reads what others said meanwhile, and is not to take their time of then for that of now. */
class TimeAfterAStopTest {
    private static final int ONE = 1;
    private static final long NEAR_MILLIS = 100;
    private final World world = new World(7, Kind.COUNTING, Flaw.NONE);

    private void pass(long millis) {
        world.scheduler.runUntil(world.scheduler.nanos() + millis * Scheduler.MILLI);
    }

    @BeforeEach
    void threeHaveJoined() {
        for (int slot = 0; slot < 3; slot++) {
            world.join(slot);
        }
        pass(5_000);
    }

    private Participant newestAt(int slot) {
        return world.everybody.stream().filter(each -> each.slot == slot).reduce((one, other) -> other).orElseThrow();
    }

    private void writes(List<Integer> slots, long seconds) {
        for (int i = 0; i < seconds; i++) {
            slots.forEach(slot -> newestAt(slot).put(Participant.key(slot)));
            pass(1_000);
        }
    }

    private void assertThatAllAreRight() {
        for (int slot = 0; slot < 3; slot++) {
            newestAt(slot).put(Participant.key(slot));
            assertThat(newestAt(slot).peer.entry(Participant.key(slot)).stamp().millis()).as("stamp of p" + slot)
                    .isCloseTo(world.trueMillis(), within(NEAR_MILLIS));
        }
        assertThat(world.history.findings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aStopThatIsLongerThanTheBoundOfSkewLeavesTheTimeAsItIs(int slot) {
        newestAt(slot).host.pause();
        writes(List.of((slot + 1) % 3, (slot + 2) % 3), 15);
        newestAt(slot).host.resume();
        pass(5_000);
        assertThatAllAreRight();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 15, 40, 200, 300})
    void aStopWhileJoiningDoesNotMakeTheTimeOlder(int millisAfterTheBegin) {
        world.network.members.get(newestAt(ONE).id).host.kill();
        newestAt(ONE).gone = true;
        pass(5_000);
        world.join(ONE);
        pass(millisAfterTheBegin);
        newestAt(ONE).host.pause();
        writes(List.of(0, 2), 6);
        newestAt(ONE).host.resume();
        pass(5_000);
        assertThatAllAreRight();
    }

    @Test
    void aCoordinatorThatIsAheadByLessThanTheBoundIsFollowedByAll() {
        long coordinator = world.network.members.get(newestAt(0).id).view.get(0);
        newestAt(world.slotOf(coordinator)).host.skew(3_000);
        writes(List.of(0, 1, 2), 5);
        long newest = 0;
        long oldest = Long.MAX_VALUE;
        for (int slot = 0; slot < 3; slot++) {
            newestAt(slot).put(Participant.key(slot));
            long millis = newestAt(slot).peer.entry(Participant.key(slot)).stamp().millis();
            newest = Math.max(newest, millis);
            oldest = Math.min(oldest, millis);
        }
        assertThat(newest - oldest).isLessThan(NEAR_MILLIS);
    }
}
