package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.net.DaemonTimer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jgroups.util.ThreadFactory;
import org.jgroups.util.TimeScheduler;

/**
 * The threads that the channels of all rooms of a JVM share: a pool for what arrives and a timer. With its own for each
 * channel, a hundred rooms with nothing to do took a thousand threads and a fifth of a core.
 */
public final class SharedThreads {
    /** More at once, and JGroups drops what arrives and has it sent again. Each busy sender of each room needs one. */
    private static final int MAX_THREADS = 256;
    private static final long IDLE_SECONDS = 5;
    private static final ThreadFactory FACTORY = new NetworkThreads();
    private static final ExecutorService POOL = new ThreadPoolExecutor(0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new SynchronousQueue<>(), FACTORY);
    private static final SharedTimer TIMER = new SharedTimer(DaemonTimer.ofAllRooms(), pool(), false);
    private static final SharedTimer WAITING_TIMER = new SharedTimer(DaemonTimer.ofAllRooms(), pool(), true);

    private static int channels;

    private SharedThreads() {}

    /** For one channel, whose end does not end it: so it must not be seen to be an {@link ExecutorService}. */
    public static Executor pool() {
        return POOL::execute;
    }

    /**
     * For every channel. The end of a channel does not end it.
     *
     * @param waits whether the channel's transport may stand still when it sends: then nothing of it runs on the timer's own thread
     */
    static TimeScheduler timer(boolean waits) {
        return waits ? WAITING_TIMER : TIMER;
    }

    /** A channel is about to be made. */
    public static synchronized void begin() {
        channels++;
    }

    /** A channel has been closed. With the last, what is still to be done is forgotten: it would hold what the application has closed. */
    public static synchronized void end() {
        if (--channels == 0) {
            TIMER.end();
            WAITING_TIMER.end();
        }
    }
}
