package dev.parlor.internal.session;

import java.util.function.LongSupplier;

/**
 * A hybrid logical clock (Kulkarni et al. 2014, figure 5) in the room's time: the local clock plus an offset learnt
 * from the room at the join. Its times strictly rise, also when the local clock jumps back. Not thread-safe: guarded by
 * the room's lock.
 */
public final class HybridClock {
    private final LongSupplier millis;
    private final long maxDragMillis;
    private long offsetMillis;
    private long last;

    /**
     * A clock.
     *
     * @param millis the local clock, milliseconds since 1970
     * @param maxDragMillis how far a time from others may push this clock ahead of the room's time
     */
    public HybridClock(LongSupplier millis, long maxDragMillis) {
        this.millis = millis;
        this.maxDragMillis = maxDragMillis;
    }

    /** The room's time now, in milliseconds. */
    public long roomMillis() {
        return Math.max(0, millis.getAsLong() + offsetMillis);
    }

    /**
     * How far the room's time is ahead of the local clock, according to somebody who was asked for it. The answer was
     * made at some moment between question and arrival; if our own clock may have shown the same at that moment, the
     * clocks are taken to agree, so that the way's delay is not mistaken for a difference.
     *
     * @param roomMillis the room's time in the answer, which has just arrived
     * @param waitedMillis since the question
     */
    public long offsetOf(long roomMillis, long waitedMillis) {
        long least = roomMillis - millis.getAsLong();
        long most = least + waitedMillis;
        return least <= 0 && most >= 0 ? 0 : least + waitedMillis / 2;
    }

    /** From now on the room's time is the local clock and this offset. */
    public void adopt(long newOffsetMillis) {
        offsetMillis = newOffsetMillis;
    }

    /**
     * A time greater than every time this clock gave before, greater than {@code floor}, and not before the room's time.
     *
     * @param floor the newest time among what is overwritten
     */
    public long next(long floor) {
        last = Math.max(Math.max(roomMillis() << Stamp.COUNTER_BITS, last + 1), floor + 1);
        return last;
    }

    /** Takes note of a time made elsewhere, so that what is written here next is newer; up to the bound. */
    public void observe(long time) {
        if (time > last) {
            last = Math.min(time, Math.max(last, (roomMillis() + maxDragMillis) << Stamp.COUNTER_BITS));
        }
    }
}
