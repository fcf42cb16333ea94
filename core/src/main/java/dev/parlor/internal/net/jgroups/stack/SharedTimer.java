package dev.parlor.internal.net.jgroups.stack;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jgroups.util.ThreadFactory;
import org.jgroups.util.TimeScheduler;

/** A timer that goes on when one of the channels that use it starts or stops it, or would give it other threads. */
final class SharedTimer implements TimeScheduler {
    private final TimeScheduler timer;

    SharedTimer(TimeScheduler timer) {
        this.timer = timer;
    }

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
    public void execute(Runnable command, boolean canBlock) {
        timer.execute(command, canBlock);
    }

    @Override
    public Future<?> schedule(Runnable command, long delay, TimeUnit unit, boolean canBlock) {
        return timer.schedule(command, delay, unit, canBlock);
    }

    @Override
    public Future<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit,
            boolean canBlock) {
        return timer.scheduleWithFixedDelay(command, initialDelay, delay, unit, canBlock);
    }

    @Override
    public Future<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit, boolean canBlock) {
        return timer.scheduleAtFixedRate(command, initialDelay, period, unit, canBlock);
    }

    @Override
    public Future<?> scheduleWithDynamicInterval(Task task, boolean canBlock) {
        return timer.scheduleWithDynamicInterval(task, canBlock);
    }

    @Override
    public String dumpTimerTasks() {
        return timer.dumpTimerTasks();
    }

    @Override
    public void removeCancelledTasks() {
        timer.removeCancelledTasks();
    }

    @Override
    public int getMinThreads() {
        return timer.getMinThreads();
    }

    @Override
    public int getMaxThreads() {
        return timer.getMaxThreads();
    }

    @Override
    public long getKeepAliveTime() {
        return timer.getKeepAliveTime();
    }

    @Override
    public int getCurrentThreads() {
        return timer.getCurrentThreads();
    }

    @Override
    public boolean getNonBlockingTaskHandling() {
        return timer.getNonBlockingTaskHandling();
    }

    @Override
    public int size() {
        return timer.size();
    }

    @Override
    public boolean isShutdown() {
        return timer.isShutdown();
    }
}
