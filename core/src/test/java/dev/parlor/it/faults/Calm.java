package dev.parlor.it.faults;

/**
 * A time in which nothing befell anybody but that packets were lost, so that whatever was said to whom one saw had to
 * arrive.
 *
 * @param fromMillis the begin
 * @param toMillis the end of what is looked at
 * @param settledMillis by when it had to arrive; nothing befell anybody up to here
 */
record Calm(long fromMillis, long toMillis, long settledMillis) {
    /** A message arrives within this time when no packets are lost; and so does word of who comes and goes. */
    static final long ARRIVAL_MILLIS = 2_000;

    boolean holds(long millis) {
        return fromMillis <= millis && millis <= toMillis;
    }
}
