package dev.parlor.internal.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The versions that were replaced here last, by their hashes: what another replica still holds and is among them was
 * known here, so the other has not changed it. Bounded: the oldest are forgotten. Guarded by the room's lock.
 */
final class Overwritten {
    /** Versions remembered: 512 KiB at most, and only in rooms that replace so many. */
    static final int MAX = 65_536;
    private static final int FIRST = 256;

    private long[] hashes = new long[FIRST];
    private int next;
    private boolean full;

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

    Set<Long> all() {
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < (full ? hashes.length : next); i++) {
            all.add(hashes[i]);
        }
        return all;
    }
}
