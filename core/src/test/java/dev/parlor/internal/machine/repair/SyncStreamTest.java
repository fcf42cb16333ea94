package dev.parlor.internal.machine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An answer to a repair brings what differs, all of it once, part by part, and says at its end how far it goes. */
class SyncStreamTest {
    private static final int VALUES = 40;
    private static final int VALUE_BYTES = 10_000;
    private static final long OWN_NUMBER = 17;
    /** So many that they are collected in several steps. */
    private static final int MANY = 4 * Sweep.STEP;

    private final Recorded room = new Recorded();
    private final List<SyncChunk> sent = new ArrayList<>();

    private void write(long time, String... keys) {
        Stamp stamp = new Stamp(time, Recorded.SELF);
        List<KeyedValue> entries = new ArrayList<>();
        for (String key : keys) {
            entries.add(new KeyedValue(key, VersionedValue.of(stamp, new byte[VALUE_BYTES])));
        }
        room.state.session().apply(new StateDelta(Stamp.ZERO, entries,
                keys.length > 1 ? List.of(new Batch(stamp, List.of(keys))) : List.of()));
    }

    private void writeAll() {
        for (int i = 0; i < VALUES; i++) {
            write(i + 1, "k" + i);
        }
    }

    private SyncStream answerTo(long[] buckets) {
        return SyncStream.of(room.state, new SyncRequest(3, buckets, Stamp.ZERO), OWN_NUMBER, room.nanos());
    }

    private List<String> keys() {
        return sent.stream().flatMap(chunk -> chunk.delta().entries().stream()).map(KeyedValue::key).toList();
    }

    @Test
    void allOfItComesOnceAndNoMoreThanIsAskedForAtATime() {
        writeAll();
        SyncStream stream = answerTo(new long[Digest.BUCKETS]);
        stream.sendUpTo(2, sent::add);
        assertThat(sent).hasSize(2).noneMatch(SyncChunk::last);
        stream.sendUpTo(2, sent::add);
        assertThat(sent).hasSize(2);
        stream.sendUpTo(Integer.MAX_VALUE, sent::add);
        assertThat(keys()).hasSize(VALUES).doesNotHaveDuplicates();
        assertThat(sent).extracting(SyncChunk::round).containsOnly(3L);
        assertThat(sent).extracting(SyncChunk::total).containsOnly(VALUES);
        stream.sendUpTo(Integer.MAX_VALUE, sent::add);
        assertThat(sent).filteredOn(SyncChunk::last).hasSize(1);
    }

    @Test
    void onlyTheLastPartSaysHowFarItGoes() {
        room.with(Recorded.SELF, 7L);
        writeAll();
        answerTo(new long[Digest.BUCKETS]).sendUpTo(Integer.MAX_VALUE, sent::add);
        SyncChunk last = sent.remove(sent.size() - 1);
        assertThat(last.known()).isEqualTo(Map.of(Recorded.SELF, OWN_NUMBER, 7L, 0L));
        assertThat(last.differing()).isNotEmpty();
        assertThat(sent).allMatch(chunk -> chunk.known().isEmpty() && chunk.differing().length == 0);
    }

    @Test
    void whatIsWrittenMeanwhileIsNotInIt() {
        writeAll();
        SyncStream stream = answerTo(new long[Digest.BUCKETS]);
        write(1_000, "later");
        stream.sendUpTo(Integer.MAX_VALUE, sent::add);
        assertThat(keys()).doesNotContain("later");
        assertThat(sent.get(sent.size() - 1).known()).containsEntry(Recorded.SELF, OWN_NUMBER);
    }

    @Test
    void whereNothingDiffersThereIsOneEmptyPart() {
        writeAll();
        answerTo(room.state.session().digest().buckets()).sendUpTo(Integer.MAX_VALUE, sent::add);
        assertThat(sent).singleElement().satisfies(chunk -> {
            assertThat(chunk.last()).isTrue();
            assertThat(chunk.delta().entries()).isEmpty();
            assertThat(chunk.differing()).isEmpty();
        });
    }

    @Test
    void whatWasWrittenAsOneIsNamedOnce() {
        write(5, "a", "b", "c", "d", "e", "f", "g", "h");
        answerTo(new long[Digest.BUCKETS]).sendUpTo(Integer.MAX_VALUE, sent::add);
        assertThat(sent.size()).isGreaterThan(1);
        assertThat(sent.stream().flatMap(chunk -> chunk.delta().batches().stream())).hasSize(1);
        assertThat(sent.get(0).delta().batches()).hasSize(1);
    }

    @Test
    void whatChangesWhereNothingDifferedIsNotSent() {
        SessionReplica session = room.state.session();
        for (int i = 0; i < MANY; i++) {
            session.apply(StateDelta.of(List.of(small(1, "k" + i))));
        }
        long[] buckets = session.digest().buckets().clone();
        int differing = Digest.bucketOf("k0");
        buckets[differing]++;
        SyncStream stream = answerTo(buckets);
        for (int i = 0; i < MANY; i++) {
            session.apply(StateDelta.of(List.of(small(2, "k" + i))));
        }
        while (!stream.collect()) {
            assertThat(stream.isCollecting()).isTrue();
        }
        stream.collected();
        stream.sendUpTo(Integer.MAX_VALUE, sent::add);
        assertThat(keys()).contains("k0").doesNotHaveDuplicates().allMatch(key -> Digest.bucketOf(key) == differing);
    }

    @Test
    void whatIsCollectedForLongIsAsItWasWhenThatBegan() {
        Random random = new Random(1);
        SessionReplica session = room.state.session();
        for (int i = 0; i < MANY; i++) {
            session.apply(StateDelta.of(List.of(small(1, "k" + i))));
        }
        Map<String, VersionedValue> then = new HashMap<>();
        session.iterator().forEachRemaining(entry -> then.put(entry.getKey(), entry.getValue()));
        SyncStream stream = answerTo(new long[Digest.BUCKETS]);
        assertThat(stream.isCollecting()).isTrue();
        int time = 2;
        boolean done = false;
        while (!done) {
            for (int i = 0; i < 1_000; i++) {
                String key = random.nextInt(10) == 0 ? "new" + i : "k" + random.nextInt(MANY);
                session.apply(StateDelta.of(List.of(random.nextInt(4) == 0
                        ? new KeyedValue(key, VersionedValue.tombstone(new Stamp(time++, Recorded.SELF))) : small(time++, key))));
            }
            if (random.nextInt(3) == 0) {
                session.apply(new StateDelta(new Stamp(time++, Recorded.SELF), List.of(), List.of()));
            }
            done = stream.collect();
        }
        stream.collected();
        session.apply(StateDelta.of(List.of(small(time, "k0"))));
        stream.sendUpTo(Integer.MAX_VALUE, sent::add);
        Map<String, VersionedValue> brought = new HashMap<>();
        sent.forEach(chunk -> chunk.delta().entries().forEach(each -> assertThat(brought.put(each.key(), each.value())).isNull()));
        assertThat(brought).isEqualTo(then);
        assertThat(sent).filteredOn(SyncChunk::last).hasSize(1);
    }

    private static KeyedValue small(long time, String key) {
        return new KeyedValue(key, VersionedValue.of(new Stamp(time, Recorded.SELF), new byte[] {1}));
    }
}
