package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.session.RandomStates.State;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.SeededRandom;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a compaction asks of all that is old: the same by slices of time as by a pass, and without one. */
class AgesTest {
    private static final long RETENTION_MILLIS = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis() << Stamp.COUNTER_BITS;
    /** Of 56 s, made a power of two. */
    private static final long SLICE = 32_768L << Stamp.COUNTER_BITS;
    private static final Map<String, VersionedValue> NOT_TO_BE_PASSED_OVER = new AbstractMap<>() {
        @Override
        public Set<Entry<String, VersionedValue>> entrySet() {
            throw new AssertionError("a pass over all entries");
        }
    };

    private final Random random = SeededRandom.of(this);

    @Test
    void slicesTellTheSameAsAPassWhateverChanges() {
        for (int round = 0; round < 200; round++) {
            SessionReplica replica = new SessionReplica(() -> 0, RETENTION_MILLIS);
            long span = MINUTE << random.nextInt(14);
            for (int n = 0; n < 200; n++) {
                long time = 1 + random.nextLong(span);
                if (random.nextInt(40) == 0) {
                    Compactions.compact(replica, random.nextBoolean() ? replica.times().countedUpTo(time) : time);
                } else {
                    Stamp stamp = new Stamp(time, 1 + random.nextInt(3));
                    replica.apply(StateDelta.of(List.of(new KeyedValue("k" + random.nextInt(60), random.nextInt(3) == 0
                            ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, new byte[] {(byte) n})))));
                }
            }
            SessionReplica passing = new SessionReplica();
            passing.apply(State.of(replica).delta());
            for (int n = 0; n < 10; n++) {
                long time = replica.times().countedUpTo(random.nextLong(2 * span));
                assertThat(replica.times().rootUpTo(time)).isEqualTo(passing.times().rootUpTo(time));
                assertThat(replica.times().tombstonesUpTo(time)).isEqualTo(State.of(replica).entries().values().stream()
                        .filter(held -> held.isTombstone() && held.time() <= time).count());
            }
        }
    }

    @Test
    void whatACompactionAsksForNeedsNoPass() {
        Ages ages = new Ages(RETENTION_MILLIS);
        for (long time = 0; time < 100 * MINUTE; time += MINUTE / 2) {
            ages.added(VersionedValue.tombstone(new Stamp(time, 1)), time);
        }
        long asked = ages.endUpTo(40 * MINUTE);
        assertThat(asked).isBetween(40 * MINUTE - SLICE, 40 * MINUTE);
        assertThat(ages.tombstonesUpTo(asked, NOT_TO_BE_PASSED_OVER)).isEqualTo((int) (2 * (asked + 1) / MINUTE) + 1);
        assertThat(ages.rootUpTo(asked, NOT_TO_BE_PASSED_OVER)).isNotZero();
    }

    @Test
    void ofManySlicesTheOlderHalfBecomesOneAndWhatIsNewIsStillTold() {
        Ages ages = new Ages(RETENTION_MILLIS);
        SessionReplica all = new SessionReplica();
        int slices = 3 * Ages.MAX;
        for (int i = 0; i < slices; i++) {
            VersionedValue removal = VersionedValue.tombstone(new Stamp(1 + i * SLICE, 1));
            all.apply(StateDelta.of(List.of(new KeyedValue("k" + i, removal))));
            ages.added(removal, Digest.hashOf("k" + i, removal));
        }
        Map<String, VersionedValue> entries = State.of(all).entries();
        for (int back = 1; back < slices; back += 97) {
            long time = ages.endUpTo((slices - back) * SLICE);
            Map<String, VersionedValue> passed = back < Ages.MAX / 2 ? NOT_TO_BE_PASSED_OVER : entries;
            assertThat(ages.tombstonesUpTo(time, passed)).as("%d slices back", back).isEqualTo(slices - back);
            assertThat(ages.rootUpTo(time, passed)).isEqualTo(entries.entrySet().stream().filter(each -> each.getValue().time() <= time)
                    .mapToLong(each -> Digest.hashOf(each.getKey(), each.getValue())).sum());
        }
        ages.removed(VersionedValue.tombstone(new Stamp(1, 1)), Digest.hashOf("k0", VersionedValue.tombstone(new Stamp(1, 1))));
        assertThat(ages.tombstonesUpTo(ages.endUpTo(slices * SLICE), NOT_TO_BE_PASSED_OVER)).isEqualTo(slices - 1);
    }
}
