package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.moment.Moment;
import dev.parlor.internal.session.RandomStates.State;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A clear that kills most takes no entry out by itself, and counts anew what it leaves. So whatever it meets (writes that are newer, entries of limited
 * life that readers see or not, removed keys, what is being read or compared), all that is counted and told is as if it had.
 */
class ClearTest {
    private static final int CASES = 300;
    private static final int STEPS = 60;
    private static final int KEYS = 12;
    private static final Set<Long> AUTHORS = Set.of(1L, 2L, 3L);

    private final Random random = SeededRandom.of(this);
    private final AtomicLong now = new AtomicLong();
    private final SessionReplica replica = new SessionReplica(now::get, 1000);

    private VersionedValue value(Stamp stamp) {
        byte[] plain = {9, (byte) random.nextInt(3)};
        return switch (random.nextInt(5)) {
            case 0 -> VersionedValue.tombstone(stamp);
            case 1 -> VersionedValue.of(stamp, Lifespan.whilePresent(plain));
            case 2 -> {
                byte[] ending = Lifespan.lasting(plain, 1 + random.nextInt(20));
                Lifespan.begin(ending, now.get());
                yield VersionedValue.of(stamp, ending);
            }
            default -> VersionedValue.of(stamp, plain);
        };
    }

    /** A clear, often with writes of its own or of others that are older or newer than it. */
    private StateDelta clear(SessionReplica of, long time) {
        Stamp stamp = new Stamp(1 + of.clear().time() + random.nextLong(1 + time - of.clear().time()), 1 + random.nextInt(3));
        Map<String, VersionedValue> entries = new HashMap<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            Stamp written = random.nextBoolean() ? stamp : new Stamp(1 + random.nextLong(time + 5), 1 + random.nextInt(3));
            entries.put("k" + random.nextInt(KEYS), value(written));
        }
        List<KeyedValue> list = new ArrayList<>();
        entries.forEach((key, held) -> list.add(new KeyedValue(key, held)));
        return new StateDelta(random.nextInt(6) == 0 ? new Stamp(stamp.time(), Stamp.LO) : stamp, list);
    }

    @Test
    void allThatIsCountedAndToldIsAsIfEachEntryHadBeenTakenOut() {
        for (int round = 0; round < CASES; round++) {
            now.set(0);
            SessionReplica one = new SessionReplica(now::get, 1000);
            PrefixIndex<VersionedValue> index = one.indexes().of("k");
            Set<Long> present = new HashSet<>();
            for (int step = 1; step < STEPS; step++) {
                if (random.nextInt(4) == 0) {
                    now.addAndGet(random.nextInt(10));
                    one.live(lives -> lives.expire());
                }
                long author = 1 + random.nextInt(3);
                if (random.nextInt(5) == 0) {
                    boolean comes = present.add(author) || !present.remove(author);
                    one.live(lives -> lives.present(author, comes));
                }
                Map<String, VersionedValue> before = one.snapshot();
                StateDelta delta = random.nextInt(4) == 0 ? clear(one, step)
                        : StateDelta.of(List.of(new KeyedValue("k" + random.nextInt(KEYS), value(new Stamp(step, author)))));
                Iterator<Map.Entry<String, VersionedValue>> begun = one.iterator();
                List<SessionChange> changes = SessionChange.listOf(one.apply(delta));
                checkWhatIsMetOnTheWay(one, begun, before);
                check(one, index, before, changes, present);
            }
        }
    }

    /** Nobody meets what readers saw neither before nor after. */
    private static void checkWhatIsMetOnTheWay(SessionReplica one, Iterator<Map.Entry<String, VersionedValue>> begun,
            Map<String, VersionedValue> before) {
        Map<String, VersionedValue> after = one.snapshot();
        List<String> met = new ArrayList<>();
        begun.forEachRemaining(entry -> {
            if (one.isSeen(entry.getKey(), entry.getValue())) {
                met.add(entry.getKey());
            }
        });
        assertThat(met.stream().filter(key -> !before.containsKey(key) && !after.containsKey(key)).count()).isZero();
        // What is killed and written again by one replace may be met as both.
        assertThat(met.stream().filter(key -> before.containsKey(key) && before.get(key) == after.get(key)).toList())
                .containsExactlyInAnyOrderElementsOf(before.keySet().stream().filter(key -> before.get(key) == after.get(key)).toList());
    }

    private void check(SessionReplica one, PrefixIndex<VersionedValue> index, Map<String, VersionedValue> before,
            List<SessionChange> changes, Set<Long> present) {
        State held = State.of(one);
        Map<String, VersionedValue> after = one.snapshot();
        Map<String, VersionedValue> told = new HashMap<>(before);
        for (SessionChange change : changes) {
            assertThat(change.before()).isEqualTo(told.get(change.key()));
            assertThat(VersionedValue.sameForReaders(change.before(), change.after())).isFalse();
            if (change.after() == null) {
                told.remove(change.key());
            } else {
                told.put(change.key(), change.after());
            }
        }
        assertThat(changes).extracting(SessionChange::key).doesNotHaveDuplicates();
        assertThat(told.keySet()).isEqualTo(after.keySet());
        told.forEach((key, value) -> assertThat(VersionedValue.sameForReaders(value, after.get(key))).isTrue());
        assertThat(index.members().keySet()).isEqualTo(after.keySet());

        SessionReplica other = new SessionReplica(now::get, 1000);
        present.forEach(author -> other.live(lives -> lives.present(author, true)));
        other.applyUnheard(held.delta());
        assertThat(State.of(other)).isEqualTo(held);
        assertThat(one.digest()).isEqualTo(other.digest());
        assertThat(one.root()).isEqualTo(other.root());
        assertThat(one.liveBytes()).isEqualTo(other.liveBytes());
        assertThat(one.tombstones()).isEqualTo(other.tombstones());
        assertThat(one.tombstoneBytes()).isEqualTo(other.tombstoneBytes());
        assertThat(one.times().newest()).isEqualTo(Math.max(held.clear().time(),
                held.entries().values().stream().mapToLong(VersionedValue::time).max().orElse(0)));
        long all = one.times().countedUpTo(Long.MAX_VALUE >> 1);
        assertThat(one.times().rootUpTo(all)).isEqualTo(other.times().rootUpTo(all));
        one.live(lives -> lives.expire());
        assertThat(one.snapshot().keySet()).isEqualTo(other.snapshot().keySet());
        assertThat(one.lives().hidden()).isEqualTo(other.lives().hidden());
        assertThat(Set.copyOf(one.lives().keys())).isEqualTo(Set.copyOf(other.lives().keys()));
    }

    @Test
    void whatIsReadAsOfAMomentBeforeAClearIsReadAllTheSame() {
        write("a", 1);
        write("b", 2);
        boolean[] all = new boolean[Digest.BUCKETS];
        Arrays.fill(all, true);
        Moment<VersionedValue> moment = replica.past().remember(all);
        Iterator<Map.Entry<String, VersionedValue>> reading = replica.iterator();
        Map.Entry<String, VersionedValue> first = reading.next();
        replica.apply(new StateDelta(new Stamp(3, 1), List.of(new KeyedValue("c", VersionedValue.of(new Stamp(3, 1), new byte[] {1})))));
        List<String> read = new ArrayList<>(List.of(first.getKey()));
        assertThat(moment.then(first.getKey(), first.getValue())).isSameAs(first.getValue());
        reading.forEachRemaining(entry -> {
            if (moment.then(entry.getKey(), entry.getValue()) != null) {
                read.add(entry.getKey());
            }
        });
        moment.forEach((key, held) -> {
            if (held != null) {
                read.add(key);
            }
        });
        assertThat(read).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void partsThatAreComparedRememberAllThatAClearKills() {
        write("a", 1);
        write("b", 2);
        Parting parting = replica.meets(10, AUTHORS);
        replica.apply(new StateDelta(new Stamp(20, 9), List.of()));
        assertThat(parting.before().keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(replica.times().newest()).isEqualTo(20);
    }

    private void write(String key, long time) {
        replica.apply(StateDelta.of(List.of(new KeyedValue(key, VersionedValue.of(new Stamp(time, 1), new byte[] {1})))));
    }
}
