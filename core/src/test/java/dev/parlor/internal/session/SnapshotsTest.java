package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.index.Member;
import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is written while a copy is made, it is what was held when it was asked for. */
class SnapshotsTest {
    private static final int KEYS = 2_000;
    private static final int LIVING = 500;
    private static final int WRITES = 400;
    private final Random random = SeededRandom.of(getClass());

    /** A map in which something is written now and then while somebody goes over it. */
    private final class Busy extends AbstractMap<String, VersionedValue> {
        private ConcurrentHashMap<String, VersionedValue> held = new ConcurrentHashMap<>();
        private final StampedLock lock = new StampedLock();
        private final Snapshots snapshots = new Snapshots(() -> this, lock, this::isSeen);
        private final Set<String> hidden = new HashSet<>();
        private long time;

        void write() {
            long locked = lock.writeLock();
            try {
                String key = "k" + random.nextInt(20);
                VersionedValue old = held.get(key);
                switch (random.nextInt(6)) {
                    case 0 -> becomes(key, VersionedValue.tombstone(new Stamp(++time, 1)));
                    case 1 -> becomes(key, null);
                    case 2 -> becomes(key, old == null ? null : old.compactedAt(++time));
                    case 3 -> {
                        if (isLimited(key)) {
                            boolean was = !hidden.remove(key) && hidden.add(key);
                            snapshots.shown(key, was && old != null && !old.isTombstone() ? old : null);
                        }
                    }
                    default -> becomes(key, VersionedValue.of(new Stamp(++time, 1), new byte[] {1}));
                }
                if (random.nextInt(30) == 0) {
                    held.forEach((each, value) -> {
                        if (isLimited(each)) {
                            snapshots.changed(each, value, null);
                        }
                    });
                    hidden.clear();
                    held = new ConcurrentHashMap<>();
                    snapshots.wiped();
                }
            } finally {
                lock.unlockWrite(locked);
            }
        }

        /** In the order in which a replica does it: the map, those who copy, and then who sees what is new. */
        private void becomes(String key, @Nullable VersionedValue now) {
            VersionedValue old = now == null ? held.remove(key) : held.put(key, now);
            snapshots.changed(key, old, now);
            if (old == null || now == null || old.bytes() != now.bytes()) {
                hidden.remove(key);
            }
        }

        private boolean isSeen(String key, VersionedValue value) {
            return !value.isTombstone() && !(isLimited(key) && hidden.contains(key));
        }

        private static boolean isLimited(String key) {
            return Integer.parseInt(key.substring(1)) % 2 == 0;
        }

        Map<String, byte[]> seen() {
            Map<String, byte[]> seen = new HashMap<>();
            held.forEach((key, value) -> {
                if (isSeen(key, value)) {
                    seen.put(key, value.bytes());
                }
            });
            return seen;
        }

        @Override
        public Set<Entry<String, VersionedValue>> entrySet() {
            return held.entrySet();
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super VersionedValue> each) {
            held.forEach((key, value) -> {
                if (random.nextBoolean()) {
                    write();
                }
                each.accept(key, value);
            });
            write();
        }
    }

    @Test
    void whatIsWrittenWhileACopyIsMadeIsNotInIt() {
        Busy map = new Busy();
        for (int i = 0; i < 5_000; i++) {
            map.write();
            Map<String, byte[]> then = map.seen();
            Map<String, byte[]> copy = new HashMap<>();
            map.snapshots.take(20).forEach((key, value) -> copy.put(key, value.bytes()));
            assertThat(copy).isEqualTo(then);
        }
    }

    /** A write of all keys: it removes some and gives the others its own number; some live while their author is present. */
    private static StateDelta delta(int number) {
        boolean clears = number % 7 == 0;
        List<KeyedValue> entries = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            Stamp stamp = new Stamp((long) number << Stamp.COUNTER_BITS, 1);
            if (!removes(number, i)) {
                entries.add(new KeyedValue("k" + i, VersionedValue.of(stamp, bytes(number))));
            } else if (!clears) {
                entries.add(new KeyedValue("k" + i, VersionedValue.tombstone(stamp)));
            }
        }
        for (int i = 0; i < LIVING; i++) {
            entries.add(new KeyedValue("p" + i, VersionedValue.of(new Stamp((long) number << Stamp.COUNTER_BITS, 1),
                    Lifespan.whilePresent(bytes(number)))));
        }
        return new StateDelta(clears ? new Stamp(((long) number << Stamp.COUNTER_BITS) - 1, 1) : Stamp.ZERO, entries);
    }

    private static boolean removes(int number, int key) {
        return (key * 31 + number) % 3 == 0;
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertIsOneMoment(Map<String, byte[]> copy) {
        assertThat(copy).isNotEmpty();
        byte[] first = copy.values().iterator().next();
        assertThat(copy.values()).allMatch(each -> Arrays.equals(each, first));
        int number = Integer.parseInt(new String(first, StandardCharsets.US_ASCII));
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            if (!removes(number, i)) {
                keys.add("k" + i);
            }
        }
        assertThat(copy.keySet()).isEqualTo(keys);
    }

    @Test
    void aCopyIsOfOneMomentWhileAnotherThreadWrites() throws Exception {
        SessionReplica replica = new SessionReplica();
        List<StateDelta> deltas = IntStream.rangeClosed(1, WRITES).mapToObj(SnapshotsTest::delta).toList();
        replica.apply(deltas.get(0));
        PrefixIndex<VersionedValue> index = Objects.requireNonNull(replica.indexes().of("k"));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                for (int number = 2; number <= WRITES; number++) {
                    replica.apply(deltas.get(number - 1));
                    boolean present = number % 2 == 0;
                    replica.live(lives -> lives.present(1, present));
                    if (number % 11 == 0) {
                        Compactions.compact(replica, (long) number << Stamp.COUNTER_BITS);
                    }
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        writer.start();
        try {
            do {
                Map<String, byte[]> all = new HashMap<>();
                replica.snapshot().forEach((key, value) -> all.put(key, value.payload()));
                int living = (int) all.keySet().stream().filter(key -> key.startsWith("p")).count();
                assertThat(living).as("of an author who is present, or is not").isIn(0, LIVING);
                if (living > 0) {
                    assertThat(all.get("p0")).isEqualTo(all.get("k0") == null ? all.get("k1") : all.get("k0"));
                }
                all.keySet().removeIf(key -> key.startsWith("p"));
                assertIsOneMoment(all);
                PrefixIndex.Copy<VersionedValue> copy = index.copy();
                List<String> keys = copy.members().stream().map(Member::key).toList();
                assertThat(keys).isSorted();
                Map<String, byte[]> indexed = new HashMap<>();
                for (int j = 0; j < keys.size(); j++) {
                    indexed.put(keys.get(j), copy.values().get(j).bytes());
                }
                assertIsOneMoment(indexed);
            } while (writer.isAlive());
        } finally {
            writer.join();
        }
        assertThat(failure.get()).isNull();
    }
}
