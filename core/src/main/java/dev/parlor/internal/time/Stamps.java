package dev.parlor.internal.time;

import dev.parlor.internal.session.Stamp;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives the times of stamps: a hybrid logical clock (Kulkarni et al. 2014, figure 5) whose floor is one write's own. A time
 * is greater than what its write overwrites, never given twice, and not before the room's time. What is overwritten pushes
 * the clock ahead of the room's time up to a bound; beyond it the one write gets its time ahead, and the next ones go by the
 * clock as before. Not thread-safe: guarded by the room's lock.
 */
public final class Stamps {
    /**
     * Stamps are taken up to the room's time and so much more, a thousand years. A constant bound could be reached by one
     * hostile entry, and nothing could ever be written over that; this one moves on, so that a later write always has room.
     */
    static final long HEAD_ROOM = 1L << 61;
    /** Ranges of times given ahead that are remembered: one for each key of the future that was overwritten here. */
    static final int MAX_RANGES = 1_024;

    private final RoomTime time;
    private final long maxAhead;
    private long last;
    private long passed;
    /** The times from here to the last one may have been given: since the room's time last leapt over all that was given. */
    private long first;
    private long reachedMillis;
    /** Times given ahead of the clock, or before it was set back or leapt: first and last of each range, apart. */
    private final TreeMap<Long, Long> ahead = new TreeMap<>();
    /** The greatest of these. */
    private long greatestAhead;

    /**
     * Gives stamps.
     *
     * @param time the room's time
     * @param maxAheadMillis how far a time from others may push the clock ahead of the room's time
     */
    public Stamps(RoomTime time, long maxAheadMillis) {
        this.time = time;
        this.maxAhead = maxAheadMillis << Stamp.COUNTER_BITS;
        begin();
    }

    private void begin() {
        reachedMillis = time.reachedMillis();
        first = reachedMillis << Stamp.COUNTER_BITS;
    }

    private long now() {
        return time.roomMillis() << Stamp.COUNTER_BITS;
    }

    /**
     * A time that was never given before, greater than {@code floor}, and not before the room's time.
     *
     * @param floor the newest time among what is overwritten
     */
    public long next(long floor) {
        long now = now();
        noteLeap();
        long next = Math.max(now, Math.max(last, passed) + 1);
        if (floor >= next) {
            if (floor >= now + maxAhead) {
                return giveAhead(floor + 1);
            }
            next = floor + 1;
        }
        if (next <= greatestAhead) {
            next = free(next);
        }
        last = next;
        return next;
    }

    /** If the room's time has leapt over all that was given, this is remembered, as the time may be set back to before it. */
    private void noteLeap() {
        if (time.reachedMillis() != reachedMillis) {
            if (time.reachedMillis() << Stamp.COUNTER_BITS > last) {
                remember(first, last);
                begin();
            }
            reachedMillis = time.reachedMillis();
        }
    }

    private long giveAhead(long least) {
        long given = free(least);
        remember(given, given);
        return given;
    }

    /** Ranges that touch become one. */
    private void remember(long from, long to) {
        if (to < from) {
            return;
        }
        Map.Entry<Long, Long> below = ahead.floorEntry(from);
        long least = below != null && below.getValue() >= from - 1 ? below.getKey() : from;
        long greatest = to;
        for (Map.Entry<Long, Long> each; (each = ahead.ceilingEntry(least)) != null && each.getKey() <= greatest + 1;) {
            greatest = Math.max(greatest, each.getValue());
            ahead.remove(each.getKey());
        }
        ahead.put(least, greatest);
        greatestAhead = Math.max(greatestAhead, greatest);
        if (ahead.size() > MAX_RANGES) {
            ahead.pollFirstEntry();
        }
    }

    /** The first time from this one on that was not given ahead. */
    private long free(long least) {
        long free = least;
        for (Map.Entry<Long, Long> used; (used = ahead.floorEntry(free)) != null && used.getValue() >= free;) {
            free = used.getValue() + 1;
        }
        return free;
    }

    /** From this time on, what is overwritten no longer pushes the clock. */
    public long aheadFrom() {
        return now() + maxAhead;
    }

    /** Whether a write over this gets a time ahead of the clock. */
    public boolean isAhead(long floor) {
        return floor >= aheadFrom();
    }

    /**
     * The room's time is this now, and was later: so it goes for the clock, which gives none of the times again that it has
     * given. Only if it gave some before this time and some after it without a leap between, it goes on after the last of them.
     */
    public void setBackTo(long roomMillis) {
        now();
        noteLeap();
        time.setTo(roomMillis);
        reachedMillis = time.reachedMillis();
        long now = now();
        if (first > now) {
            remember(first, last);
            last = Math.min(last, now);
            first = now;
        }
    }

    /** The room's time is the local clock's and this offset, for a participant that has written nothing yet. */
    public void adopt(long offsetMillis) {
        time.adopt(offsetMillis);
        begin();
        last = Math.min(last, now() + maxAhead);
    }

    /** From now on no time up to this one is given. */
    public void passed(long at) {
        passed = Math.max(passed, at);
    }

    /** Takes note of a time made elsewhere, so that what is written here next is newer; up to the bound. */
    public void observe(long at) {
        if (at > last) {
            last = Math.min(at, Math.max(last, now() + maxAhead));
        }
    }

    /** What is written here from now on gets a later time, unless the clock is set back. Times given ahead are not counted. */
    public long reached() {
        return Math.max(now(), last);
    }

    /** The greatest time that is taken from others now. */
    public long limit() {
        return now() + HEAD_ROOM;
    }
}
