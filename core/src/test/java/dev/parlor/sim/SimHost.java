package dev.parlor.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;

/** A machine with one program on it: its clock may be wrong or jump, it may stand still for a while, or die. */
final class SimHost {
    /** When the simulation begins, in milliseconds since 1970: far enough from 0 for a clock that is a day behind. */
    static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final int SLOW_PERCENT = 5;

    private final Scheduler scheduler;
    private final Random random;
    private final Runnable afterEach;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private long skewMillis;
    private boolean paused;
    private long pausedSinceNanos;
    private boolean dead;

    SimHost(Scheduler scheduler, Random random, long skewMillis, Runnable afterEach) {
        this.scheduler = scheduler;
        this.random = random;
        this.skewMillis = skewMillis;
        this.afterEach = afterEach;
    }

    long millis() {
        return EPOCH_MILLIS + scheduler.millis() + skewMillis;
    }

    /** Sets the clock. */
    void skew(long millis) {
        skewMillis = millis;
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

    void at(long nanos, Runnable action) {
        scheduler.at(nanos, () -> run(action));
    }

    void after(long millis, Runnable action) {
        at(scheduler.nanos() + millis * Scheduler.MILLI, action);
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

    void pause() {
        paused = true;
        pausedSinceNanos = scheduler.nanos();
    }

    /** Does what came due meanwhile, in its order and before whatever comes due now. */
    void resume() {
        if (paused) {
            paused = false;
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

    /** Whether it has stood still for so long that others take it for gone. */
    boolean isSilentFor(long nanos) {
        return paused && scheduler.nanos() - pausedSinceNanos >= nanos;
    }
}
