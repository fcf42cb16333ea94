package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The laws of the state: whatever way the same deltas come, the same state is the end. */
class LatticeLawsTest {
    private static final int CASES = 5_000;
    private static final int KEYS = 6;

    private final Random random = SeededRandom.of(this);

    @Test
    void mergingIsCommutative() {
        for (int i = 0; i < CASES; i++) {
            StateDelta a = state(), b = state();
            assertThat(merged(a, b)).isEqualTo(merged(b, a));
        }
    }

    @Test
    void mergingIsAssociative() {
        for (int i = 0; i < CASES; i++) {
            StateDelta a = state(), b = state(), c = state();
            assertThat(merged(merged(a, b).delta(), c)).isEqualTo(merged(a, merged(b, c).delta()));
        }
    }

    @Test
    void mergingIsIdempotent() {
        for (int i = 0; i < CASES; i++) {
            StateDelta a = state(), b = state();
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
                deltas.add(delta());
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
                deltas.add(delta());
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
            replica.apply(state());
            StateDelta first = replace(stamp(10, 1), "first"), second = replace(stamp(10, 2), "second");
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
            replica.apply(state());
            Stamp removed = new Stamp(1000, 1 + random.nextInt(3));
            replica.apply(StateDelta.of(List.of(new KeyedValue("k0", VersionedValue.tombstone(removed)))));
            replica.apply(state());
            assertThat(replica.liveEntry("k0")).isNull();
        }
    }

