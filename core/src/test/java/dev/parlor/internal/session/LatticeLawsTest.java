package dev.parlor.internal.session;

import static dev.parlor.internal.session.RandomStates.KEYS;
import static dev.parlor.internal.session.RandomStates.merged;
import static dev.parlor.internal.session.RandomStates.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.session.RandomStates.State;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of the state: whatever way the same deltas come, the same state is the end. */
class LatticeLawsTest {
    private static final int CASES = 5_000;

    private final Random random = SeededRandom.of(this);
    private final RandomStates states = new RandomStates(random);

    @Test
    void mergingIsCommutative() {
        for (int i = 0; i < CASES; i++) {
            StateDelta a = states.state(), b = states.state();
            assertThat(merged(a, b)).isEqualTo(merged(b, a));
        }
    }

    @Test
    void mergingIsAssociative() {
        for (int i = 0; i < CASES; i++) {
            StateDelta a = states.state(), b = states.state(), c = states.state();
            assertThat(merged(merged(a, b).delta(), c)).isEqualTo(merged(a, merged(b, c).delta()));
        }
    }

    @Test
    void mergingIsIdempotent() {
        for (int i = 0; i < CASES; i++) {
            StateDelta a = states.state(), b = states.state();
            State once = merged(a, b);
            assertThat(merged(once.delta(), a)).isEqualTo(once);
            assertThat(merged(once.delta(), b)).isEqualTo(once);
            assertThat(merged(once.delta(), once.delta())).isEqualTo(once);
        }
    }

