package dev.parlor.internal.session;

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
    /** Times given ahead of the clock: first and last of each range. */
    private final TreeMap<Long, Long> ahead = new TreeMap<>();

    /**
     * Gives stamps.
     *
     * @param time the room's time
     * @param maxAheadMillis how far a time from others may push the clock ahead of the room's time
     */
    public Stamps(RoomTime time, long maxAheadMillis) {
        this.time = time;
        this.maxAhead = maxAheadMillis << Stamp.COUNTER_BITS;
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
        long next = Math.max(now, Math.max(last, passed) + 1);
        if (floor >= next) {
            if (floor >= now + maxAhead) {
                return giveAhead(floor + 1);
            }
            next = floor + 1;
        }
        if (!ahead.isEmpty()) {
            next = free(next);
        }
        last = next;
        return next;
    }

    private long giveAhead(long least) {
        long given = free(least);
        Map.Entry<Long, Long> below = ahead.floorEntry(given);
        if (below != null && below.getValue() == given - 1) {
            ahead.put(below.getKey(), given);
        } else {
            ahead.put(given, given);
        }
        bound();
        return given;
    }

    /** The first time from this one on that was not given ahead. */
    private long free(long least) {
        long free = least;
        for (Map.Entry<Long, Long> used; (used = ahead.floorEntry(free)) != null && used.getValue() >= free;) {
            free = used.getValue() + 1;
        }
        return free;
    }

    private void bound() {
        if (ahead.size() > MAX_RANGES) {
            ahead.pollFirstEntry();
        }
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
     * The room's time is this now, and was later: so it goes for the clock, which gives none of the times again that it gave
     * since the room's time became so late.
     */
    public void setBackTo(long roomMillis) {
        long reached = time.reachedMillis() << Stamp.COUNTER_BITS;
        time.setTo(roomMillis);
        long now = now();
        if (last >= reached && reached > now) {
            ahead.subMap(reached, true, last, true).clear();
            ahead.put(reached, last);
            bound();
            last = now;
        }
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

    /** The greatest time that is taken from others now. */
    public long limit() {
        return now() + HEAD_ROOM;
    }
}
