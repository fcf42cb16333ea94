package dev.parlor.internal.net.jgroups.secure;

/**
 * Which of a sender's numbered datagrams have come: each is taken once, and none that was sent before a certain one. A
 * sliding window of bits (RFC 6479), since datagrams overtake each other. Thread-safe.
 */
final class ReplayWindow {
    /**
     * Datagrams behind the newest that are still told apart, in bits: as many as a full socket buffer of small ones holds, so
     * that what is refused for being too old had no chance to be waiting.
     */
    static final int SIZE = 8_192;

    private final long[] taken = new long[SIZE / Long.SIZE];
    private final long after;
    private long newest;

    /** Takes nothing up to a number. */
    ReplayWindow(long after) {
        this.after = after;
        this.newest = after;
    }

    /** Whether this number has not come before; from now on it has. */
    synchronized boolean take(long number) {
        if (number <= after || newest - number > SIZE - Long.SIZE) {
            return false;
        }
        if (number > newest) {
            long words = Math.min(taken.length, wordOf(number) - wordOf(newest));
            for (long i = 1; i <= words; i++) {
                taken[(int) ((wordOf(newest) + i) % taken.length)] = 0;
            }
            newest = number;
        }
        int word = (int) (wordOf(number) % taken.length);
        long bit = 1L << number;
        boolean first = (taken[word] & bit) == 0;
        taken[word] |= bit;
        return first;
    }

    private static long wordOf(long number) {
        return number / Long.SIZE;
    }
}