    @Test
    void anyOrderOfDeliveryGivesTheSameStateWithDoublesToo() {
        for (int i = 0; i < CASES; i++) {
            List<StateDelta> deltas = new ArrayList<>();
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                deltas.add(states.delta());
            }
            State inOrder = merged(deltas.toArray(StateDelta[]::new));
            List<StateDelta> shuffled = new ArrayList<>(deltas);
            shuffled.addAll(deltas.subList(0, random.nextInt(deltas.size() + 1)));
            Collections.shuffle(shuffled, random);
            assertThat(merged(shuffled.toArray(StateDelta[]::new))).isEqualTo(inOrder);
        }
    }

    @Test
    void lastWriterWinsOverAllWritesThatNoClearKilled() {
        for (int i = 0; i < CASES; i++) {
            List<StateDelta> deltas = new ArrayList<>();
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                deltas.add(states.delta());
            }
            Stamp clear = deltas.stream().map(StateDelta::clear).max(Stamp::compareTo).orElseThrow();
            Map<String, VersionedValue> expected = new HashMap<>();
            deltas.stream().flatMap(delta -> delta.entries().stream())
                    .filter(entry -> entry.value().stamp().compareTo(clear) >= 0)
                    .forEach(entry -> expected.merge(entry.key(), entry.value(),
                            (x, y) -> x.stamp().after(y.stamp()) ? x : y));
            assertThat(merged(deltas.toArray(StateDelta[]::new)).entries()).isEqualTo(expected);
        }
    }

    @Test
    void twoConcurrentReplacesAreNeverAMixture() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(states.state());
            StateDelta first = states.replace(stamp(10, 1), "first"), second = states.replace(stamp(10, 2), "second");
            boolean swap = random.nextBoolean();
            replica.apply(swap ? second : first);
            replica.apply(swap ? first : second);
            assertThat(replica.snapshot().values()).isNotEmpty()
                    .allSatisfy(value -> assertThat(value.stamp().author()).isEqualTo(2));
            assertThat(replica.snapshot()).hasSameSizeAs(second.entries());
        }
    }

    @Test
    void aRemovedKeyStaysRemovedAgainstEveryOlderWrite() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(states.state());
            Stamp removed = new Stamp(1000, 1 + random.nextInt(3));
            replica.apply(StateDelta.of(List.of(new KeyedValue("k0", VersionedValue.tombstone(removed)))));
            replica.apply(states.state());
            assertThat(replica.liveEntry("k0")).isNull();
        }
    }

    @Test
    void anEqualStampWithOtherBytesIsCountedAndReplicasAgree() {
        KeyedValue one = new KeyedValue("k", VersionedValue.of(stamp(5, 1), new byte[] {1}));
        KeyedValue two = new KeyedValue("k", VersionedValue.of(stamp(5, 1), new byte[] {2}));
        SessionReplica a = new SessionReplica(), b = new SessionReplica();
        a.apply(StateDelta.of(List.of(one)));
        a.apply(StateDelta.of(List.of(two)));
        b.apply(StateDelta.of(List.of(two)));
        b.apply(StateDelta.of(List.of(one)));
        assertThat(State.of(a)).isEqualTo(State.of(b));
        assertThat(a.stampDefects()).isEqualTo(1);
        assertThat(b.stampDefects()).isEqualTo(1);
    }

    @Test
    void compactionsAtAnyTimeLeaveReplicasTheSame() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica a = new SessionReplica(), b = new SessionReplica();
            List<StateDelta> deltas = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                Stamp stamp = stamp(1 + random.nextInt(30), 1 + random.nextInt(3));
                // One stamp, one value.
                VersionedValue value = (stamp.time() * 7 + stamp.author()) % 3 == 0 ? VersionedValue.tombstone(stamp)
                        : VersionedValue.of(stamp, stamp.toString().getBytes());
                deltas.add(random.nextInt(8) == 0 ? new StateDelta(stamp, List.of())
                        : StateDelta.of(List.of(new KeyedValue("k" + random.nextInt(KEYS), value))));
            }
            for (SessionReplica each : List.of(a, b)) {
                Collections.shuffle(deltas, random);
                deltas.subList(0, random.nextInt(deltas.size())).forEach(each::apply);
                if (random.nextBoolean()) {
                    Compactions.compact(each, random.nextInt(30));
                }
                deltas.forEach(each::apply);
            }
            exchange(a, b);
            exchange(b, a);
            assertThat(State.of(a)).isEqualTo(State.of(b));
            assertThat(a.digest()).isEqualTo(b.digest());
        }
    }

    private static void exchange(SessionReplica from, SessionReplica to) {
        List<KeyedValue> all = new ArrayList<>();
        from.iterator().forEachRemaining(entry -> all.add(new KeyedValue(entry.getKey(), entry.getValue())));
        to.apply(new StateDelta(from.clear(), all));
    }

    @Test
    void aCompactionOfWhatAllHoldIsSeenByNobodyAndUndoesNoRemoval() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica one = new SessionReplica(), other = new SessionReplica();
            for (int n = 0; n < 12; n++) {
                Stamp stamp = stamp(1 + n, 1 + random.nextInt(3));
                StateDelta delta = StateDelta.of(List.of(new KeyedValue("k" + random.nextInt(KEYS), random.nextInt(3) == 0
                        ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, new byte[] {(byte) n}))));
                one.apply(delta);
                other.apply(delta);
            }
            long at = random.nextInt(14);
            Map<String, byte[]> before = live(one);
            Compactions.compact(one, at);
            assertThat(live(one)).as("nothing changes for a reader").usingRecursiveComparison().isEqualTo(before);
            assertThat(one.times().tombstonesUpTo(at)).isZero();
            List<KeyedValue> all = new ArrayList<>();
            one.iterator().forEachRemaining(entry -> all.add(new KeyedValue(entry.getKey(), entry.getValue())));
            assertThat(SessionChange.listOf(other.apply(new StateDelta(one.clear(), all)))).as("nor is it told to listeners").isEmpty();
            assertThat(State.of(other)).isEqualTo(State.of(one));
            Stamp old = stamp(random.nextInt((int) at + 1), 9);
            one.apply(StateDelta.of(List.of(new KeyedValue("k0", VersionedValue.of(old, new byte[] {99})))));
            assertThat(live(one)).as("an older write changes nothing").usingRecursiveComparison().isEqualTo(before);
        }
    }

    /** Others write, read, ask and clear between the steps, and what is so old as to be forgotten comes from one who was away. */
    @Test
    void aCompactionIsOfTheLatticeAfterEachStep() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica one = new SessionReplica(), other = new SessionReplica();
            int writes = 5 + random.nextInt(15);
            for (int n = 0; n < writes; n++) {
                StateDelta delta = someDelta(stamp(1 + n, 1 + random.nextInt(3)));
                one.apply(delta);
                other.apply(delta);
            }
            long at = random.nextInt(writes + 2);
            long[] time = {Math.max(at, writes)};
            // Has what all have, and goes its own way.
            SessionReplica reader = new SessionReplica();
            exchange(one, reader);
            SessionReplica asks = new SessionReplica();
            Compactions.steps(one, at, () -> { }, () -> {
                assertThat(live(one)).as("what readers see").usingRecursiveComparison().isEqualTo(live(reader));
                assertThat(one.tombstones() + one.size()).isEqualTo(sizeOf(one));
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        StateDelta delta = someDelta(stamp(++time[0], 1 + random.nextInt(3)));
                        for (SessionReplica each : List.of(one, other, reader)) {
                            each.apply(delta);
                        }
                    }
                    case 2 -> exchange(one, asks);
                    case 3 -> one.apply(someDelta(stamp(random.nextInt((int) at + 1), 9)));
                    default -> { }
                }
            });
            Compactions.compact(other, at);
            assertThat(one.times().tombstonesUpTo(at)).isZero();
            assertThat(one.digest()).isEqualTo(other.digest());
            assertThat(State.of(one)).isEqualTo(State.of(other));
            exchange(one, asks);
            assertThat(State.of(asks)).as("who asked amid it").isEqualTo(State.of(one));
        }
    }

    private StateDelta someDelta(Stamp stamp) {
        VersionedValue value = random.nextInt(3) == 0 ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, stamp.toString().getBytes());
        return random.nextInt(12) == 0 ? new StateDelta(stamp, List.of())
                : StateDelta.of(List.of(new KeyedValue("k" + random.nextInt(KEYS), value)));
    }

    private static int sizeOf(SessionReplica replica) {
        int[] size = new int[1];
        replica.iterator().forEachRemaining(entry -> size[0]++);
        return size[0];
    }

    private static Map<String, byte[]> live(SessionReplica replica) {
        Map<String, byte[]> live = new java.util.TreeMap<>();
        replica.snapshot().forEach((key, value) -> live.put(key, value.bytes()));
        return live;
    }
}
