package dev.parlor.internal.thread;

import dev.parlor.internal.future.Completions;
import dev.parlor.internal.net.DaemonThreads;
import dev.parlor.internal.net.DaemonTimer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a room in a program: the system's clocks, and daemon threads, so that a program that forgets to
 * close a room still exits. The threads are those of all rooms of the JVM, so that a hundred rooms with nothing to do
 * need no more than one: a pool that grows with the rooms that are busy at once, and one timer, which their networks use as well.
 */
public final class Threads {
    /** A thread with nothing to do ends after this time. */
    private static final long IDLE_SECONDS = 10;
    /**
     * Unbounded, since a task may wait for the network and must not hold up other rooms. A room has two, and those that
     * complete futures ({@link Completions}): one, unless what depends on a future stands still.
     */
    private static final ExecutorService POOL = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
            new SynchronousQueue<>(), daemon("parlor"));
    private static final ScheduledExecutorService TIMER = DaemonTimer.ofAllRooms();
    /** Never ended. */
    private static final RoomTimer AFTERWARDS = new RoomTimer(TIMER);
    private static final ThreadFactory BACKGROUND = daemon("parlor-close");

    private Threads() {}

    /**
     * What one room uses of them.
     *
     * @param events where listeners run, or null for a thread of the pool
     */
    public static Environment forRoom(@Nullable Executor events) {
        RoomTimer timer = new RoomTimer(TIMER);
        SerialExecutor worker = new SerialExecutor(POOL, timer);
        // What is told after the close waits for a thread as well, if there is none.
        Executor own = events == null ? new SerialExecutor(POOL, AFTERWARDS) : events;
        return new Environment(System::currentTimeMillis, System::nanoTime, worker, own, events == null,
                new InContext(POOL), timer, AFTERWARDS, action -> BACKGROUND.newThread(action).start(),
                Environment.Waiting.REALLY, () -> {
                    timer.end();
                    worker.close();
                    // What listeners are still to hear they hear, also if one of them has closed the room.
                });
    }

    private static ThreadFactory daemon(String name) {
        AtomicInteger count = new AtomicInteger();
        return action -> DaemonThreads.of(action, name + "-" + count.incrementAndGet());
    }
}
