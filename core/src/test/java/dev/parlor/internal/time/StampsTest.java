package dev.parlor.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.session.Stamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Times of stamps: unique, after what they overwrite, and not dragged by it. */
class StampsTest {
    private static final long BEGIN = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final long BOUND = 10_000;

    private long millis = BEGIN;
    private final RoomTime time = new RoomTime(() -> millis, () -> millis * 1_000_000);
    private final Stamps stamps = new Stamps(time, BOUND);

    private static long at(long millis) {
        return millis << Stamp.COUNTER_BITS;
    }

    @Test
    void aKeyOfTomorrowDragsNothingButItself() {
        long tomorrow = at(BEGIN + DAY);
        stamps.observe(tomorrow);
        assertThat(stamps.next(tomorrow)).isEqualTo(tomorrow + 1);
        assertThat(stamps.next(0)).isLessThanOrEqualTo(at(BEGIN + BOUND) + 1);
        assertThat(stamps.next(tomorrow)).as("another key of the very time").isEqualTo(tomorrow + 2);
        assertThat(stamps.next(tomorrow + 2)).isEqualTo(tomorrow + 3);
        assertThat(stamps.next(0)).isLessThanOrEqualTo(at(BEGIN + BOUND) + 4);
    }

    @Test
    void theGreatestTimeEndsNothing() {
        long greatest = stamps.limit();
        stamps.observe(Stamp.MAX_TIME);
        assertThat(stamps.next(greatest)).isEqualTo(greatest + 1);
        assertThat(stamps.next(0)).isLessThanOrEqualTo(at(BEGIN + BOUND) + 1);
        millis++;
        assertThat(stamps.limit()).as("a moment later all take what was written over it").isGreaterThan(greatest + 1);
        assertThat(greatest).isLessThan(Stamp.MAX_TIME);
    }

    @Test
    void whoIsSetBackByTheMajorityWritesInTheirTimeAndGivesNothingTwice() {
        long before = stamps.next(0);
        time.setTo(BEGIN + DAY);
        long tomorrow = stamps.next(0);
        assertThat(tomorrow).isGreaterThan(at(BEGIN + DAY) - 1);
        stamps.setBackTo(BEGIN + 5_000);
        assertThat(stamps.next(0)).isGreaterThan(before).isLessThan(at(BEGIN + 2 * BOUND));
        millis += DAY;
        assertThat(stamps.next(tomorrow - 1)).as("tomorrow").isGreaterThan(tomorrow);
    }

    @Test
    void whoseClockLeaptBeforeItWasSetBackWritesInTheTimeOfTheOthersToo() {
        long begin = stamps.next(0);
        time.forwardTo(BEGIN + DAY);
        long tomorrow = stamps.next(0);
        // As after a sleep: nothing is written before the others are met.
        time.forwardTo(BEGIN + DAY + 60_000);
        stamps.setBackTo(BEGIN + 5_000);
        assertThat(stamps.next(0)).isGreaterThan(begin).isLessThan(at(BEGIN + 2 * BOUND));
        millis += DAY - 5_000;
        assertThat(stamps.next(tomorrow - 1)).isGreaterThan(tomorrow);
    }

    @Test
    void whoFindsWhileItJoinsThatTheRoomsTimeIsEarlierWritesInIt() {
        stamps.adopt(DAY);
        stamps.observe(at(BEGIN + DAY + 3_000));
        stamps.adopt(-1_000);
        assertThat(stamps.next(0)).isBetween(at(BEGIN - 1_000), at(BEGIN - 1_000 + BOUND) + 1);
    }

    @Test
    void noTimeIsGivenTwiceThoughTheRoomsTimeGoesBackAndForth() {
        Random chance = SeededRandom.of(this);
        for (int round = 0; round < 300; round++) {
            millis = BEGIN;
            RoomTime its = new RoomTime(() -> millis, () -> millis * 1_000_000);
            Stamps any = new Stamps(its, BOUND);
            Set<Long> given = new HashSet<>();
            long before = 0;
            for (int i = 0; i < 200; i++) {
                switch (chance.nextInt(8)) {
                    case 0 -> any.setBackTo(its.roomMillis() - chance.nextInt(100_000));
                    case 1 -> its.forwardTo(its.roomMillis() + chance.nextInt(100_000));
                    case 2 -> millis += chance.nextInt(50_000);
                    default -> { }
                }
                long next = any.next(chance.nextInt(10) == 0 ? before : 0);
                assertThat(given.add(next)).as("%d was given before", next).isTrue();
                assertThat(next).isGreaterThanOrEqualTo(at(its.roomMillis()));
                before = next;
            }
        }
    }

