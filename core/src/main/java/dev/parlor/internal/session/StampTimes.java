package dev.parlor.internal.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The times of what a replica holds: what a write must be after, and what a compaction forgets. For who holds the room's lock. */
public final class StampTimes {
    private final Supplier<Map<String, VersionedValue>> entries;
    private final Ages ages;
    private final SessionReplica replica;

    StampTimes(Supplier<Map<String, VersionedValue>> entries, Ages ages, SessionReplica replica) {
        this.entries = entries;
        this.ages = ages;
        this.replica = replica;
    }

    /** The newest time among some keys and the horizon: what a write of those keys must be after. */
    public long newest(Iterable<String> keys) {
        return newestBefore(Long.MAX_VALUE, keys);
    }

    /** The newest time of what a key holds, or null, and the horizon: what a write of that key must be after. */
    public long newest(@Nullable VersionedValue held) {
        long horizon = replica.horizon().time();
        return held == null ? horizon : Math.max(horizon, held.time());
    }

    /** The newest time of all: what a replace or clear must be after, so that it kills all that is known here. */
    public long newest() {
        return Math.max(replica.horizon().time(), ages.newest());
    }

    /** The newest time before another: of entries, and of the horizon whatever it is. */
    public long newestBefore(long time) {
        long newest = replica.horizon().time();
        for (VersionedValue held : entries.get().values()) {
            if (held.time() < time) {
                newest = Math.max(newest, held.time());
            }
        }
        return newest;
    }

    /** The same of some keys. */
    public long newestBefore(long time, Iterable<String> keys) {
        long newest = replica.horizon().time();
        for (String key : keys) {
            VersionedValue held = entries.get().get(key);
            if (held != null && held.time() < time) {
                newest = Math.max(newest, held.time());
            }
        }
        return newest;
    }

    /** The keys whose entries are not older than a time. */
    public List<String> keysFrom(long time) {
        List<String> found = new ArrayList<>();
        entries.get().forEach((key, held) -> {
            if (held.time() >= time) {
                found.add(key);
            }
        });
        return found;
    }

    /**
     * The entries that are older than a stamp, or those that are not: whichever are fewer.
     *
     * @param areOlder which
     */
    record Fewer(boolean areOlder, Map<String, VersionedValue> entries) {}

    /** The fewer of both. Without a look at any if all are older. */
    Fewer fewer(Stamp stamp) {
        if (newest() < stamp.time()) {
            return new Fewer(false, Map.of());
        }
        List<String> older = new ArrayList<>();
        List<String> others = new ArrayList<>();
        entries.get().forEach((key, held) -> (held.isOlderThan(stamp) ? older : others).add(key));
        Map<String, VersionedValue> fewer = new HashMap<>();
        boolean areOlder = older.size() <= others.size();
        for (String key : areOlder ? older : others) {
            VersionedValue held = entries.get().get(key);
            if (held != null) {
                fewer.put(key, held);
            }
        }
        return new Fewer(areOlder, fewer);
    }

    /** How many tombstones are not newer than a time. */
    public int tombstonesUpTo(long time) {
        return ages.tombstonesUpTo(time, entries.get());
    }

    /** A number that is equal where the clear stamp and all entries not newer than a time are. */
    public long rootUpTo(long time) {
        Stamp clear = replica.clear();
        return clear.time() * 31 + clear.author() + ages.rootUpTo(time, entries.get());
    }

    /**
     * The last time not after another for which {@link #tombstonesUpTo} and {@link #rootUpTo} need no pass over all entries, or a negative
     * number.
     */
    public long countedUpTo(long time) {
        return ages.endUpTo(time);
    }
}
