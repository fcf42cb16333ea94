package dev.parlor.internal.machine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int ALL = Integer.MAX_VALUE;
    private final SessionReplica replica = new SessionReplica();
    private final Outbox outbox = new Outbox(replica, new Budget(Budget.defaultBytes(), 0), new Pressure());
    private long time;

    @Test
    void aKeyWrittenOftenIsSentOnceWithItsLastValue() {
        for (int i = 0; i < 1000; i++) {
            put("k");
        }
        assertThat(outbox.takeSingles().values()).extracting(VersionedValue::time).containsExactly(1000L);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whatWasWrittenAsOneIsNeverSplit() {
        put("before");
        put("a");
        together("a", "b", "c");
        put("b");
        List<Set<String>> frames = drain(1);
        assertThat(frames).containsExactly(Set.of("before"), Set.of("a", "b", "c"));
    }

    @Test
    void batchesThatShareAKeyBecomeOne() {
        together("a", "b");
        together("c", "d");
        together("b", "c");
        assertThat(drain(1)).containsExactly(Set.of("a", "b", "c", "d"));
    }

    @Test
    void aClearGoesWithWhatReplacedIt() {
        put("x");
        clear("a", "b");
        put("b");
        StateDelta sent = outbox.takeUnits(outbox.mark(), 1);
        assertThat(sent.clear()).isEqualTo(replica.clear());
        assertThat(keys(sent)).contains("a", "b");
        assertThat(drain(1)).allSatisfy(keys -> assertThat(keys).isEmpty());
    }

    @Test
    void whatIsWrittenAfterTheMarkWaits() {
        put("a");
        together("b", "c");
        long mark = outbox.mark();
        Map<String, VersionedValue> taken = outbox.takeSingles();
        put("a");
        put("b");
        together("d", "e");
        assertThat(taken.values()).extracting(VersionedValue::time).containsExactly(1L);
        assertThat(keys(outbox.takeUnits(mark, ALL))).containsExactlyInAnyOrder("b", "c");
        assertThat(outbox.takeUnits(mark, ALL)).isNull();
        assertThat(drain(ALL)).containsExactly(Set.of("a"), Set.of("d", "e"));
    }

    @Test
    void aProgramThatReplacesAllAgainAndAgainKeepsNothingElseFromBeingSent() {
        together("a", "b");
        clear("x", "y");
        together("c", "d");
        long mark = outbox.mark();
        List<String> sent = new ArrayList<>();
        int taken = 0;
        for (StateDelta next; taken < 100 && outbox.hasUnits(mark) && (next = outbox.takeUnits(mark, 1)) != null; taken++) {
            sent.addAll(keys(next));
            clear("x", "y");
        }
        assertThat(taken).isLessThan(10);
        assertThat(sent).contains("x", "y");
        assertThat(outbox.hasUnits(outbox.mark())).as("the last clear is still to be sent").isTrue();
    }

    @Test
    void whateverIsWrittenAllBeforeTheMarkIsSentAndBatchesAreWhole() {
        Random random = SeededRandom.of(this);
        for (int round = 0; round < 2000; round++) {
            SessionReplica replica = new SessionReplica();
            Outbox outbox = new Outbox(replica, new Budget(Budget.defaultBytes(), 0), new Pressure());
            Set<String> written = new HashSet<>();
            long t = 0;
            for (int n = random.nextInt(20); n > 0; n--) {
                List<String> keys = new ArrayList<>();
                for (int k = 1 + random.nextInt(3); k > 0; k--) {
                    keys.add("k" + random.nextInt(8));
                }
                boolean clears = random.nextInt(6) == 0;
                write(replica, ++t, clears, keys);
                if (clears) {
                    written.clear();
                    outbox.clear(new HashSet<>(keys));
                } else if (keys.size() == 1) {
                    outbox.put(keys.get(0), replica.entry(keys.get(0)));
                } else {
                    outbox.putTogether(keys);
                }
                written.addAll(keys);
            }
            long mark = outbox.mark();
            SessionReplica other = new SessionReplica();
            outbox.takeSingles().forEach((key, value) -> other.apply(key, value, other.held(key)));
            for (StateDelta sent; (sent = outbox.takeUnits(mark, 60)) != null;) {
                other.apply(sent);
            }
            assertThat(outbox.isEmpty()).isTrue();
            assertThat(other.digest()).isEqualTo(replica.digest());
            assertThat(other.snapshot().keySet()).isEqualTo(written);
        }
    }

    private List<Set<String>> drain(int maxBytes) {
        List<Set<String>> frames = new ArrayList<>();
        long mark = outbox.mark();
        outbox.takeSingles().keySet().forEach(key -> frames.add(Set.of(key)));
        for (StateDelta sent; (sent = outbox.takeUnits(mark, maxBytes)) != null;) {
            frames.add(Set.copyOf(keys(sent)));
        }
        return frames;
    }

    private static List<String> keys(StateDelta delta) {
        return delta.entries().stream().map(KeyedValue::key).toList();
    }

    private void put(String key) {
        write(replica, ++time, false, List.of(key));
        outbox.put(key, replica.entry(key));
    }

    private void together(String... keys) {
        write(replica, ++time, false, List.of(keys));
        outbox.putTogether(List.of(keys));
    }

    private void clear(String... keys) {
        write(replica, ++time, true, List.of(keys));
        outbox.clear(List.of(keys));
    }

    private static void write(SessionReplica replica, long time, boolean clears, List<String> keys) {
        Stamp stamp = new Stamp(time, 1);
        replica.apply(new StateDelta(clears ? stamp : Stamp.ZERO,
                keys.stream().map(key -> new KeyedValue(key, VersionedValue.of(stamp, new byte[20]))).toList()));
    }
}
