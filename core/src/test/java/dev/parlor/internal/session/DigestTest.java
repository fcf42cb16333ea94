package dev.parlor.internal.session;

import static dev.parlor.internal.session.RandomStates.stamp;
import static dev.parlor.internal.session.RandomStates.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.session.RandomStates.State;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Digests: equal just where states are, and kept right as they change. */
class DigestTest {
    private static final int CASES = 5_000;

    private final Random random = SeededRandom.of(this);
    private final RandomStates states = new RandomStates(random);

    @Test
    void digestsAreEqualJustWhereStatesAre() {
        Map<Long, State> byRoot = new HashMap<>();
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(states.state());
            replica.apply(states.delta());
            State state = State.of(replica);
            SessionReplica rebuilt = new SessionReplica();
            rebuilt.apply(state.delta());
            assertThat(rebuilt.digest()).as("kept as it goes, and made anew").isEqualTo(replica.digest());
            State other = byRoot.putIfAbsent(replica.digest().root(), state);
            assertThat(other == null || other.equals(state)).as("one root, one state").isTrue();
        }
    }

    @Test
    void theRootUpToATimeIsKeptRightWhateverChanges() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(states.state());
            long time = replica.times().newest() - random.nextInt(3);
            replica.times().rootUpTo(time);
            for (int n = 0; n < 5; n++) {
                if (random.nextInt(4) == 0) {
                    Compactions.compact(replica, time - random.nextInt(3));
                } else {
                    replica.apply(states.delta());
                }
                SessionReplica rebuilt = new SessionReplica();
                rebuilt.apply(State.of(replica).delta());
                assertThat(replica.times().rootUpTo(time)).isEqualTo(rebuilt.times().rootUpTo(time));
                assertThat(replica.root()).as("kept from before the change").isEqualTo(rebuilt.digest().root());
            }
        }
    }

    @Test
    void aDigestSeesKeysOfEqualHashCode() {
        SessionReplica replica = new SessionReplica();
        replica.apply(StateDelta.of(List.of(new KeyedValue("Aa", VersionedValue.of(stamp(5, 1), new byte[] {1})),
                new KeyedValue("BB", VersionedValue.of(stamp(5, 1), new byte[] {1})))));
        assertThat(replica.digest()).isNotEqualTo(Digest.empty());
    }

    @Test
    void theEntriesOfSomeBucketsAreJustThoseBucketByBucket() {
        for (int i = 0; i < 200; i++) {
            SessionReplica replica = new SessionReplica();
            List<KeyedValue> all = new ArrayList<>();
            for (int n = 0; n < 300; n++) {
                all.add(new KeyedValue("key" + random.nextInt(1_000_000), value(stamp(1 + n, 1), n)));
            }
            replica.apply(StateDelta.of(all));
            boolean[] wanted = new boolean[Digest.BUCKETS];
            for (int bucket = 0; bucket < wanted.length; bucket++) {
                wanted[bucket] = random.nextBoolean();
            }
            Map<String, VersionedValue> expected = new HashMap<>();
            replica.iterator().forEachRemaining(entry -> {
                if (wanted[Digest.bucketOf(entry.getKey())]) {
                    expected.put(entry.getKey(), entry.getValue());
                }
            });
            List<KeyedValue> found = replica.entriesOf(wanted);
            assertThat(found).extracting(entry -> Digest.bucketOf(entry.key())).isSorted();
            Map<String, VersionedValue> map = new HashMap<>();
            found.forEach(entry -> assertThat(map.put(entry.key(), entry.value())).isNull());
            assertThat(map).isEqualTo(expected);
        }
    }
}
