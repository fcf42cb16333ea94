package dev.parlor.it.faults;

/**
 * A time in which nothing was done to anybody, after all had seen all and were the same. Both ends belong to it; the
 * last is so long before the next fault that what is sent by then arrives.
 */
record Calm(long fromMillis, long toMillis) {
    /** A message arrives within this time where nothing is amiss. */
    static final long ARRIVAL_MILLIS = 2_000;

    boolean holds(long millis) {
        return fromMillis <= millis && millis <= toMillis;
    }
}
