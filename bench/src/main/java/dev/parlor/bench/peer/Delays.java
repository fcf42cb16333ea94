package dev.parlor.bench.peer;

import java.util.Arrays;

/** Times in nanoseconds, and how they are spread. Thread-safe. */
final class Delays {
    private static final int FIRST = 1024;

    private long[] nanos;
    private int count;

    Delays() {
        this(FIRST);
    }

    /** @param capacity how many are expected: where pauses are looked for, none should be that of a long array being copied */
    Delays(int capacity) {
        nanos = new long[Math.max(FIRST, capacity)];
    }

    synchronized void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = each;
    }

    synchronized int count() {
        return count;
    }

    synchronized void clear() {
        count = 0;
    }

    /** The median, the 99th and 99.9th percentile and the greatest, in microseconds. */
    synchronized String spread() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format("%.2f %.2f %.2f %.2f", at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))] / 1e3;
    }
}
