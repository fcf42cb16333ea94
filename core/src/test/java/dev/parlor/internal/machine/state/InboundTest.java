package dev.parlor.internal.machine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InboundTest {
    private final Inbound inbound = new Inbound(new Budget(Budget.defaultBytes(), 0));
    private final List<Long> delivered = new ArrayList<>();

    @Test
    void framesInOrderAreCoveredAndTheirMessagesDelivered() {
        for (long n = 1; n <= 3; n++) {
            assertThat(inbound.frameToAll(n, 0)).isZero();
            hold(n, n, 0);
        }
        assertDelivered(1, 2, 3);
        assertThat(inbound.hasGap()).isFalse();
    }

    @Test
    void aMessageAfterAGapWaitsForTheRepair() {
        inbound.frameToAll(1, 0);
        assertThat(inbound.frameToAll(4, 0)).as("missing").isEqualTo(2);
        hold(4, 4, 0);
        assertThat(inbound.frameToAll(5, 0)).isZero();
        hold(5, 5, 0);
        assertDelivered();
        assertThat(inbound.hasGap()).isTrue();
        inbound.cover(3);
        assertDelivered();
        inbound.toldOf(3, 0);
        assertDelivered();
        inbound.toldOf(4, 0);
        assertDelivered(4, 5);
        assertThat(inbound.covered()).isEqualTo(5);
        assertThat(inbound.hasGap()).isFalse();
    }

    @Test
    void messagesThatWaitTakeNoMoreMemoryThanTheirShare() {
        Budget budget = new Budget(1 << 20, 0);
        Inbound bounded = new Inbound(budget);
        AppMessage message = new AppMessage(AppMessage.Kind.MESSAGE, 0, new byte[10_000]);
        bounded.frameToAll(1, 0);
        bounded.frameToAll(3, 0);
        int held = 0;
        while (held < 100 && bounded.holdToAll(message, 3, 0, 0, 0)) {
            held++;
        }
        assertThat(held).isEqualTo((int) (budget.limit(Budget.Use.HELD) / (10_000 + Budget.MESSAGE_OVERHEAD_BYTES)));
        bounded.cover(2);
        bounded.toldOf(3, 0);
        bounded.release(0, 0, 0, (each, direct) -> { });
        assertThat(budget.used(Budget.Use.HELD)).isZero();
        assertThat(bounded.holdToAll(message, 3, 0, 0, 0)).isTrue();
    }

    @Test
    void aSecondGapIsClosedOnlyByWhatCoversBoth() {
        inbound.frameToAll(3, 0);
        inbound.frameToAll(6, 0);
        hold(6, 6, 0);
        inbound.toldOf(6, 0);
        inbound.cover(3);
        assertDelivered();
        assertThat(inbound.hasGap()).isTrue();
        inbound.cover(5);
        assertDelivered(6);
    }

    @Test
    void aQuestionWaitsForStateHoweverLongAndWhateverIsExcused() {
        inbound.frameToAll(1, 0);
        inbound.frameToAll(3, 0);
        hold(3, 3, 0);
        inbound.holdToAll(ping(4), 3, 0, 0, 0);
        assertThat(inbound.heldNanos(10)).isEqualTo(10);
        inbound.excuse();
        assertDelivered(3);
        assertThat(inbound.heldNanos(10)).as("questions are not excused").isZero();
        inbound.cover(2);
        assertDelivered(3, 4);
    }

    @Test
    void aQuestionWaitsForUserData() {
        inbound.frameToAll(1, 0);
        inbound.holdToAll(ping(1), 1, 0, 2, 0);
        inbound.excuse();
        inbound.release(1, 0, 0, (message, direct) -> delivered.add(message.requestId()));
        assertThat(delivered).isEmpty();
        assertThat(inbound.lacksUserData(1)).isTrue();
        inbound.release(2, 0, 0, (message, direct) -> delivered.add(message.requestId()));
        assertThat(delivered).containsExactly(1L);
    }

    @Test
    void aQuestionDoesNotWaitForALostMessageForEver() {
        inbound.frameToAll(1, 0);
        inbound.holdToAll(ping(1), 1, 1, 0, 0);
        assertDelivered();
        assertThat(inbound.heldNanos(10)).isEqualTo(10);
        inbound.excuse();
        assertThat(inbound.heldNanos(10)).isZero();
        assertDelivered(1);
    }

    @Test
    void doubledFramesAreKnown() {
        inbound.frameToAll(1, 0);
        assertThat(inbound.frameToAll(1, 0)).isEqualTo(-1);
        inbound.frameToAll(5, 0);
        assertThat(inbound.frameToAll(5, 0)).isEqualTo(-1);
        assertThat(inbound.frameToUs(1)).isTrue();
        assertThat(inbound.frameToUs(1)).isFalse();
    }

    @Test
    void aFrameThatARepairCoveredBeforeItArrivedIsNoDouble() {
        inbound.frameToAll(1, 0);
        inbound.cover(3);
        assertThat(inbound.frameToAll(2, 0)).isZero();
        hold(2, 2, 0);
        assertThat(inbound.frameToAll(3, 0)).isZero();
        hold(3, 3, 0);
        assertDelivered(2, 3);
        assertThat(inbound.hasGap()).isFalse();
    }

    @Test
    void whatWasSentBeforeWeWerePresentIsNotWaitedFor() {
        inbound.cover(56);
        inbound.begin();
        inbound.frameToUs(1);
        inbound.holdToUs(message(1), 56, 1, 0, 0);
        assertDelivered(1);
        assertThat(inbound.frameToAll(57, 0)).isZero();
        assertThat(inbound.hasGap()).isFalse();
    }

    @Test
    void aMessageToUsWaitsForTheFramesToAllBeforeIt() {
        inbound.frameToAll(1, 0);
        inbound.frameToUs(1);
        inbound.holdToUs(message(10), 2, 1, 0, 0);
        inbound.cover(2);
        assertDelivered();
        inbound.frameToAll(2, 0);
        hold(2, 2, 0);
        assertDelivered(2, 10);
    }

    @Test
    void aMessageToUsWaitsNotForEverForAFrameThatNeverArrives() {
        inbound.frameToUs(1);
        inbound.holdToUs(message(10), 2, 1, 0, 0);
        inbound.cover(2);
        assertDelivered();
        inbound.release(0, 3_000_000_000L, 0, (message, direct) -> delivered.add(message.requestId()));
        assertThat(delivered).containsExactly(10L);
    }

    @Test
    void aMessageToUsWaitsAnewForTheFramesToAllBeforeItOnceWeStoodStill() {
        inbound.frameToUs(1);
        inbound.toldOf(2, 0);
        inbound.holdToUs(message(10), 2, 1, 0, 0);
        inbound.cover(2);
        inbound.release(0, 3_000_000_000L, 2_900_000_000L, (message, direct) -> delivered.add(message.requestId()));
        assertThat(delivered).as("what is before it may be among what is read only now").isEmpty();
        inbound.frameToAll(2, 0);
        hold(2, 2, 0);
        assertDelivered(2, 10);
    }

    @Test
    void aMessageToAllWaitsForTheFramesToUsBeforeItAndComesAfterThem() {
        inbound.frameToAll(1, 0);
        inbound.frameToAll(2, 0);
        hold(2, 2, 1);
        assertDelivered();
        inbound.frameToUs(1);
        inbound.holdToUs(message(10), 1, 1, 0, 0);
        assertDelivered(10, 2);
    }

    @Test
    void whatFollowsAQuestionWaitsForTheFramesToUsBeforeTheQuestion() {
        inbound.frameToAll(1, 0);
        inbound.holdToAll(ping(1), 1, 1, 0, 0);
        inbound.frameToAll(2, 0);
        hold(2, 2, 0);
        assertDelivered();
        inbound.frameToUs(1);
        inbound.holdToUs(message(10), 0, 1, 0, 0);
        assertDelivered(10, 2, 1);
    }

    @Test
    void aLastFrameThatIsLostIsMissedWhenAFrameToUsSpeaksOfIt() {
        inbound.frameToAll(1, 0);
        inbound.toldOf(1, 0);
        assertThat(inbound.lacks(1_000, 10)).isFalse();
        inbound.toldOf(2, 1_000);
        assertThat(inbound.lacks(1_005, 10)).as("it may be on its way").isFalse();
        assertThat(inbound.hasGap()).isFalse();
        inbound.toldOf(2, 1_009);
        assertThat(inbound.lacks(1_011, 10)).isTrue();
        inbound.cover(2);
        assertThat(inbound.lacks(1_011, 10)).isFalse();
        inbound.toldOf(3, 2_000);
        assertThat(inbound.lacks(2_005, 10)).as("another one").isFalse();
    }

    @Test
    void afterAGapMessagesToAllWaitForAFrameToUsThatWasSentAfterItAndThoseBeforeItDoNot() {
        inbound.frameToAll(1, 0);
        inbound.frameToAll(2, 0);
        hold(2, 2, 1);
        inbound.frameToAll(4, 0);
        assertThat(inbound.hasJumped()).isTrue();
        inbound.cover(3);
        assertThat(inbound.passesToAll(4, 0, 0, 0)).isFalse();
        hold(4, 4, 0);
        inbound.frameToAll(5, 0);
        assertThat(inbound.hasJumped()).as("asked for by now").isFalse();
        inbound.frameToUs(1);
        inbound.toldOf(1, 0);
        inbound.holdToUs(message(10), 1, 1, 0, 0);
        assertDelivered(10, 2);
        inbound.toldOf(4, 0);
        assertDelivered(10, 2, 4);
        assertThat(inbound.passesToAll(5, 0, 0, 0)).isTrue();
    }

    @Test
    void aFrameToUsThatDoesNotComeAfterAGapIsAskedForAndDoesNotMakeOthersWaitForEver() {
        inbound.frameToAll(1, 0);
        inbound.frameToAll(3, 0);
        hold(3, 3, 0);
        inbound.cover(2);
        assertThat(inbound.lacksDirects(400_000_000L)).isFalse();
        assertThat(inbound.lacksDirects(400_000_001L)).isTrue();
        assertThat(inbound.giveUpLostDirects(1_000_000_000L)).as("it is not known that any was sent").isZero();
        assertDelivered();
        inbound.excuse();
        assertDelivered(3);
        assertThat(inbound.lacksDirects(1_000_000_000L)).isFalse();
    }

    @Test
    void whoIsBackIsStillKnownToHaveJumpedAndToHaveBeenHeard() {
        inbound.frameToAll(1, 0);
        inbound.frameToAll(3, 0);
        inbound.cover(2);
        inbound.toldOf(3, 0);
        hold(3, 3, 0);
        assertDelivered(3);
        Inbound back = inbound.away();
        assertThat(back.isOvertaken(2)).isTrue();
        assertThat(back.isOvertaken(3)).isFalse();
        back.frameToAll(4, 0);
        assertThat(back.passesToAll(4, 0, 0, 0)).isTrue();
        back.frameToAll(6, 0);
        back.cover(5);
        assertThat(back.away().passesToAll(6, 0, 0, 0)).isFalse();
    }

    @Test
    void whatIsExcusedIsDeliveredAndStillMissing() {
        inbound.frameToAll(9, 0);
        hold(9, 9, 3);
        inbound.excuse();
        assertDelivered(9);
        assertThat(inbound.hasGap()).isTrue();
        assertThat(inbound.covered()).isZero();
    }

    @Test
    void whatNeedNotBeHeldIsWhatWouldBeHandedOnAtOnceAndLeavesTheSameBehind() {
        Random random = SeededRandom.of(this);
        int passed = 0;
        for (int i = 0; i < 3_000; i++) {
            List<Long> quick = new ArrayList<>(), slow = new ArrayList<>();
            Inbound shortcut = new Inbound(new Budget(Budget.defaultBytes(), 0)), through = new Inbound(new Budget(Budget.defaultBytes(), 0));
            long number = 0, count = 0, version = 0;
            for (int step = 1; step < 25; step++) {
                long now = step * 300_000_000L;
                switch (random.nextInt(9)) {
                    case 0 -> {
                        count += 1 + random.nextInt(2);
                        if (shortcut.frameToUs(count) & through.frameToUs(count)) {
                            shortcut.holdToUs(message(step), number, count, version, now);
                            through.holdToUs(message(step), number, count, version, now);
                        }
                    }
                    case 1 -> {
                        shortcut.cover(number);
                        through.cover(number);
                    }
                    case 2 -> {
                        shortcut.excuse();
                        through.excuse();
                    }
                    case 3 -> version++;
                    case 4 -> {
                        shortcut.toldOf(number, now);
                        through.toldOf(number, now);
                    }
                    default -> {
                        number += random.nextInt(6) == 0 ? 2 : 1;
                        shortcut.frameToAll(number, now);
                        through.frameToAll(number, now);
                        long after = random.nextInt(3) == 0 ? count + random.nextInt(2) : 0;
                        long needed = random.nextInt(6) == 0 ? version + 1 : version;
                        if (shortcut.passesToAll(number, after, needed, version)) {
                            passed++;
                            quick.add((long) step);
                        } else {
                            shortcut.holdToAll(message(step), number, after, needed, now);
                        }
                        through.holdToAll(message(step), number, after, needed, now);
                    }
                }
                shortcut.release(version, now, 0, (message, direct) -> quick.add(message.requestId()));
                through.release(version, now, 0, (message, direct) -> slow.add(message.requestId()));
                assertThat(quick).isEqualTo(slow);
                assertThat(shortcut.heldMessages()).isEqualTo(through.heldMessages());
                assertThat(shortcut.isOvertaken(number - 1)).isEqualTo(through.isOvertaken(number - 1));
            }
        }
        assertThat(passed).isGreaterThan(1_000);
    }

    private void hold(long id, long number, long afterDirects) {
        inbound.holdToAll(message(id), number, afterDirects, 0, 0);
    }

    private static AppMessage message(long id) {
        return new AppMessage(AppMessage.Kind.MESSAGE, id, new byte[0]);
    }

    private static AppMessage ping(long id) {
        return new AppMessage(AppMessage.Kind.PING, id, new byte[0]);
    }

    private void assertDelivered(long... ids) {
        inbound.release(0, 0, 0, (message, direct) -> delivered.add(message.requestId()));
        assertThat(delivered.stream().mapToLong(Long::longValue).toArray()).isEqualTo(ids);
    }
}
