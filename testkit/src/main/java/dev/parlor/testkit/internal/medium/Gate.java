package dev.parlor.testkit.internal.medium;

import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One participant's program: it can stand still, in which case what it would do is done when it goes on, it can vanish, and its
 * clock can be wrong. Thread-safe.
 */
public final class Gate {
    /** What runs when the program is to stand still may finish for so long; a listener may be waiting for the one who stops it. */
    private static final long FINISH_MILLIS = 1_000;

    /** Held for reading by whatever runs. */
    private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();
    private final List<Lane> lanes = new ArrayList<>();
    private volatile boolean paused;
    private volatile boolean gone;
    private volatile long skewMillis;

    /** Makes the program stand still; what runs just now ends first. */
    public void pause() {
        paused = true;
        if (running.getReadHoldCount() == 0) {
            try {
                if (running.writeLock().tryLock(FINISH_MILLIS, TimeUnit.MILLISECONDS)) {
                    running.writeLock().unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isPaused() {
        return paused;
    }

    /** Has it go on, with what it would have done. */
    public void resume() {
        paused = false;
        List<Lane> all;
        synchronized (lanes) {
            all = List.copyOf(lanes);
        }
        all.forEach(Lane::goOn);
    }

    public void vanish() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    public void skew(Duration by) {
        skewMillis = by.toMillis();
    }

    /** What the program does on an executor, in order. */
    Executor lane(Executor real) {
        Lane lane = new Lane(real);
        synchronized (lanes) {
            lanes.add(lane);
        }
        return lane;
    }

    /**
     * What the program does on an executor of its user, which may drop what it is given, refuse it late, run it twice or in another
     * order: so each task runs in its own turn.
     */
    private Executor turns(Executor real) {
        Lane lane = new Lane(real);
        synchronized (lanes) {
            lanes.add(lane);
        }
        return task -> real.execute(() -> lane.turn(task));
    }

    /** The same environment, as far as this program lets it. */
    public Environment behind(Environment real) {
        Executor due = lane(Runnable::run);
        return new Environment(() -> real.millis().getAsLong() + skewMillis, real.nanos(), lane(real.worker()),
                real.ownsEvents() ? lane(real.events()) : turns(real.events()), real.ownsEvents(), real.callbacks(),
                (delay, action) -> real.timer().after(delay, () -> due.execute(action)),
                (delay, action) -> real.afterwards().after(delay, () -> due.execute(action)), real.background(), real.waiting(), real.end());
    }

    /** Things to be done one after the other; each takes its turn on the executor, or when the program goes on. */
    private final class Lane implements Executor {
        private final Executor real;
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private int missedTurns;

        Lane(Executor real) {
            this.real = real;
        }

        @Override
        public void execute(Runnable task) {
            synchronized (tasks) {
                tasks.add(task);
            }
            try {
                real.execute(this::turn);
            } catch (RejectedExecutionException closed) {
                synchronized (tasks) {
                    tasks.removeLastOccurrence(task);
                }
                throw closed;
            }
        }

        private void turn() {
            running.readLock().lock();
            try {
                Runnable task;
                synchronized (tasks) {
                    if (gone) {
                        tasks.clear();
                        return;
                    }
                    if (paused) {
                        missedTurns++;
                        return;
                    }
                    task = tasks.poll();
                }
                if (task != null) {
                    task.run();
                }
            } finally {
                running.readLock().unlock();
            }
        }

        /** Runs a task that is in no queue, or keeps it while the program stands still. */
        private void turn(Runnable task) {
            running.readLock().lock();
            try {
                synchronized (tasks) {
                    if (gone) {
                        return;
                    }
                    if (paused) {
                        tasks.add(task);
                        missedTurns++;
                        return;
                    }
                }
                task.run();
            } finally {
                running.readLock().unlock();
            }
        }

        private void goOn() {
            int turns;
            synchronized (tasks) {
                turns = missedTurns;
                missedTurns = 0;
            }
            for (int i = 0; i < turns; i++) {
                try {
                    real.execute(this::turn);
                } catch (RejectedExecutionException closed) {
                    // The room was closed meanwhile.
                    return;
                }
            }
        }
    }
}
