package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.index.Member;
import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.session.RandomStates.State;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two replicas that write, merge, clear and compact by chance: each index is at all times what a look at all keys finds. */
class IndexedReplicaTest {
    private static final int CASES = 400;
    private static final int STEPS = 120;
    private static final List<String> PREFIXES = List.of("a/", "a/b/", "a/b", "b", "c/", "a/b/c/");

    private final Random random = SeededRandom.of(this);
    private long time;

    private String key() {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            key.append(List.of("a", "b", "c", "/", "a/", "b/").get(random.nextInt(6)));
        }
        return key.toString();
    }

    private VersionedValue value(Stamp stamp) {
        return random.nextInt(4) == 0 ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, new byte[] {(byte) random.nextInt(3)});
    }

    /** Most often later than all before. */
    private Stamp stamp(int replica) {
        return new Stamp(random.nextInt(4) == 0 ? 1 + random.nextInt((int) time + 1) : ++time, replica + 1);
    }

    private StateDelta write(int replica) {
        Stamp stamp = stamp(replica);
        List<KeyedValue> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String key = key();
            if (keys.add(key)) {
                entries.add(new KeyedValue(key, value(stamp)));
            }
        }
        return new StateDelta(random.nextInt(8) == 0 ? stamp : Stamp.ZERO, entries);
    }

    @Test
    void anIndexIsAtAllTimesWhatALookAtAllKeysFinds() {
        for (int round = 0; round < CASES; round++) {
            time = 1;
            List<SessionReplica> replicas = List.of(new SessionReplica(), new SessionReplica());
            List<Map<String, PrefixIndex<VersionedValue>>> asked = List.of(new HashMap<>(), new HashMap<>());
            for (int step = 0; step < STEPS; step++) {
                int at = random.nextInt(2);
                SessionReplica replica = replicas.get(at);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
                        PrefixIndex<VersionedValue> index = replica.indexes().of(prefix);
                        assertThat(asked.get(at).computeIfAbsent(prefix, any -> index)).isSameAs(index);
                    }
                    case 1 -> Compactions.compact(replica, random.nextInt((int) time + 1));
                    case 2 -> replica.apply(State.of(replicas.get(1 - at)).delta());
                    case 3 -> replica.applyUnheard(write(at));
                    case 4 -> replica.apply(write(at));
                    default -> {
                        String key = key();
                        replica.apply(key, value(stamp(at)), replica.held(key));
                    }
                }
                asked.get(at).forEach((prefix, index) -> check(replica, prefix, index));
            }
        }
    }

    private static void check(SessionReplica replica, String prefix, PrefixIndex<VersionedValue> index) {
        TreeMap<String, VersionedValue> expected = new TreeMap<>(replica.snapshot());
        expected.keySet().removeIf(key -> !key.startsWith(prefix) || key.equals(prefix));
        PrefixIndex.Copy<VersionedValue> copy = index.copy();
        assertThat(copy.members().stream().map(Member::key).toList()).as(prefix).containsExactlyElementsOf(expected.keySet());
        assertThat(copy.version()).isEqualTo(index.version());
        int i = 0;
        for (Map.Entry<String, VersionedValue> entry : expected.entrySet()) {
            assertThat(copy.values().get(i)).isSameAs(entry.getValue());
            assertThat(copy.members().get(i).rest(prefix.length())).isEqualTo(entry.getKey().substring(prefix.length()));
            assertThat(index.get(index.members(), entry.getKey())).isSameAs(entry.getValue());
            i++;
        }
        assertThat(index.members().keySet()).containsExactlyElementsOf(expected.keySet());
    }
}