    @Test
    void noTimeIsGivenThatACompactionHasPassed() {
        stamps.passed(at(BEGIN + 3_000));
        assertThat(stamps.next(0)).isGreaterThan(at(BEGIN + 3_000));
        stamps.setBackTo(BEGIN - DAY);
        assertThat(stamps.next(0)).isGreaterThan(at(BEGIN + 3_000));
    }

    @Test
    void noTimeIsGivenTwiceWhateverHappens() {
        Random chance = SeededRandom.of(this);
        for (int round = 0; round < 300; round++) {
            millis = BEGIN;
            RoomTime its = new RoomTime(() -> millis, () -> millis * 1_000_000);
            Stamps any = new Stamps(its, BOUND);
            Set<Long> given = new HashSet<>();
            Map<Integer, Long> held = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                switch (chance.nextInt(10)) {
                    case 0 -> held.put(chance.nextInt(6), any.limit() - chance.nextInt(3));
                    case 1 -> held.put(chance.nextInt(6), at(its.roomMillis() + DAY) + chance.nextInt(4));
                    case 2 -> its.forwardTo(its.roomMillis() + chance.nextInt(30_000));
                    case 3 -> any.observe(at(its.roomMillis() + chance.nextInt(30_000)));
                    case 4 -> millis += chance.nextInt(20_000);
                    default -> { }
                }
                int key = chance.nextInt(6);
                long floor = held.getOrDefault(key, 0L);
                long next = any.next(floor);
                assertThat(next).isGreaterThan(floor).isGreaterThanOrEqualTo(at(its.roomMillis()));
                assertThat(given.add(next)).as("%d was given before", next).isTrue();
                assertThat(next).as("a write is never further ahead than what it overwrites, or the bound")
                        .isLessThanOrEqualTo(Math.max(floor, at(its.roomMillis() + BOUND)) + i + 1);
                held.put(key, next);
            }
        }
    }

    @Test
    void stampsStrictlyRiseWhateverTheClockDoes() {
        Random random = SeededRandom.of(this);
        for (int i = 0; i < 200; i++) {
            long[] now = {1_000_000 + random.nextInt(1_000_000)};
            RoomTime its = new RoomTime(() -> now[0], () -> now[0] * 1_000_000);
            Stamps clock = new Stamps(its, BOUND);
            long last = 0;
            for (int n = 0; n < 200; n++) {
                switch (random.nextInt(5)) {
                    case 0 -> now[0] += random.nextInt(2_000_000) - 1_000_000;
                    case 1 -> clock.observe(random.nextLong(Stamp.MAX_TIME));
                    case 2 -> its.forwardTo(its.roomMillis() + random.nextInt(2_000_000) - 1_000_000);
                    default -> now[0]++;
                }
                long floor = random.nextInt(10) == 0 ? last + random.nextInt(1000) : 0;
                if (clock.isAhead(floor)) {
                    // Written over the future, which is that write's alone.
                    floor = 0;
                }
                long next = clock.next(floor);
                assertThat(next).isGreaterThan(last).isGreaterThan(floor);
                last = next;
            }
        }
    }

    @Test
    void aStampFarAheadDragsTheClockNoFurtherThanTheBound() {
        Stamps clock = new Stamps(new RoomTime(() -> 1_000_000, () -> 0), BOUND);
        clock.observe(Stamp.MAX_TIME);
        assertThat(clock.next(0) >>> Stamp.COUNTER_BITS).isBetween(1_000_000L, 1_010_000L);
        assertThat(clock.next(Stamp.MAX_TIME)).as("but what is overwritten is always older").isGreaterThan(Stamp.MAX_TIME);
    }
}
