package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final SessionReplica replica = new SessionReplica();
    private long time = 1;

    private Batch write(boolean clears, List<String> keys) {
        Stamp stamp = new Stamp(time++, 1);
        Batch batch = new Batch(stamp, keys);
        replica.applyUnheard(new StateDelta(clears ? stamp : Stamp.ZERO,
                keys.stream().map(key -> new KeyedValue(key, VersionedValue.of(stamp, new byte[] {1}))).toList(), List.of(batch)));
        return batch;
    }

    private static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "key-" + i).toList();
    }

    /** What was written over a key of the future outlives the next clears, and is not seen without the one that it came with. */
    @Test
    void whatOutlivesItsClearIsPassedOnWithTheOneThatReplacedThat() {
        Stamp first = new Stamp(time++, 1);
        Stamp future = new Stamp(1_000_000, 1);
        replica.applyUnheard(new StateDelta(first, List.of(new KeyedValue("ahead", VersionedValue.tombstone(future))),
                List.of(new Batch(List.of(first, future), List.of("ahead")))));
        write(true, keys(0, 2));
        for (int i = 0; i < 20; i++) {
            // So that what is no longer held is forgotten.
            write(false, keys(10, 40));
        }
        StateDelta passedOn = replica.whole(List.of("ahead"), false);
        assertThat(passedOn.clear()).isEqualTo(replica.clear());
        assertThat(passedOn.entries()).extracting(KeyedValue::key).contains("ahead").containsAll(keys(0, 2));
        SessionReplica other = new SessionReplica();
        other.applyUnheard(passedOn);
        assertThat(other.whole(List.of("ahead"), false).clear()).isEqualTo(replica.clear());
    }

    @Test
    void aModelThatIsReplacedAgainAndAgainTakesNoMoreThanAFewTimes() {
        write(true, keys(0, 1_000));
        long once = replica.batchBytes();
        for (int i = 0; i < 1_000; i++) {
            write(true, keys(0, 1_000));
        }
        assertThat(replica.batchBytes()).isLessThanOrEqualTo(2 * once);
    }

    @Test
    void aModelThatIsMergedAgainAndAgainTakesNoMoreThanAFewTimes() {
        write(false, keys(0, 1_000));
        long once = replica.batchBytes();
        for (int i = 0; i < 1_000; i++) {
            write(false, keys(0, 1_000));
        }
        assertThat(replica.batchBytes()).isLessThanOrEqualTo(2 * once);
    }

    @Test
    void batchesOfPairsThatAreOverwrittenOneByOneAreForgotten() {
        for (int i = 0; i < 10_000; i++) {
            write(false, keys(i % 10, i % 10 + 2));
        }
        assertThat(replica.batchBytes()).isLessThan(20_000);
    }

    @Test
    void batchesOfWhichOneKeyEachLivesDoNotAddUp() {
        List<Batch> written = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            List<String> keys = new ArrayList<>(keys(0, 1_000));
            keys.add("line-" + i);
            written.add(write(false, keys));
        }
        long live = replica.size();
        // Twice the live keys and what is free, at 40 bytes; a stamp for each line at 200.
        assertThat(replica.batchBytes()).isLessThan((2 * live + 5_000) * 40 + 2_000 * 200);
        StateDelta passedOn = replica.whole(List.of("line-7"), false);
        assertThat(passedOn.entries()).extracting(KeyedValue::key).containsAll(written.get(7).keys());
        // Whoever gets it knows the same, whatever it goes on to pass on.
        SessionReplica other = new SessionReplica();
        other.applyUnheard(passedOn);
        assertThat(other.whole(List.of("line-7"), false).entries()).extracting(KeyedValue::key)
                .containsAll(written.get(7).keys());
        assertThat(passedOn.batches()).as("united batches are told once").hasSizeLessThan(10);
    }

    @Test
    void whatIsPassedOnIsAlwaysWholeWhateverWasOverwritten() {
        Random random = SeededRandom.of(this);
        for (int round = 0; round < 20; round++) {
            SessionReplica fresh = new SessionReplica();
            List<Batch> written = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Set<String> keys = new HashSet<>();
                int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 5);
                while (keys.size() < size) {
                    keys.add("key-" + random.nextInt(600));
                }
                Stamp stamp = new Stamp(time++, 1);
                boolean clears = random.nextInt(50) == 0;
                Batch batch = new Batch(stamp, List.copyOf(keys));
                written.add(batch);
                fresh.applyUnheard(new StateDelta(clears ? stamp : Stamp.ZERO, keys.stream()
                        .map(key -> new KeyedValue(key, VersionedValue.of(stamp, new byte[] {1}))).toList(), List.of(batch)));
            }
            for (Batch batch : written) {
                for (String key : batch.keys()) {
                    VersionedValue held = fresh.held(key);
                    if (held != null && held.stamp().equals(batch.stamps().get(0))) {
                        assertThat(fresh.whole(List.of(key), false).entries()).extracting(KeyedValue::key)
                                .containsAll(batch.keys());
                    }
                }
            }
        }
    }
}
