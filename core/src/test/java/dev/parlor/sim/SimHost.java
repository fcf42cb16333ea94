package dev.parlor.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A machine with one program on it: its clock may be wrong, drift or be set, it may stand still for a while, or die. Of
 * its two clocks the wall clock goes on while it stands still; the other does so only if the program alone is stopped, and
 * not while the machine sleeps.
 */
final class SimHost {
    /** When the simulation begins, in milliseconds since 1970: far enough from 0 for a clock that is a day behind. */
    static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final int SLOW_PERCENT = 5;
    private static final double MILLION = 1e6;

    private final Scheduler scheduler;
    private final Random random;
    private final Runnable afterEach;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private long skewMillis;
    /** How much faster the wall clock goes than the other, in parts per million, and since when. */
    private long driftPpm;
    private long driftsSinceNanos;
    private boolean paused;
    private boolean asleep;
    private long pausedSinceNanos;
    private long awakeSinceNanos;
    /** How long the clock that only rises has stood still so far. */
    private long sleptNanos;
    /** Time that passed on the clocks and not in the simulation. */
    private long passedMillis;
    private long busyUntilNanos;
    private long stuckUntilNanos;
    private long standingUntilNanos;
    private long refusingUntilNanos;
    private boolean discarding;
    private boolean dead;

    SimHost(Scheduler scheduler, Random random, long skewMillis, Runnable afterEach) {
        this.scheduler = scheduler;
        this.random = random;
        this.skewMillis = skewMillis;
        this.afterEach = afterEach;
    }

    /** The wall clock. */
    long millis() {
        return EPOCH_MILLIS + scheduler.millis() + passedMillis + skewMillis + drifted();
    }

    private long drifted() {
        return driftPpm == 0 ? 0 : (long) ((scheduler.nanos() - driftsSinceNanos) / Scheduler.MILLI * driftPpm / MILLION);
    }

    /** The clock that only rises. */
    long nanos() {
        return scheduler.nanos() - sleptNanos - (asleep ? scheduler.nanos() - pausedSinceNanos : 0);
    }

    /** Time passes at once. */
    void pass(long millis) {
        passedMillis += millis;
        sleptNanos -= asleep ? 0 : millis * Scheduler.MILLI;
    }

    /** Sets the clock. */
    void skew(long millis) {
        skewMillis = millis;
        driftsSinceNanos = scheduler.nanos();
    }

    /** From now on the wall clock goes faster than the other by so much. */
    void drift(long ppm) {
        skewMillis += drifted();
        driftsSinceNanos = scheduler.nanos();
        driftPpm = ppm;
    }

    /** An executor of this host: one after the other, each a little later. */
    Executor executor() {
        long[] last = {0};
        return action -> {
            long delay = random.nextInt(100) < SLOW_PERCENT ? random.nextInt(30) * Scheduler.MILLI : random.nextInt(500_000);
            last[0] = Math.max(last[0], scheduler.nanos() + delay);
            at(last[0], action);
        };
    }

    /** The executor on which a room sends: what it sends may be stuck for a while. */
    Executor worker() {
        Executor quick = executor();
        return action -> quick.execute(() -> notBefore(stuckUntilNanos, action));
    }

    /** The executor of callbacks: all threads may be at work for a while. */
    Executor callbacks() {
        Executor quick = executor();
        return action -> quick.execute(() -> notBefore(busyUntilNanos, action));
    }

    /** The executor of listeners, which belongs to the application: one may stand still for a while, or it may refuse or drop them. */
    Executor events() {
        Executor quick = executor();
        return action -> {
            if (scheduler.nanos() < refusingUntilNanos) {
                if (discarding) {
                    return;
                }
                throw new RejectedExecutionException("the application does not take events now");
            }
            quick.execute(() -> notBefore(standingUntilNanos, action));
        };
    }

    private void notBefore(long nanos, Runnable action) {
        if (scheduler.nanos() < nanos) {
            at(nanos, () -> notBefore(nanos, action));
        } else {
            action.run();
        }
    }

    /** All threads of the pool for callbacks are at work for so long. */
    void beBusy(long millis) {
        busyUntilNanos = scheduler.nanos() + millis * Scheduler.MILLI;
    }

    /** What is being sent just now takes so long. */
    void beStuck(long millis) {
        stuckUntilNanos = scheduler.nanos() + millis * Scheduler.MILLI;
    }

    /** A listener does not return for so long. */
    void stand(long millis) {
        standingUntilNanos = scheduler.nanos() + millis * Scheduler.MILLI;
    }

    /**
     * The application's executor does not take events for so long.
     *
     * @param silently whether it drops them without a word
     */
    void refuse(long millis, boolean silently) {
        discarding = silently;
        refusingUntilNanos = scheduler.nanos() + millis * Scheduler.MILLI;
    }

    /** Ends all that. */
    void beQuick() {
        busyUntilNanos = 0;
        stuckUntilNanos = 0;
        standingUntilNanos = 0;
        refusingUntilNanos = 0;
    }

    void at(long nanos, Runnable action) {
        scheduler.at(nanos, () -> run(action));
    }

    /** A timer: it goes by the clock that only rises, and so does not come due while that stands still. */
    void after(long millis, Runnable action) {
        long due = nanos() + millis * Scheduler.MILLI;
        at(scheduler.nanos() + millis * Scheduler.MILLI, () -> {
            if (nanos() < due) {
                after((due - nanos()) / Scheduler.MILLI, action);
            } else {
                action.run();
            }
        });
    }

    private void run(Runnable action) {
        if (paused || !held.isEmpty()) {
            held.add(action);
        } else {
            perform(action);
        }
    }

    private void perform(Runnable action) {
        if (!dead) {
            action.run();
            afterEach.run();
        }
    }

    /** The program is stopped: it does nothing, and both clocks go on. */
    void pause() {
        paused = true;
        pausedSinceNanos = scheduler.nanos();
    }

    /** The machine sleeps: it does nothing, and the clock that only rises stands still. */
    void sleep() {
        pause();
        asleep = true;
    }

    /** Does what came due meanwhile, in its order and before whatever comes due now. */
    void resume() {
        if (paused) {
            if (asleep) {
                sleptNanos += scheduler.nanos() - pausedSinceNanos;
                asleep = false;
            }
            paused = false;
            awakeSinceNanos = scheduler.nanos();
            scheduler.after(0, () -> {
                while (!paused && !held.isEmpty()) {
                    perform(held.peek());
                    held.remove();
                }
            });
        }
    }

    void kill() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether it has not stood still for so long. */
    boolean isAwakeFor(long nanos) {
        return !paused && scheduler.nanos() - awakeSinceNanos >= nanos;
    }

    /** Whether it has stood still for so long that others take it for gone. */
    boolean isSilentFor(long nanos) {
        return paused && scheduler.nanos() - pausedSinceNanos >= nanos;
    }
}
