package dev.parlor.internal.session;

import java.util.Map;

/**
 * A number that is equal where all entries not newer than a time are. Once counted it is kept as entries change, since a
 * compaction asks for it again just before its own pass over everything. Guarded by the room's lock.
 */
final class OldRoot {
    private long time = -1;
    private long sum;

    /** Counts it, which takes a pass over everything unless this was the time asked for last. */
    long upTo(long wanted, Map<String, VersionedValue> entries) {
        if (wanted != time) {
            time = wanted;
            sum = 0;
            entries.forEach((key, held) -> {
                if (held.time() <= wanted) {
                    sum += Digest.hashOf(key, held);
                }
            });
        }
        return sum;
    }

    void removed(VersionedValue old, long hash) {
        if (old.time() <= time) {
            sum -= hash;
        }
    }

    void added(VersionedValue now, long hash) {
        if (now.time() <= time) {
            sum += hash;
        }
    }
}
