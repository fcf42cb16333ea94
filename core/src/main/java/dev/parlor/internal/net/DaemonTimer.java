package dev.parlor.internal.net;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one timer of all rooms of a JVM and of their networks: one thread, while anything is to be done later. Nothing that may block is run on it. */
public final class DaemonTimer {
    /** With nothing to do later its thread ends after this time. */
    private static final long IDLE_SECONDS = 10;
    private static final ScheduledExecutorService TIMER = make();

    private DaemonTimer() {}

    private static ScheduledExecutorService make() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.of(task, "parlor-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** The timer, which nobody ends. */
    public static ScheduledExecutorService ofAllRooms() {
        return TIMER;
    }
}
