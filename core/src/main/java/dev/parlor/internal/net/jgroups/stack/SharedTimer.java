package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.net.DaemonThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jgroups.util.ThreadFactory;
import org.jgroups.util.TimeScheduler;
import org.jspecify.annotations.Nullable;

/**
 * JGroups' timer, on the one of all rooms: an idle room wakes one thread and not two. It goes on when one of the channels that use it
 * starts or stops it, or would give it other threads. What may block runs on the pool. Thread-safe.
 */
final class SharedTimer implements TimeScheduler {
    /** What is done once has no next time. */
    private static final LongSupplier ONCE = () -> 0;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Log LOG = Log.of(SharedTimer.class);

    private final ScheduledExecutorService timer;
    private final Executor pool;
    private final boolean allBlock;
    private final Set<Job> jobs = ConcurrentHashMap.newKeySet();

    /**
     * @param timer runs what does not block
     * @param pool runs what may
     * @param allBlock whether everything may, whatever JGroups says: it says of TCP alone that it does
     */
    SharedTimer(ScheduledExecutorService timer, Executor pool, boolean allBlock) {
        this.timer = timer;
        this.pool = pool;
        this.allBlock = allBlock;
    }

    /** Something to be done later, once or again and again. */
    private final class Job extends FutureTask<@Nullable Void> {
        private final Runnable command;
        private final boolean blocks;
        private final LongSupplier nextNanos;
        private volatile @Nullable Future<?> pending;

        Job(Runnable command, boolean blocks, LongSupplier nextNanos) {
            super(() -> guarded(command), null);
            this.command = command;
            this.blocks = blocks || allBlock;
            this.nextNanos = nextNanos;
        }

        Job after(long nanos) {
            jobs.add(this);
            if (nanos <= 0) {
                run();
                return this;
            }
            Future<?> next = timer.schedule(this, nanos, TimeUnit.NANOSECONDS);
            pending = next;
            if (isDone()) {
                // It was cancelled meanwhile.
                next.cancel(false);
                jobs.remove(this);
            }
            return this;
        }

        @Override
        public void run() {
            if (!blocks) {
                work();
                return;
            }
            try {
                pool.execute(this::work);
            } catch (RejectedExecutionException busy) {
                onAnotherThread();
            } catch (OutOfMemoryError none) {
                again(none);
            }
        }

        private void onAnotherThread() {
            try {
                DaemonThreads.of(this::work, "parlor-net-late").start();
            } catch (OutOfMemoryError none) {
                again(none);
            }
        }

        /** There may be a thread the next time. */
        private void again(Throwable why) {
            LOG.warn("no thread for a task of JGroups'; it is tried again", why);
            after(RETRY_NANOS);
        }

        private void work() {
            long nanos = runAndReset() ? nextNanos.getAsLong() : 0;
            if (nanos > 0) {
                after(nanos);
            } else {
                set(null);
                jobs.remove(this);
            }
        }

        @Override
        public boolean cancel(boolean interrupts) {
            boolean cancelled = super.cancel(false);
            Future<?> next = pending;
            if (next != null) {
                next.cancel(false);
            }
            jobs.remove(this);
            return cancelled;
        }
    }

    private static void guarded(Runnable command) {
        try {
            command.run();
        } catch (Throwable e) {
            // A task that is done again and again goes on.
            LOG.error("a task of JGroups' has failed: " + command, e);
        }
    }

    /** Nothing that was to be done is done any more. */
    void end() {
        jobs.forEach(job -> job.cancel(false));
    }

    @Override
    public void execute(Runnable command, boolean canBlock) {
        new Job(command, canBlock, command instanceof Task task ? next(task) : ONCE).after(0);
    }

    @Override
    public Future<?> schedule(Runnable command, long delay, TimeUnit unit, boolean canBlock) {
        return new Job(command, canBlock, ONCE).after(unit.toNanos(delay));
    }

    @Override
    public Future<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit, boolean canBlock) {
        return new Job(command, canBlock, () -> unit.toNanos(delay)).after(unit.toNanos(initialDelay));
    }

    /** As with a fixed delay: what JGroups has done at a rate need not catch up with what was not done in time. */
    @Override
    public Future<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit, boolean canBlock) {
        return scheduleWithFixedDelay(command, initialDelay, period, unit, canBlock);
    }

    @Override
    public Future<?> scheduleWithDynamicInterval(Task task, boolean canBlock) {
        return new Job(task, canBlock, next(task)).after(Math.max(1, next(task).getAsLong()));
    }

    private static LongSupplier next(Task task) {
        return () -> TimeUnit.MILLISECONDS.toNanos(task.nextInterval());
    }

    // ---- what is not a channel's to say

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void setThreadFactory(ThreadFactory factory) {}

    @Override
    public void setMinThreads(int size) {}

    @Override
    public void setMaxThreads(int size) {}

    @Override
    public void setKeepAliveTime(long time) {}

    @Override
    public void setNonBlockingTaskHandling(boolean handles) {}

    @Override
    public void removeCancelledTasks() {}

    @Override
    public String dumpTimerTasks() {
        return jobs.stream().map(job -> job.command.toString()).sorted().reduce("", (all, one) -> all + one + "\n");
    }

    @Override
    public int getMinThreads() {
        return 0;
    }

    @Override
    public int getMaxThreads() {
        return 1;
    }

    @Override
    public long getKeepAliveTime() {
        return 0;
    }

    @Override
    public int getCurrentThreads() {
        return jobs.isEmpty() ? 0 : 1;
    }

    @Override
    public boolean getNonBlockingTaskHandling() {
        return true;
    }

    @Override
    public int size() {
        return jobs.size();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }
}
