package dev.parlor.internal.machine.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Change;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.SeededRandom;
import dev.parlor.Undo;
import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.compaction.Compacting;
import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.write.SessionUpdates;
import dev.parlor.internal.machine.write.Writes;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What undo restores is what the plainest model says, whatever this participant, others and compactions do in between. */
class UndosTest {
    private static final long BEN = 7;
    private static final int ROUNDS = 2_000;
    private static final int ACTIONS = 60;
    private static final List<String> KEYS = List.of("a", "b", "c", "d");
    private static final List<Object> WRITERS = List.of("one", "two");

    /** A room with one undo, beside its model. */
    private static final class Fixture {
        private final Recorded room = new Recorded().with(Recorded.SELF, BEN);
        private final SessionReplica session = room.state.session();
        private final Undos undos = room.state.undos();
        private final SessionUpdates updates = new SessionUpdates(room.state, room, room, new Observation(thrown -> { }), room.warnings);
        private final Writes writes = new Writes(room.state, updates, room.outbox, "room", Long.MAX_VALUE);
        private final NaiveUndo model;
        private final History history;
        private final List<String> log = new ArrayList<>();
        private Object writer = WRITERS.get(0);
        private int told;
        private Compacting compacting;
        private boolean couldUndo;
        private boolean couldRedo;
        private int flips;

        Fixture(int mostSteps) {
            this.model = new NaiveUndo(mostSteps);
            this.history = undos.open(mostSteps, key -> true, () -> writer, () -> told++);
        }

        void ours(Map<String, Byte> batch) {
            log.add(writer + " writes " + batch);
            if (batch.size() == 1) {
                batch.forEach((key, value) -> writes.apply(key, bytes(value)));
            } else {
                Map<String, byte[]> encoded = new LinkedHashMap<>();
                batch.forEach((key, value) -> encoded.put(key, bytes(value)));
                writes.apply(false, encoded);
            }
            model.ours(batch, writer);
        }

        void replaces(Map<String, Byte> all) {
            log.add(writer + " replaces by " + all);
            Map<String, byte[]> encoded = new LinkedHashMap<>();
            all.forEach((key, value) -> encoded.put(key, bytes(value)));
            writes.apply(true, encoded);
            Map<String, Byte> batch = new LinkedHashMap<>(all);
            KEYS.forEach(key -> batch.putIfAbsent(key, null));
            model.ours(batch, writer);
        }

        void theirs(String key, Byte value) {
            log.add("Ben writes " + key + "=" + value);
            Stamp stamp = new Stamp(room.state.stamps().next(session.times().newest()), BEN);
            updates.apply(StateDelta.of(List.of(new KeyedValue(key, value == null ? VersionedValue.tombstone(stamp)
                    : VersionedValue.of(stamp, bytes(value))))), Change.Cause.REMOTE);
            model.theirs(key, value);
        }

        void theirClear() {
            log.add("Ben clears");
            updates.apply(new StateDelta(new Stamp(room.state.stamps().next(session.times().newest()), BEN), List.of()), Change.Cause.REMOTE);
            KEYS.forEach(key -> model.theirs(key, null));
        }

        /** The last compaction that was begun here goes on. */
        void compactsOn() {
            if (compacting != null) {
                log.add("compacts on");
                Compactions.step(compacting);
            }
        }

        /** All that is removed is forgotten, by agreement or as a repair brings it. */
        void compacts(boolean here) {
            log.add("compacts");
            room.later(Duration.ofMillis(1));
            long time = room.state.stamps().next(session.times().newest());
            if (compacting != null) {
                compacting.finish();
            }
            if (here) {
                compacting = Compactions.begin(session, time, () -> undos.compacts(new Stamp(time, Stamp.LO)));
            } else {
                SessionReplica other = new SessionReplica();
                List<KeyedValue> all = new ArrayList<>();
                session.iterator().forEachRemaining(entry -> all.add(new KeyedValue(entry.getKey(), entry.getValue())));
                other.apply(new StateDelta(session.clear(), all));
                Compactions.compact(other, time);
                List<KeyedValue> kept = new ArrayList<>();
                other.iterator().forEachRemaining(entry -> kept.add(new KeyedValue(entry.getKey(), entry.getValue())));
                updates.applyRepaired(new StateDelta(other.clear(), kept));
            }
        }

        void turn(boolean back) {
            Undo.Result expected = back ? model.undo() : model.redo();
            log.add((back ? "undo " : "redo ") + expected);
            assertThat(back ? writes.undo(history) : writes.redo(history)).as(log.toString()).isEqualTo(expected);
        }

