package dev.parlor.internal.session;

import java.util.Arrays;
import java.util.Map;

/**
 * What a replica holds by the age of its stamps, in slices of time: of each how many removed keys it has, and the sum of its entries'
 * hashes. So what a compaction asks of all that is old is the sum over some hundred slices, and no pass over all entries. Guarded by the
 * room's lock.
 *
 * <p>Exact for times that end a slice ({@link #endUpTo}). Slices are as wide as a sixty-fourth of the retention at most, so that
 * this is about what a compaction asks for; other times, as a participant with another retention may ask for, take a pass.
 */
final class Ages {
    /** By so much of the retention more a removed key may be remembered. */
    private static final int SLICES_A_RETENTION = 64;
    /** Slices kept, 80 KiB; when there are more, the older half becomes one. A compaction asks for what is 64 slices old. */
    static final int MAX = 4_096;
    private static final int FIRST = 16;

    private final int bits;
    private long[] slices = new long[FIRST];
    private long[] sums = new long[FIRST];
    private int[] tombstones = new int[FIRST];
    private int count;
    /** Where the last one was: most often the next one's too. */
    private int last;
    /** What is in this slice or an older one is in the first one. */
    private long united = Long.MIN_VALUE;
    private long newest;

    /** @param retentionMillis how old what a compaction asks for is */
    Ages(long retentionMillis) {
        long width = Math.max(1, retentionMillis / SLICES_A_RETENTION);
        bits = Stamp.COUNTER_BITS + Long.SIZE - 1 - Long.numberOfLeadingZeros(width);
    }

    void added(VersionedValue now, long hash) {
        newest = Math.max(newest, now.time());
        int at = slice(now.time());
        sums[at] += hash;
        tombstones[at] += now.isTombstone() ? 1 : 0;
    }

    void removed(VersionedValue old, long hash) {
        int at = slice(old.time());
        sums[at] -= hash;
        tombstones[at] -= old.isTombstone() ? 1 : 0;
    }

    /** All are gone. */
    void cleared() {
        count = 0;
        last = 0;
        united = Long.MIN_VALUE;
    }

    /**
     * The newest time of all that was ever held: which is held still, or something newer is known, since a newer write or clear is all
     * that takes an entry away.
     */
    long newest() {
        return newest;
    }

    /** The last time not after another that ends a slice, or -1. */
    long endUpTo(long time) {
        return (time + 1 >> bits << bits) - 1;
    }

    /** A number that is equal where all entries not newer than a time are. */
    long rootUpTo(long time, Map<String, VersionedValue> entries) {
        int slicesUpTo = slicesUpTo(time);
        long sum = 0;
        for (int i = 0; i < slicesUpTo; i++) {
            sum += sums[i];
        }
        return slicesUpTo >= 0 ? sum : countedRootUpTo(time, entries);
    }

    private static long countedRootUpTo(long time, Map<String, VersionedValue> entries) {
        long sum = 0;
        for (Map.Entry<String, VersionedValue> each : entries.entrySet()) {
            if (each.getValue().time() <= time) {
                sum += Digest.hashOf(each.getKey(), each.getValue());
            }
        }
        return sum;
    }

    /** How many removed keys are not newer than a time. */
    int tombstonesUpTo(long time, Map<String, VersionedValue> entries) {
        int slicesUpTo = slicesUpTo(time);
        int sum = 0;
        for (int i = 0; i < slicesUpTo; i++) {
            sum += tombstones[i];
        }
        return slicesUpTo >= 0 ? sum : countedTombstonesUpTo(time, entries);
    }

    private static int countedTombstonesUpTo(long time, Map<String, VersionedValue> entries) {
        int sum = 0;
        for (VersionedValue held : entries.values()) {
            sum += held.isTombstone() && held.time() <= time ? 1 : 0;
        }
        return sum;
    }

    /** How many slices, from the first on, are not newer than a time; -1 if that does not end one, or one that was united with a newer. */
    private int slicesUpTo(long time) {
        long wanted = time >> bits;
        if (endUpTo(time) != time || wanted < united) {
            return -1;
        }
        int found = Arrays.binarySearch(slices, 0, count, wanted);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private int slice(long time) {
        long wanted = Math.max(united, time >> bits);
        if (last < count && slices[last] == wanted) {
            return last;
        }
        int found = Arrays.binarySearch(slices, 0, count, wanted);
        last = found >= 0 ? found : insert(-found - 1, wanted);
        return last;
    }

    private int insert(int at, long slice) {
        if (count == MAX) {
            unite();
            return slice(slice << bits);
        }
        if (count == slices.length) {
            slices = Arrays.copyOf(slices, 2 * count);
            sums = Arrays.copyOf(sums, 2 * count);
            tombstones = Arrays.copyOf(tombstones, 2 * count);
        }
        System.arraycopy(slices, at, slices, at + 1, count - at);
        System.arraycopy(sums, at, sums, at + 1, count - at);
        System.arraycopy(tombstones, at, tombstones, at + 1, count - at);
        slices[at] = slice;
        sums[at] = 0;
        tombstones[at] = 0;
        count++;
        return at;
    }

    private void unite() {
        int half = count / 2;
        for (int i = 0; i < half; i++) {
            sums[half] += sums[i];
            tombstones[half] += tombstones[i];
        }
        united = slices[half];
        count -= half;
        System.arraycopy(slices, half, slices, 0, count);
        System.arraycopy(sums, half, sums, 0, count);
        System.arraycopy(tombstones, half, tombstones, 0, count);
    }
}
