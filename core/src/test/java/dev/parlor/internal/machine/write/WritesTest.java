package dev.parlor.internal.machine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.PayloadTooLargeException;
import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A write is newer than what it writes over, goes out as what it was, and is refused before anything has changed. */
class WritesTest {
    private static final long BEN = 7;
    private static final byte[] VALUE = {1, 2, 3};
    private static final long MAX_BYTES = 200;
    private static final long DAY_MILLIS = 86_400_000;

    private final Recorded room = new Recorded().with(Recorded.SELF, BEN);
    private final SessionReplica session = room.state.session();
    private final Writes writes = new Writes(room.state, new SessionUpdates(room.state, room, room,
            new Observation(thrown -> { }), room.warnings), room.outbox, "room", MAX_BYTES);

    private void comesFromBen(String key, long millis) {
        session.apply(StateDelta.of(List.of(new KeyedValue(key,
                VersionedValue.of(new Stamp(millis << Stamp.COUNTER_BITS, BEN), VALUE)))));
    }

    private StateDelta sent() {
        return room.outbox.takeUnits(room.outbox.mark(), Integer.MAX_VALUE);
    }

    @Test
    void aWriteIsNewerThanWhatItWritesOverWhateverTheClockSays() {
        comesFromBen("k", room.time.roomMillis() + 5_000);
        Stamp theirs = session.entry("k").stamp();
        writes.apply("k", new byte[] {9});
        assertThat(session.entry("k").stamp().after(theirs)).isTrue();
        assertThat(session.entry("k").bytes()).containsExactly(9);
        writes.apply("k", null);
        assertThat(session.entry("k").isTombstone()).isTrue();
        assertThat(room.asked).contains("written k", "changes 1");
    }

    @Test
    void aKeyOfTheFutureDoesNotDragTheOthersThere() {
        comesFromBen("future", room.time.roomMillis() + DAY_MILLIS);
        Map<String, byte[]> batch = new LinkedHashMap<>();
        batch.put("future", VALUE);
        batch.put("now", VALUE);
        writes.apply(false, batch);
        assertThat(session.entry("future").stamp().millis()).isGreaterThanOrEqualTo(room.time.roomMillis() + DAY_MILLIS);
        assertThat(session.entry("now").stamp().millis()).isLessThan(room.time.roomMillis() + 1_000);
        assertThat(sent().entries()).as("they go as one").extracting(KeyedValue::key).containsExactlyInAnyOrder("future", "now");
    }

    @Test
    void aReplaceGoesWithItsClearAndIsNewerThanAllThatItReplaces() {
        writes.apply("a", VALUE);
        writes.apply("b", VALUE);
        writes.apply(true, Map.of("b", VALUE));
        assertThat(session.snapshot()).containsOnlyKeys("b");
        StateDelta sent = sent();
        assertThat(sent.clear()).isEqualTo(session.clear());
        assertThat(sent.entries()).extracting(KeyedValue::key).containsExactly("b");
        assertThat(sent.entries().get(0).value().stamp()).isEqualTo(session.clear());
    }

    @Test
    void whatIsTooMuchChangesNothing() {
        writes.apply("a", VALUE);
        Object before = session.digest();
        room.outbox.takeSingles();
        assertThatThrownBy(() -> writes.apply("b", new byte[1_000])).isInstanceOf(PayloadTooLargeException.class);
        assertThatThrownBy(() -> writes.apply(true, Map.of("x", new byte[1_000]))).isInstanceOf(PayloadTooLargeException.class);
        assertThat(session.digest()).isEqualTo(before);
        assertThat(room.outbox.isEmpty()).isTrue();
        writes.apply("a", new byte[] {1});
        writes.apply(false, Collections.singletonMap("a", null));
        assertThat(session.snapshot()).isEmpty();
    }

    @Test
    void whatHoldsTheSameIsNotWrittenAgain() {
        assertThat(writes.applyIfChanged("k", VALUE)).isTrue();
        Stamp first = session.entry("k").stamp();
        assertThat(writes.applyIfChanged("k", VALUE.clone())).isFalse();
        assertThat(session.entry("k").stamp()).isEqualTo(first);
    }
}