    @Test
    void changesTellJustWhatAReaderSees() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(state());
            Map<String, VersionedValue> before = replica.snapshot();
            List<SessionChange> changes = replica.apply(random.nextBoolean() ? delta() : state());
            Map<String, VersionedValue> after = replica.snapshot();
            Set<String> changed = new HashSet<>();
            for (SessionChange change : changes) {
                assertThat(changed.add(change.key())).as("each key once").isTrue();
                assertThat(change.before()).isEqualTo(before.get(change.key()));
                assertThat(change.after()).isEqualTo(after.get(change.key()));
            }
            Set<String> keys = new HashSet<>(before.keySet());
            keys.addAll(after.keySet());
            keys.removeIf(key -> before.get(key) == after.get(key));
            assertThat(changed).isEqualTo(keys);
        }
    }

    @Test
    void aKeyNamedTwiceInOneDeltaIsToldOnceWithWhatItHeldBefore() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(state());
            Map<String, VersionedValue> before = replica.snapshot();
            List<KeyedValue> twice = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                twice.addAll(delta().entries());
            }
            List<SessionChange> changes = replica.apply(new StateDelta(delta().clear(), twice));
            assertThat(changes).extracting(SessionChange::key).doesNotHaveDuplicates();
            Map<String, VersionedValue> after = replica.snapshot();
            assertThat(changes).allSatisfy(change -> {
                assertThat(change.before()).isEqualTo(before.get(change.key()));
                assertThat(change.after()).isEqualTo(after.get(change.key()));
            });
        }
    }

    @Test
    void oneEntryIsAppliedAsADeltaOfItWouldBe() {
        for (int i = 0; i < CASES; i++) {
            StateDelta state = state();
            SessionReplica one = new SessionReplica(), other = new SessionReplica();
            one.apply(state);
            other.apply(state);
            for (KeyedValue entry : delta().entries()) {
                VersionedValue held = one.held(entry.key());
                SessionChange change = one.apply(entry.key(), entry.value(), held)
                        ? one.changeOf(entry.key(), held, entry.value()) : null;
                assertThat(change == null ? List.of() : List.of(change))
                        .isEqualTo(other.apply(StateDelta.of(List.of(entry))));
            }
            assertThat(State.of(one)).isEqualTo(State.of(other));
            assertThat(one.digest()).isEqualTo(other.digest());
        }
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

    @Test
    void digestsAreEqualJustWhereStatesAre() {
        Map<Long, State> byRoot = new HashMap<>();
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(state());
            replica.apply(delta());
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
            replica.apply(state());
            long time = replica.newestTime() - random.nextInt(3);
            replica.rootUpTo(time);
            for (int n = 0; n < 5; n++) {
                if (random.nextInt(4) == 0) {
                    replica.compact(time - random.nextInt(3));
                } else {
                    replica.apply(delta());
                }
                SessionReplica rebuilt = new SessionReplica();
                rebuilt.apply(State.of(replica).delta());
                assertThat(replica.rootUpTo(time)).isEqualTo(rebuilt.rootUpTo(time));
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
    void sizesAndBytesAreKeptRight() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            for (int n = 0; n < 8; n++) {
                replica.apply(delta());
            }
            Map<String, VersionedValue> live = replica.snapshot();
            assertThat(replica.size()).isEqualTo(live.size());
            assertThat(replica.liveBytes()).isEqualTo(live.entrySet().stream()
                    .mapToLong(entry -> Tally.costOf(entry.getKey(), entry.getValue().bytes())).sum());
            assertThat(replica.tombstones()).isEqualTo(State.of(replica).entries().size() - live.size());
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
                    each.compact(random.nextInt(30));
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
            one.compact(at);
            assertThat(live(one)).as("nothing changes for a reader").usingRecursiveComparison().isEqualTo(before);
            assertThat(one.tombstonesUpTo(at)).isZero();
            List<KeyedValue> all = new ArrayList<>();
            one.iterator().forEachRemaining(entry -> all.add(new KeyedValue(entry.getKey(), entry.getValue())));
            assertThat(other.apply(new StateDelta(one.clear(), all))).as("nor is it told to listeners").isEmpty();
            assertThat(State.of(other)).isEqualTo(State.of(one));
            Stamp old = stamp(random.nextInt((int) at + 1), 9);
            one.apply(StateDelta.of(List.of(new KeyedValue("k0", VersionedValue.of(old, new byte[] {99})))));
            assertThat(live(one)).as("an older write changes nothing").usingRecursiveComparison().isEqualTo(before);
        }
    }

    private static Map<String, byte[]> live(SessionReplica replica) {
        Map<String, byte[]> live = new java.util.TreeMap<>();
        replica.snapshot().forEach((key, value) -> live.put(key, value.bytes()));
        return live;
    }

    @Test
    void stampsStrictlyRiseWhateverTheClockDoes() {
        for (int i = 0; i < 200; i++) {
            long[] millis = {1_000_000 + random.nextInt(1_000_000)};
            RoomTime time = new RoomTime(() -> millis[0], () -> millis[0] * 1_000_000);
            Stamps clock = new Stamps(time, 10_000);
            long last = 0;
            for (int n = 0; n < 200; n++) {
                switch (random.nextInt(5)) {
                    case 0 -> millis[0] += random.nextInt(2_000_000) - 1_000_000;
                    case 1 -> clock.observe(random.nextLong(Stamp.MAX_TIME));
                    case 2 -> time.forwardTo(time.roomMillis() + random.nextInt(2_000_000) - 1_000_000);
                    default -> millis[0]++;
                }
                long floor = random.nextInt(10) == 0 ? last + random.nextInt(1000) : 0;
                if (clock.isAhead(floor)) {
                    // Written over the future, which is that write's alone: StampsTest.
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
        Stamps clock = new Stamps(new RoomTime(() -> 1_000_000, () -> 0), 10_000);
        clock.observe(Stamp.MAX_TIME);
        assertThat(clock.next(0) >>> Stamp.COUNTER_BITS).isBetween(1_000_000L, 1_010_000L);
        assertThat(clock.next(Stamp.MAX_TIME)).as("but what is overwritten is always older").isGreaterThan(Stamp.MAX_TIME);
    }

    // ---- random states

    private static Stamp stamp(long time, long author) {
        return new Stamp(time, author);
    }

    private StateDelta replace(Stamp stamp, String value) {
        Stamp late = new Stamp(stamp.time() + 1000, stamp.author());
        List<KeyedValue> entries = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(KEYS); k++) {
            entries.add(new KeyedValue("k" + k, VersionedValue.of(late, value.getBytes())));
        }
        return new StateDelta(late, entries);
    }

    /** One write as a writer makes it: one stamp, one value, each key once. */
    private StateDelta delta() {
        Stamp stamp = stamp(1 + random.nextInt(30), 1 + random.nextInt(3));
        List<KeyedValue> entries = new ArrayList<>();
        Set<Integer> keys = new HashSet<>();
        for (int n = random.nextInt(3) + 1; n > 0; n--) {
            int k = random.nextInt(KEYS);
            if (keys.add(k)) {
                entries.add(new KeyedValue("k" + k, value(stamp, k)));
            }
        }
        return new StateDelta(random.nextInt(8) == 0 ? stamp : Stamp.ZERO, entries);
    }

    /** What a stamp wrote to a key is always the same, as with correct writers. */
    private static VersionedValue value(Stamp stamp, int k) {
        long x = stamp.time() * 7 + stamp.author() * 3 + k;
        return x % 3 == 0 ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, ("v" + x).getBytes());
    }

    private StateDelta state() {
        List<StateDelta> deltas = new ArrayList<>();
        for (int n = random.nextInt(10); n >= 0; n--) {
            deltas.add(delta());
        }
        return merged(deltas.toArray(StateDelta[]::new)).delta();
    }

    private static State merged(StateDelta... deltas) {
        SessionReplica replica = new SessionReplica();
        for (StateDelta delta : deltas) {
            replica.apply(delta);
        }
        return State.of(replica);
    }

    private record State(Stamp clear, Map<String, VersionedValue> entries) {
        static State of(SessionReplica replica) {
            Map<String, VersionedValue> entries = new HashMap<>();
            Iterator<Map.Entry<String, VersionedValue>> all = replica.iterator();
            all.forEachRemaining(entry -> entries.put(entry.getKey(), entry.getValue()));
            return new State(replica.clear(), entries);
        }

        StateDelta delta() {
            List<KeyedValue> list = new ArrayList<>();
            entries.forEach((key, value) -> list.add(new KeyedValue(key, value)));
            return new StateDelta(clear, list);
        }
    }
}
