package dev.parlor.testkit;

import dev.parlor.internal.room.Environment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One participant's program: it can stand still, in which case what it would do is done when it goes on, it can vanish, and its
 * clock can be wrong. Thread-safe.
 */
final class Gate {
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean paused;
    private boolean gone;
    private volatile long skewMillis;

    /** Does something now, or when the program goes on, or never. In order. */
    void pass(Runnable action) {
        synchronized (this) {
            if (gone) {
                return;
            }
            if (paused) {
                held.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized void pause() {
        paused = true;
    }

    void resume() {
        for (Runnable action; (action = nextHeld()) != null;) {
            try {
                action.run();
            } catch (RejectedExecutionException closed) {
                // The room was closed meanwhile.
            }
        }
    }

    /** What comes while the rest is done is held behind it. */
    private synchronized Runnable nextHeld() {
        Runnable next = held.poll();
        paused &= next != null;
        return next;
    }

    synchronized void vanish() {
        gone = true;
        held.clear();
    }

    synchronized boolean isGone() {
        return gone;
    }

    void skew(Duration by) {
        skewMillis = by.toMillis();
    }

    /** The same environment, as far as this program lets it. */
    Environment behind(Environment real) {
        return new Environment(() -> real.millis().getAsLong() + skewMillis, real.nanos(), behind(real.worker()),
                behind(real.events()), real.ownsEvents(), real.callbacks(),
                (delay, action) -> real.timer().after(delay, () -> pass(action)), real.waiting(), real.end());
    }

    private Executor behind(Executor real) {
        return action -> pass(() -> real.execute(action));
    }
}
