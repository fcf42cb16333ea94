package dev.parlor.internal.thread;

import dev.parlor.internal.log.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs what it is given one after the other, on the threads of a pool that many share: a room that has nothing to do
 * holds no thread. Where the pool has no thread to give, as when the machine is out of memory, the tasks wait for the next
 * task, or for a look by the timer. Thread-safe.
 */
final class SerialExecutor implements Executor {
    /** So long after the pool refused it is asked again: memory comes back in seconds, if it does. */
    static final long ASK_AGAIN_MILLIS = 1_000;
    private static final Log LOG = Log.of(SerialExecutor.class);

    private final Executor pool;
    private final Environment.Timer timer;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Whether a thread of the pool runs tasks, or is about to. */
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean closed;

    SerialExecutor(Executor pool, Environment.Timer timer) {
        this.pool = new InContext(pool);
        this.timer = timer;
    }

    /**
     * Runs something after all that was given before.
     *
     * @throws RejectedExecutionException if it is closed
     */
    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the room is closed");
        }
        tasks.add(task);
        begin();
    }

    /** Takes no more; what it was given before still runs. */
    void close() {
        closed = true;
    }

    private void begin() {
        if (tasks.isEmpty() || !draining.compareAndSet(false, true)) {
            return;
        }
        try {
            pool.execute(this::drain);
        } catch (RuntimeException | Error e) {
            draining.set(false);
            LOG.warn("no thread for what a room has to do; it is tried again", e);
            timer.after(ASK_AGAIN_MILLIS, this::begin);
        }
    }

    private void drain() {
        try {
            for (Runnable task; (task = tasks.poll()) != null;) {
                InContext.run(task);
            }
        } finally {
            draining.set(false);
        }
        // What was put in after the last look found somebody draining.
        begin();
    }
}
