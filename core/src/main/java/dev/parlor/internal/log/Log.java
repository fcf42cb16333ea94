package dev.parlor.internal.log;

import dev.parlor.internal.net.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logger whose callers never wait for where the lines go: a console in which text is selected, a full pipe or a slow disk
 * would otherwise stop the network's threads and every caller that raises a warning. The lines of all rooms are written in
 * order by one daemon thread, which ends when there is nothing to write. Of lines that cannot be written {@link #MAX_LINES}
 * wait; more are dropped, counted, and told of with the next line that is written.
 *
 * <p>Lines carry the name of that thread, and the time at which they are written. Thread-safe.
 */
public final class Log {
    /** Lines that wait. Rooms log little, so these are more than come while a log is rotated or a console is scrolled. */
    static final int MAX_LINES = 1_000;
    /** The thread ends after this time with nothing to write. */
    private static final long IDLE_SECONDS = 5;
    private static final AtomicLong DROPPED = new AtomicLong();
    private static final AtomicLong UNTOLD = new AtomicLong();
    private static final ThreadPoolExecutor WRITER = writer();

    private final Logger logger;

    private Log(Logger logger) {
        this.logger = logger;
    }

    private static ThreadPoolExecutor writer() {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_LINES), Log::thread, (line, full) -> {
                    DROPPED.incrementAndGet();
                    UNTOLD.incrementAndGet();
                });
        writer.allowCoreThreadTimeOut(true);
        return writer;
    }

    /** Holds nothing of whoever happens to log first. */
    private static Thread thread(Runnable action) {
        return DaemonThreads.of(action, "parlor-log");
    }

    /** The log of a class. */
    public static Log of(Class<?> type) {
        return new Log(LoggerFactory.getLogger(type));
    }

    /** Writes a line with a logger of somebody else. */
    public static void write(Logger logger, Runnable line) {
        Runnable written = () -> {
            long dropped = UNTOLD.getAndSet(0);
            if (dropped > 0) {
                logger.warn("{} lines of Parlor's log were dropped: it could not be written fast enough", dropped);
            }
            line.run();
        };
        try {
            WRITER.execute(written);
        } catch (OutOfMemoryError e) {
            // There is no thread to be had. Whoever logs goes on.
            DROPPED.incrementAndGet();
        }
    }

    /** Lines dropped so far, of all rooms of this JVM. */
    public static long dropped() {
        return DROPPED.get();
    }

    /**
     * Waits until what has been logged before is written: a program that ends now shall not lose it.
     *
     * @param millis how long at most
     */
    public static void settle(long millis) {
        if (WRITER.getActiveCount() == 0 && WRITER.getQueue().isEmpty()) {
            return;
        }
        CountDownLatch written = new CountDownLatch(1);
        WRITER.execute(written::countDown);
        try {
            written.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@link Logger#debug(String, Object...)}. */
    public void debug(String format, Object... arguments) {
        if (logger.isDebugEnabled()) {
            write(logger, () -> logger.debug(format, arguments));
        }
    }

    /** As {@link Logger#info(String, Object...)}. */
    public void info(String format, Object... arguments) {
        if (logger.isInfoEnabled()) {
            write(logger, () -> logger.info(format, arguments));
        }
    }

    /** As {@link Logger#warn(String, Object...)}. */
    public void warn(String format, Object... arguments) {
        if (logger.isWarnEnabled()) {
            write(logger, () -> logger.warn(format, arguments));
        }
    }

    /** As {@link Logger#error(String, Object...)}. */
    public void error(String format, Object... arguments) {
        if (logger.isErrorEnabled()) {
            write(logger, () -> logger.error(format, arguments));
        }
    }
}
