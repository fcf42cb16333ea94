package dev.parlor.internal.room;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what it is given one after the other, on the threads of a pool that many share: a room that has nothing to do
 * holds no thread. What it runs sees the context class loader of who made it, as it would on a thread of its own.
 * Thread-safe.
 */
final class SerialExecutor implements Executor {
    private final Executor pool;
    private final ClassLoader context = Thread.currentThread().getContextClassLoader();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    SerialExecutor(Executor pool) {
        this.pool = pool;
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
        if (waiting.getAndIncrement() == 0) {
            pool.execute(this::drain);
        }
    }

    /** Takes no more; what it was given before still runs. */
    void close() {
        closed = true;
    }

    private void drain() {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(context);
        do {
            try {
                tasks.remove().run();
            } catch (Throwable e) {
                current.getUncaughtExceptionHandler().uncaughtException(current, e);
            }
        } while (waiting.decrementAndGet() != 0);
        current.setContextClassLoader(before);
    }
}
