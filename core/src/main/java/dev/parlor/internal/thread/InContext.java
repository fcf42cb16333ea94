package dev.parlor.internal.thread;

import java.util.concurrent.Executor;

/**
 * Runs what it is given on threads that many rooms share, as if each thread were its own: with the context class loader of
 * whoever made it, and without an interrupt flag that what ran before has left behind, since the network must not be
 * called with one. Thread-safe.
 */
public final class InContext implements Executor {
    private final Executor pool;
    private final ClassLoader context = Thread.currentThread().getContextClassLoader();

    InContext(Executor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(() -> {
            Thread current = Thread.currentThread();
            ClassLoader before = current.getContextClassLoader();
            current.setContextClassLoader(context);
            try {
                run(task);
            } finally {
                current.setContextClassLoader(before);
            }
        });
    }

    /**
     * Runs one of several tasks of a thread; what it throws is told to the thread's handler, and an interrupt that it leaves
     * behind is not the next one's.
     */
    public static void run(Runnable task) {
        Thread current = Thread.currentThread();
        boolean interrupted = current.isInterrupted();
        try {
            task.run();
        } catch (Throwable e) {
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        } finally {
            if (!interrupted) {
                Thread.interrupted();
            }
        }
    }
}
