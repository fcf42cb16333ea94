package dev.parlor.internal.time;

import java.util.function.LongSupplier;

/**
 * The room's time as one participant has it. It runs by a clock that only rises, and follows the local clock's rate: slow
 * drift between the two is slewed away. A local clock that leaps was set, or its machine has slept, during which many
 * systems' rising clocks stand still; the two look alike from here. The leap is followed at once by a participant that is
 * alone, if it goes forward; in company it is only noted ({@link #ownMillis}), and the participants decide together. The
 * time never goes back but by {@link #setTo}. Not thread-safe: guarded by the room's lock.
 */
public final class RoomTime {
    /** The greatest time that is taken from others or from the local clock: the year 3084. Stamps have room above it. */
    public static final long MAX_MILLIS = (1L << 45) - 1;
    /**
     * A local clock that is off by more since it was looked at last has leapt. Far above what a clock that is slewed gains
     * between two looks, below what a person notices of an entry's time.
     */
    static final long LEAP_MILLIS = 1_000;
    /** One part in so many is slewed: 500 ppm, as kernels do; quartz drifts by up to 100. */
    static final long SLEW_PART = 2_000;
    /** A leap is still followed if its participant is found to be alone so soon after it: a machine that wakes has to notice. */
    static final long WAKING_NANOS = 60_000_000_000L;
    /** Both clocks are read within this time, or a process that was stopped between the two would see a leap. */
    private static final long TOGETHER_NANOS = 100_000_000L;
    private static final int READINGS = 3;
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final LongSupplier millis;
    private final LongSupplier nanos;
    private final long beganMillis;
    private final long beganNanos;
    /** How far the local clock is ahead of the rising one since the beginning: slow drift, and the leaps. */
    private long aheadNanos;
    private long lookedMillis;
    private long lookedNanos;
    private long roomMillis;
    /** Of the millisecond that has begun. */
    private long restNanos;
    /** So much the room's time is to lose, by running slower. */
    private long slowNanos;
    private boolean alone;
    /** How far the local clock's leaps have gone forward that the room's time has not followed; below 0 if back. */
    private long unfollowedMillis;
    private long leaptNanos;
    private long leaptMillis;
    private long reachedMillis;

    /**
     * A time that begins with the local clock's.
     *
     * @param millis the local clock, milliseconds since 1970
     * @param nanos a clock that only rises
     */
    public RoomTime(LongSupplier millis, LongSupplier nanos) {
        this.millis = millis;
        this.nanos = nanos;
        this.beganMillis = millis.getAsLong();
        this.beganNanos = nanos.getAsLong();
        this.lookedMillis = beganMillis;
        this.lookedNanos = beganNanos;
        this.roomMillis = within(beganMillis);
        this.reachedMillis = roomMillis;
    }

    /** The room's time now, in milliseconds. */
    public long roomMillis() {
        if (millis.getAsLong() != lookedMillis) {
            look();
        }
        return roomMillis;
    }

    private void look() {
        long before = nanos.getAsLong();
        long local = millis.getAsLong();
        long now = nanos.getAsLong();
        for (int i = 1; i < READINGS && now - before > TOGETHER_NANOS; i++) {
            before = now;
            local = millis.getAsLong();
            now = nanos.getAsLong();
        }
        long elapsed = Math.max(0, now - lookedNanos);
        long slew = 0;
        if (now - before <= TOGETHER_NANOS) {
            long off = (local - beganMillis) * NANOS_A_MILLI - (now - beganNanos) - aheadNanos;
            if (Math.abs(off) > LEAP_MILLIS * NANOS_A_MILLI) {
                aheadNanos += off;
                leap(off / NANOS_A_MILLI, now);
            } else {
                slew = Math.max(-elapsed / SLEW_PART, Math.min(elapsed / SLEW_PART, off));
                aheadNanos += slew;
            }
        }
        long slower = Math.min(slowNanos, elapsed / SLEW_PART);
        slowNanos -= slower;
        long passed = restNanos + elapsed + slew - slower;
        roomMillis = within(roomMillis + passed / NANOS_A_MILLI);
        restNanos = passed % NANOS_A_MILLI;
        lookedMillis = local;
        lookedNanos = now;
    }

    private void leap(long byMillis, long nowNanos) {
        leaptMillis += byMillis;
        // Below 0 after a leap back: when the clock is set right again there is nothing to follow.
        unfollowedMillis += byMillis;
        leaptNanos = nowNanos;
        followIfAlone();
    }

    private void followIfAlone() {
        if (alone && unfollowedMillis > 0) {
            shift(unfollowedMillis);
        }
    }

    /** Whether nobody else is here, whose time could be another. */
    public void alone(boolean now) {
        roomMillis();
        alone = now;
        if (nanos.getAsLong() - leaptNanos < WAKING_NANOS) {
            followIfAlone();
        }
    }

    /** What the room's time would be now, had it followed the forward leaps of the local clock. Not before the room's time. */
    public long ownMillis() {
        return within(roomMillis() + Math.max(0, unfollowedMillis));
    }

    /** By how much the local clock has leapt since this was asked last. */
    public long takeLeap() {
        roomMillis();
        long leapt = leaptMillis;
        leaptMillis = 0;
        return leapt;
    }

    /** The room's time is this now, if that is later. */
    public void forwardTo(long to) {
        if (to > roomMillis()) {
            setTo(to);
        }
    }

    /** The room's time is this now, also if that is earlier: when this participant joins, or the majority says so. */
    public void setTo(long to) {
        slowNanos = 0;
        shift(to - roomMillis());
    }

    private void shift(long by) {
        roomMillis = within(roomMillis + by);
        if (by > 0 && unfollowedMillis > 0) {
            unfollowedMillis = Math.max(0, unfollowedMillis - by);
        }
        if (Math.abs(by) > LEAP_MILLIS) {
            reachedMillis = roomMillis;
        }
    }

    /** Runs slower until so much is lost; in place of what it was to lose before. */
    public void loseSlowly(long lose) {
        slowNanos = Math.max(0, lose) * NANOS_A_MILLI;
    }

    /** The room's time just after it was last set or leapt, or at the beginning: since then it has run without a gap. */
    long reachedMillis() {
        return reachedMillis;
    }

    /** How far a time is ahead of the local clock. */
    public long aheadOfLocal(long room) {
        roomMillis();
        return room - lookedMillis;
    }

    /** The room's time is the local clock's and this offset. */
    public void adopt(long offsetMillis) {
        roomMillis();
        setTo(lookedMillis + offsetMillis);
        reachedMillis = roomMillis;
    }

    private static long within(long time) {
        return Math.max(0, Math.min(MAX_MILLIS, time));
    }
}
