package dev.parlor.internal.net.jgroups.stack;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.util.TimeScheduler;
import org.jspecify.annotations.Nullable;

/**
 * When JGroups looks whether something is missing, or has to be said again: as often as the stack says while anything comes or goes, and
 * once a second where nothing does. An idle room of two woke up twenty times a second for it. Thread-safe.
 */
final class Looks implements TimeScheduler.Task {
    /** What is said again is said for two seconds ({@code resend_last_seqno_max_times}), and is answered by then. */
    static final int LOOKS_BEFORE_REST = 25;
    static final long RESTING_MILLIS = 1_000;

    private final Runnable look;
    private final AtomicBoolean stirred = new AtomicBoolean();
    private volatile boolean resting;
    private volatile int quiet;
    private long intervalMillis;
    private @Nullable TimeScheduler timer;
    private @Nullable Future<?> next;

    /** @param look what is done each time */
    Looks(Runnable look) {
        this.look = look;
    }

    /**
     * Begins, unless it has.
     *
     * @param on gives another thread than its own to what may have to wait ({@link SharedThreads#timer})
     * @param millis how often while anything comes or goes
     */
    synchronized void begin(TimeScheduler on, long millis) {
        if (timer == null) {
            timer = on;
            intervalMillis = millis;
            stirred.set(true);
            resting = false;
            next = on.scheduleWithDynamicInterval(this, false);
        }
    }

    synchronized void end() {
        timer = null;
        Future<?> last = next;
        if (last != null) {
            last.cancel(false);
            next = null;
        }
    }

    /** Something comes or goes. */
    void stir() {
        if (!stirred.get()) {
            stirred.set(true);
        }
        if (resting) {
            wake();
        }
    }

    private synchronized void wake() {
        TimeScheduler on = timer;
        Future<?> late = next;
        if (resting && on != null && late != null) {
            resting = false;
            late.cancel(false);
            next = on.scheduleWithDynamicInterval(this, false);
        }
    }

    @Override
    public void run() {
        quiet = stirred.getAndSet(false) ? 0 : quiet + 1;
        look.run();
        resting = quiet > LOOKS_BEFORE_REST;
        if (stirred.get()) {
            // Meanwhile, when it was not seen to rest.
            resting = false;
        }
    }

    @Override
    public synchronized long nextInterval() {
        return resting ? Math.max(RESTING_MILLIS, intervalMillis) : intervalMillis;
    }
}
