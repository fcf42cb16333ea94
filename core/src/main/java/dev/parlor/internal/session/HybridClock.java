package dev.parlor.internal.session;

import java.util.function.LongSupplier;

/**
 * A hybrid logical clock (Kulkarni et al. 2014, figure 5) in the room's time: the local clock plus an offset learnt
 * from the room at the join. Its times strictly rise, also when the local clock jumps back. Not thread-safe: guarded by
 * the room's lock.
 */
public final class HybridClock {
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final LongSupplier millis;
    private final LongSupplier nanos;
    private final long maxDragMillis;
    private long offsetMillis;
    /** What the local clock shows ahead of the clock that only rises; another when it has been set. */
    private long ahead;
    private long jumpedMillis;
    private long lookedMillis;
    private long last;

    /**
     * A clock.
     *
     * @param millis the local clock, milliseconds since 1970
     * @param nanos a clock that only rises; it tells when the local clock is set to another time, which the room's time
     *     does not follow
     * @param maxDragMillis how far a time from others may push this clock ahead of the room's time, and from where on a
     *     change of the local clock is taken for a setting of it and not for its being slewed
     */
    public HybridClock(LongSupplier millis, LongSupplier nanos, long maxDragMillis) {
        this.millis = millis;
        this.nanos = nanos;
        this.maxDragMillis = maxDragMillis;
        this.ahead = millis.getAsLong() - nanos.getAsLong() / NANOS_A_MILLI;
    }

    /** The room's time now, in milliseconds. */
    public long roomMillis() {
        long local = millis.getAsLong();
        if (local == lookedMillis) {
            // It has not been set since; that it was set to just this is seen a millisecond later.
            return Math.max(0, local + offsetMillis);
        }
        lookedMillis = local;
        long jumped = local - nanos.getAsLong() / NANOS_A_MILLI - ahead;
        if (Math.abs(jumped) > maxDragMillis) {
            ahead += jumped;
            offsetMillis -= jumped;
            jumpedMillis += jumped;
        }
        return Math.max(0, local + offsetMillis);
    }

    /** By how much the local clock has been set to another time since this was asked last; asked once. */
    public long takeJump() {
        roomMillis();
        long jumped = jumpedMillis;
        jumpedMillis = 0;
        return jumped;
    }

    /** The room's time is this now. */
    public void set(long roomMillis) {
        offsetMillis += roomMillis - roomMillis();
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
        roomMillis();
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

    /** From now on no time up to this one is given. */
    public void passed(long time) {
        last = Math.max(last, time);
    }

    /** Takes note of a time made elsewhere, so that what is written here next is newer; up to the bound. */
    public void observe(long time) {
        if (time > last) {
            last = Math.min(time, Math.max(last, (roomMillis() + maxDragMillis) << Stamp.COUNTER_BITS));
        }
    }
}
