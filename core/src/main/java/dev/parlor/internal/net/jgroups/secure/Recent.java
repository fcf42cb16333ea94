package dev.parlor.internal.net.jgroups.secure;

/**
 * Since which number what was sent is recent: sent in the last seconds by the clock of who sent it, which need not agree with
 * anybody's. Thread-safe.
 */
final class Recent {
    /** What was sent in the last so many is recent, what is older than four of them is not. */
    static final long STEP_NANOS = 1_000_000_000L;
    /** Since no number: nothing was sent lately. */
    static final long NONE = Long.MAX_VALUE;

    private long since = NONE;
    private long next = NONE;
    private long nextNanos;

    /** A datagram of this number is sent. */
    synchronized void sent(long number, long nowNanos) {
        if (next == NONE || nowNanos - nextNanos >= STEP_NANOS) {
            since = since(nowNanos) == NONE ? number : next;
            next = number;
            nextNanos = nowNanos;
        }
    }

    /** The first number of what is recent now. */
    synchronized long since(long nowNanos) {
        return next == NONE || nowNanos - nextNanos > 2 * STEP_NANOS ? NONE : since;
    }
}
