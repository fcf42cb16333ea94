package dev.parlor.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The room's time at one participant, whatever its clocks do. */
class RoomTimeTest {
    private static final long BEGIN = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long MILLI = 1_000_000;

    private long wall = BEGIN;
    private long nanos = 77;
    private final RoomTime time = new RoomTime(() -> wall, () -> nanos);

    private void pass(long millis) {
        wall += millis;
        nanos += millis * MILLI;
    }

    private void sleep(long millis) {
        wall += millis;
    }

    @Test
    void itRunsByTheLocalClock() {
        pass(5_000);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 5_000);
        assertThat(time.takeLeap()).isZero();
    }

    @Test
    void whoIsAloneFollowsItsClockAfterANightsSleep() {
        time.alone(true);
        pass(1_000);
        sleep(8 * HOUR);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 1_000 + 8 * HOUR);
        assertThat(time.takeLeap()).isEqualTo(8 * HOUR);
        assertThat(time.takeLeap()).as("told once").isZero();
    }

    @Test
    void whoFindsItselfAloneAfterWakingFollowsItsClock() {
        sleep(8 * HOUR);
        assertThat(time.roomMillis()).isEqualTo(BEGIN);
        pass(20_000);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 20_000);
        time.alone(true);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 20_000 + 8 * HOUR);
    }

    @Test
    void aClockThatWasSetInCompanyLongAgoIsNotFollowedWhenTheOthersLeave() {
        sleep(DAY);
        time.roomMillis();
        pass(5 * 60_000);
        time.alone(true);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 5 * 60_000);
        assertThat(time.ownMillis()).isEqualTo(BEGIN + 5 * 60_000 + DAY);
    }

    @Test
    void aClockThatIsSetForwardAndRightAgainAsksForNothing() {
        sleep(DAY);
        time.roomMillis();
        sleep(-DAY);
        assertThat(time.roomMillis()).isEqualTo(BEGIN);
        assertThat(time.ownMillis()).isEqualTo(BEGIN);
    }

    @Test
    void aClockThatIsSetBackAndRightAgainAsksForNothing() {
        sleep(-DAY);
        time.roomMillis();
        sleep(DAY);
        assertThat(time.ownMillis()).isEqualTo(BEGIN);
        time.alone(true);
        assertThat(time.roomMillis()).isEqualTo(BEGIN);
        sleep(-HOUR);
        time.roomMillis();
        sleep(DAY);
        assertThat(time.roomMillis()).as("less than it was back before it slept").isEqualTo(BEGIN + DAY - HOUR);
    }

    @Test
    void aClockThatIsSetBackIsNeverFollowed() {
        time.alone(true);
        pass(1_000);
        sleep(-2 * HOUR);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 1_000);
        pass(1_000);
        assertThat(time.roomMillis()).isEqualTo(BEGIN + 2_000);
        assertThat(time.ownMillis()).isEqualTo(BEGIN + 2_000);
    }

    @Test
    void slowDriftOfWeeksIsNoLeapAndTheLocalClocksRateIsFollowed() {
        long drifted = 0;
        for (long second = 0; second < 14 * DAY / 1_000; second += 10) {
            pass(10_000);
            // 20 ppm: 24 s in two weeks.
            drifted += 200;
            wall += drifted / 1_000;
            drifted %= 1_000;
            time.roomMillis();
        }
        assertThat(time.takeLeap()).isZero();
        assertThat(time.roomMillis()).isBetween(wall - 2, wall + 2);
        assertThat(wall).isGreaterThan(BEGIN + 14 * DAY + 20_000);
    }

    @Test
    void whatIsToBeLostIsLostSlowly() {
        time.loseSlowly(1_000);
        long before = time.roomMillis();
        for (int i = 0; i < 100; i++) {
            pass(100);
            assertThat(time.roomMillis()).isGreaterThan(before);
            before = time.roomMillis();
        }
        assertThat(time.roomMillis()).isBetween(BEGIN + 9_990, BEGIN + 9_996);
        for (int i = 0; i < 30_000; i++) {
            pass(100);
            time.roomMillis();
        }
        assertThat(time.roomMillis()).as("and no more than that").isBetween(wall - 1_001, wall - 999);
    }

    @Test
    void aProcessThatStopsBetweenTheReadingsOfItsClocksSeesNoLeap() {
        long[] stopAfter = {-1};
        RoomTime stopped = new RoomTime(() -> {
            long now = wall;
            if (stopAfter[0] > 0 && --stopAfter[0] == 0) {
                pass(15_000);
            }
            return now;
        }, () -> nanos);
        for (int reading = 1; reading <= 3; reading++) {
            pass(1_000);
            stopAfter[0] = reading;
            stopped.roomMillis();
            pass(1_000);
            assertThat(stopped.roomMillis()).isEqualTo(wall);
            assertThat(stopped.takeLeap()).isZero();
        }
    }

    @Test
    void absurdClocksGiveTimesWithinTheBounds() {
        for (long absurd : new long[] {Long.MIN_VALUE / 4_000_000, -1, 0, RoomTime.MAX_MILLIS, Long.MAX_VALUE / 4_000_000}) {
            wall = absurd;
            RoomTime wrong = new RoomTime(() -> wall, () -> nanos);
            pass(1_000);
            assertThat(wrong.roomMillis()).isBetween(0L, RoomTime.MAX_MILLIS);
        }
    }

    @Test
    void itNeverGoesBackByItself() {
        Random chance = SeededRandom.of(this);
        for (int round = 0; round < 200; round++) {
            wall = BEGIN;
            RoomTime any = new RoomTime(() -> wall, () -> nanos);
            long before = any.roomMillis();
            for (int i = 0; i < 200; i++) {
                switch (chance.nextInt(7)) {
                    case 0 -> sleep(chance.nextInt(2_000_000) - 1_000_000);
                    case 1 -> sleep(chance.nextInt(40) - 20);
                    case 2 -> any.alone(chance.nextBoolean());
                    case 3 -> any.loseSlowly(chance.nextInt(5_000));
                    case 4 -> any.forwardTo(before + chance.nextInt(10_000) - 5_000);
                    default -> pass(chance.nextInt(300));
                }
                long now = any.roomMillis();
                assertThat(now).isGreaterThanOrEqualTo(before);
                assertThat(any.ownMillis()).isGreaterThanOrEqualTo(now);
                before = now;
            }
        }
    }
}
