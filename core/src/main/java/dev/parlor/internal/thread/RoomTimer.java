package dev.parlor.internal.thread;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One room's part of a timer that many share: when the room ends nothing of it is left there, however far away. Thread-safe.
 */
public final class RoomTimer implements Environment.Timer {
    /** Something to be done later. */
    private final class Task implements Runnable {
        private final Runnable action;
        private volatile @Nullable Future<?> future;

        Task(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (pending.remove(this)) {
                action.run();
            }
        }
    }

    private final ScheduledExecutorService timer;
    private final Set<Task> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /** A part of this timer. */
    public RoomTimer(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public Runnable after(long delayMillis, Runnable action) {
        Task task = new Task(action);
        pending.add(task);
        task.future = timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        if (ended) {
            end();
        }
        return () -> cancel(task);
    }

    private void cancel(Task task) {
        Future<?> future = task.future;
        if (future != null && pending.remove(task)) {
            future.cancel(false);
        }
    }

    /** Nothing happens later any more. */
    public void end() {
        ended = true;
        pending.forEach(this::cancel);
    }
}
