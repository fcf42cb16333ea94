package dev.parlor.internal.session;

import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.race.Race;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * What is read without a lock while others write under the room's. Two keys are only ever written together, so that whoever reads
 * one and then the other finds the second no older than the first, and a snapshot or a count finds both or neither.
 */
public final class ReplicaRaces {
    private static final List<String> KEYS = List.of("k/one", "k/two");

    private final ReentrantLock room = new ReentrantLock();
    /** One at a time. */
    private final ReentrantLock compactions = new ReentrantLock();
    private final SessionReplica replica = new SessionReplica();
    private volatile String wrong;
    private long time;

    private void write(boolean clears, boolean writes) {
        room.lock();
        try {
            Stamp stamp = new Stamp(++time, 1);
            List<StateDelta.KeyedValue> entries = new ArrayList<>();
            for (String key : writes ? KEYS : List.<String>of()) {
                entries.add(new StateDelta.KeyedValue(key, VersionedValue.of(stamp, new byte[1])));
            }
            replica.apply(new StateDelta(clears ? stamp : Stamp.ZERO, entries, List.of()));
        } finally {
            room.unlock();
        }
    }

    @Operation
    public void merge() {
        write(false, true);
    }

    @Operation
    public void replace() {
        write(true, true);
    }

    @Operation
    public void clear() {
        write(true, false);
    }

    @Operation
    public void compact() {
        compactions.lock();
        try {
            Compactions.compact(replica, () -> time, room);
        } finally {
            compactions.unlock();
        }
    }

    private long timeOf(int key) {
        VersionedValue held = replica.liveEntry(KEYS.get(key));
        return held == null ? 0 : held.time();
    }

    /** @param first 0 or 1 */
    private void read(int first) {
        long before = timeOf(first);
        long after = timeOf(1 - first);
        // After a clear it is gone; what is there is no older.
        if (after != 0 && after < before) {
            wrong = "read " + KEYS.get(first) + " of " + before + ", then the other of " + after;
        }
    }

    @Operation
    public void readOneFirst() {
        read(0);
    }

    @Operation
    public void readTwoFirst() {
        read(1);
    }

    @Operation
    public void count() {
        int size = replica.size();
        if (size != 0 && size != KEYS.size()) {
            wrong = "counted " + size;
        }
    }

    @Operation
    public void snapshot() {
        Set<Long> times = new HashSet<>();
        Map<String, VersionedValue> all = replica.snapshot();
        all.values().forEach(each -> times.add(each.time()));
        if (!all.isEmpty() && all.size() != KEYS.size() || times.size() > 1) {
            wrong = "of one moment were " + all;
        }
    }

    /** The family of both keys, whose index is made by who asks first. */
    @Operation
    public void family() {
        PrefixIndex.Copy<VersionedValue> copy = replica.indexes().of("k/").copy();
        Set<Long> times = new HashSet<>();
        copy.values().forEach(each -> times.add(each.time()));
        if (!copy.values().isEmpty() && copy.values().size() != KEYS.size() || times.size() > 1) {
            wrong = "of one moment were in the family " + copy.values();
        }
    }

    /** Of no one moment, but each key once, and nothing that was never there. */
    @Operation
    public void iterate() {
        List<String> met = new ArrayList<>();
        for (Iterator<Map.Entry<String, VersionedValue>> all = replica.iterator(); all.hasNext();) {
            Map.Entry<String, VersionedValue> entry = all.next();
            if (met.contains(entry.getKey()) || entry.getValue() == null) {
                wrong = "met twice, or nothing: " + entry;
            }
            met.add(entry.getKey());
        }
    }

    @Validate
    public void validate() {
        if (wrong != null) {
            throw new IllegalStateException(wrong);
        }
    }

    @Test
    void batchesAreSeenWhole() {
        Race.of(ReplicaRaces.class)
                .scenario("merge", "merge", "readOneFirst, count")
                .scenario("merge", "replace", "snapshot, readTwoFirst")
                .scenario("merge, clear", "compact, merge", "count, iterate")
                .scenario("merge, clear", "replace", "family, family")
                .scenario("merge", "family", "family")
                .findsAllValid();
    }
}
