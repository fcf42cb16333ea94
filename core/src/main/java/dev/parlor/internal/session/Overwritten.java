package dev.parlor.internal.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The versions that were replaced here last, by their hashes: what another replica still holds and is among them was
 * known here, so the other has not changed it. A version has the same hash whatever compactions have made of its stamp.
 * Bounded: the oldest are forgotten. Guarded by the room's lock.
 */
final class Overwritten {
    /** Versions remembered: 512 KiB at most, and only in rooms that replace so many. */
    static final int MAX = 65_536;
    private static final int FIRST = 256;

    private long[] hashes = new long[FIRST];
    private int next;
    private boolean full;
    /** Keys that a clear has killed, by their hashes, while somebody is missing who may not know of it. */
    private final Set<Long> killed = new HashSet<>();

    void add(long hash) {
        if (next == hashes.length) {
            if (hashes.length < MAX) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            } else {
                full = true;
                next = 0;
            }
        }
        hashes[next++] = hash;
    }

    /** A copy of the newest, sorted. */
    long[] newest(int most) {
        int count = Math.min(most, full ? hashes.length : next);
        long[] some = new long[count];
        for (int i = 0; i < count; i++) {
            some[i] = hashes[Math.floorMod(next - 1 - i, hashes.length)];
        }
        Arrays.sort(some);
        return some;
    }

    void killed(long keyHash) {
        if (killed.size() < MAX) {
            killed.add(keyHash);
        }
    }

    /** The keys that clears have killed. Not to be changed. */
    Set<Long> killed() {
        return killed;
    }

    void forgetKilled() {
        killed.clear();
    }
}
