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

    /** The room's time according to somebody who is in it: this clock follows it from now on. */
    public void adopt(long roomMillis) {
        offsetMillis = roomMillis - millis.getAsLong();
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
