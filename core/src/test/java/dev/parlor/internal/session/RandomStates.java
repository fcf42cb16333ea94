package dev.parlor.internal.session;

import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Writes and states by chance, of few keys, stamps and authors, so that they meet often. */
final class RandomStates {
    static final int KEYS = 6;

    private final Random random;

    RandomStates(Random random) {
        this.random = random;
    }

    /** All that a replica holds. */
    record State(Stamp clear, Map<String, VersionedValue> entries) {
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

    static Stamp stamp(long time, long author) {
        return new Stamp(time, author);
    }

    StateDelta replace(Stamp stamp, String value) {
        Stamp late = new Stamp(stamp.time() + 1000, stamp.author());
        List<KeyedValue> entries = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(KEYS); k++) {
            entries.add(new KeyedValue("k" + k, VersionedValue.of(late, value.getBytes())));
        }
        return new StateDelta(late, entries);
    }

    /** One write as a writer makes it: one stamp, one value, each key once. */
    StateDelta delta() {
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
    static VersionedValue value(Stamp stamp, int k) {
        long x = stamp.time() * 7 + stamp.author() * 3 + k;
        return x % 3 == 0 ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, ("v" + x).getBytes());
    }

    StateDelta state() {
        List<StateDelta> deltas = new ArrayList<>();
        for (int n = random.nextInt(10); n >= 0; n--) {
            deltas.add(delta());
        }
        return merged(deltas.toArray(StateDelta[]::new)).delta();
    }

    static State merged(StateDelta... deltas) {
        SessionReplica replica = new SessionReplica();
        for (StateDelta delta : deltas) {
            replica.apply(delta);
        }
        return State.of(replica);
    }
}
