package dev.parlor.internal.thread;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * When a room looks at what takes time (gaps, rounds, silent members, announcements, lifetimes): five times a second while anything
 * happens, and less often once nothing has happened for a while, which spares the battery of a laptop. Guarded by the room's lock.
 */
public final class Pulse {
    static final long BEAT_MILLIS = 200;
    /** Shorter than what passes for a program that stood still, which is a second. */
    static final long RESTING_MILLIS = 600;
    /** A second: what follows from what has happened follows within it, or something is asked again, which is no sooner than the next beat. */
    static final int BEATS_BEFORE_REST = 5;

    private final Environment.Timer timer;
    private final Consumer<Runnable> outside;
    private final LongConsumer beat;
    private long awaited;
    private int beats;
    private boolean resting;

    /**
     * One that has not begun.
     *
     * @param outside takes what is done once the lock is released
     * @param beat called without the lock with a number, for {@link #isAwaited}
     */
    public Pulse(Environment.Timer timer, Consumer<Runnable> outside, LongConsumer beat) {
        this.timer = timer;
        this.outside = outside;
        this.beat = beat;
    }

    /** Something has happened. */
    public void stir() {
        beats = 0;
        if (resting) {
            resting = false;
            await(BEAT_MILLIS);
        }
    }

    /** A beat has come and gone. @param stirs whether something has happened by it */
    public void went(boolean stirs) {
        if (stirs) {
            stir();
        }
    }

    /** Whether this is the beat that is awaited. One that was to come later is not, once something has happened. */
    public boolean isAwaited(long number) {
        return number == awaited;
    }

    /** Has it beat once more. */
    public void next() {
        resting = ++beats > BEATS_BEFORE_REST;
        await(resting ? RESTING_MILLIS : BEAT_MILLIS);
    }

    private void await(long millis) {
        long number = ++awaited;
        outside.accept(() -> timer.after(millis, () -> beat.accept(number)));
    }
}