        void check() {
            Map<String, Byte> read = new TreeMap<>();
            session.snapshot().forEach((key, value) -> read.put(key, value.bytes()[1]));
            assertThat(read).as(log.toString()).isEqualTo(model.values);
            assertThat(history.canUndo()).as(log.toString()).isEqualTo(model.canUndo());
            assertThat(history.canRedo()).as(log.toString()).isEqualTo(model.canRedo());
            flips += couldUndo != model.canUndo() || couldRedo != model.canRedo() ? 1 : 0;
            couldUndo = model.canUndo();
            couldRedo = model.canRedo();
            assertThat(told).as(log.toString()).isEqualTo(flips);
            assertThat(room.state.budget().used(Use.UNDO)).as(log.toString()).isNotNegative();
        }
    }

    private static byte[] bytes(Byte value) {
        return value == null ? null : new byte[] {1, value};
    }

    private static Byte value(Random random) {
        return random.nextInt(4) == 0 ? null : (byte) random.nextInt(3);
    }

    private static Map<String, Byte> batch(Random random, int fewest) {
        Map<String, Byte> batch = new LinkedHashMap<>();
        for (int i = fewest + random.nextInt(KEYS.size()); i > 0; i--) {
            batch.put(KEYS.get(random.nextInt(KEYS.size())), value(random));
        }
        return batch;
    }

    @Test
    void whateverHappensUndoDoesWhatTheModelDoes() {
        Random random = SeededRandom.of(this);
        for (int round = 0; round < ROUNDS; round++) {
            Fixture fixture = new Fixture(1 + random.nextInt(6));
            boolean[] grouping = new boolean[WRITERS.size()];
            for (int i = 0; i < ACTIONS; i++) {
                int who = random.nextInt(WRITERS.size());
                fixture.writer = WRITERS.get(who);
                switch (random.nextInt(20)) {
                    case 0, 1, 2, 3 -> fixture.ours(Collections.singletonMap(KEYS.get(random.nextInt(KEYS.size())), value(random)));
                    case 4, 5 -> fixture.ours(batch(random, 1));
                    case 6 -> {
                        Map<String, Byte> all = batch(random, 0);
                        all.values().removeIf(Objects::isNull);
                        fixture.replaces(all);
                    }
                    case 7, 8, 9 -> fixture.theirs(KEYS.get(random.nextInt(KEYS.size())), value(random));
                    case 10 -> {
                        if (random.nextInt(4) == 0) {
                            fixture.theirClear();
                        }
                    }
                    case 11 -> fixture.compacts(random.nextBoolean());
                    case 12 -> {
                        grouping[who] = !grouping[who];
                        if (grouping[who]) {
                            fixture.undos.begin(fixture.history);
                            fixture.model.begin(fixture.writer);
                        } else {
                            fixture.undos.end(fixture.history);
                            fixture.model.end(fixture.writer);
                        }
                        fixture.log.add(fixture.writer + " groups " + grouping[who]);
                    }
                    case 13, 14, 15 -> fixture.turn(false);
                    default -> fixture.turn(true);
                }
                fixture.check();
                if (random.nextBoolean()) {
                    fixture.compactsOn();
                    fixture.check();
                }
            }
            fixture.undos.close(fixture.history);
            assertThat(fixture.room.state.budget().used(Use.UNDO)).as(fixture.log.toString()).isZero();
            assertThat(fixture.undos.isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsRefusedLeavesTheStep() {
        Fixture fixture = new Fixture(10);
        Writes small = new Writes(fixture.room.state, fixture.updates, fixture.room.outbox, "room", 12);
        small.apply("a", new byte[] {1, 1, 1, 1, 1, 1, 1, 1});
        small.apply("a", null);
        fixture.theirs("b", (byte) 1);
        fixture.theirs("c", (byte) 1);
        assertThatThrownBy(() -> small.undo(fixture.history)).isInstanceOf(PayloadTooLargeException.class);
        assertThat(fixture.session.snapshot()).containsOnlyKeys("b", "c");
        fixture.theirs("b", null);
        fixture.theirs("c", null);
        assertThat(small.undo(fixture.history).restored()).containsExactly("a");
        assertThat(fixture.history.canUndo()).isTrue();
    }

    @Test
    void whatIsLargerThanItsShareIsNotRememberedNorWhatWasBefore() {
        Fixture fixture = new Fixture(10);
        fixture.writes.apply("a", new byte[] {1, 1});
        byte[] large = new byte[(int) fixture.room.state.budget().limit(Use.UNDO) + 1];
        large[0] = 1;
        fixture.writes.apply("b", large);
        assertThat(fixture.history.canUndo()).isFalse();
        assertThat(fixture.history.forgotten()).isEqualTo(2);
        assertThat(fixture.room.state.budget().used(Use.UNDO)).isZero();
        fixture.writes.apply("a", new byte[] {1, 2});
        assertThat(fixture.writes.undo(fixture.history).restored()).containsExactly("a");
        assertThat(fixture.session.snapshot().get("a").bytes()).containsExactly(1, 1);
    }
}
