package dev.parlor.internal.room;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The environment of a room in a program: the system's clocks, and daemon threads of its own, so that a program that
 * forgets to close a room still exits. Threads begin when first needed.
 */
final class Threads {
    /** An event thread with nothing to do ends after this time. */
    private static final long IDLE_SECONDS = 10;

    private Threads() {}

    /**
     * Threads for one room.
     *
     * @param events where listeners run, or null for a thread of the room
     */
    static Environment forRoom(String room, Executor events) {
        ExecutorService worker = single("parlor-send " + room);
        ExecutorService own = events == null ? single("parlor-events " + room) : null;
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemon("parlor-timer " + room));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
        return new Environment(System::currentTimeMillis, System::nanoTime, worker, own != null ? own : events, own != null,
                new CompletableFuture<>().defaultExecutor(),
                (delayMillis, action) -> {
                    try {
                        timer.schedule(action, delayMillis, TimeUnit.MILLISECONDS);
                    } catch (RejectedExecutionException ended) {
                        // The room is closed; nothing is to happen later.
                    }
                },
                () -> {
                    worker.shutdown();
                    timer.shutdownNow();
                    if (own != null) {
                        own.shutdown();
                    }
                });
    }

    private static ExecutorService single(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), daemon(name));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static ThreadFactory daemon(String name) {
        return action -> {
            Thread thread = Executors.defaultThreadFactory().newThread(action);
            thread.setName(name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
