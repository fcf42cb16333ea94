package dev.parlor.testkit.internal.time;

import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.Threads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The system's time, and threads of the JVM that are there only while there is something to do. */
public final class RealTime implements Time {
    /** How often a condition is looked at: a tenth of what a person or a test notices. */
    private static final long LOOK_NANOS = 1_000_000L;

    private final Environment network = Threads.forRoom(null);

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable action) {
        try {
            network.worker().execute(action);
        } catch (RejectedExecutionException ended) {
            // Nobody is there any more.
        }
    }

    @Override
    public void after(long nanos, Runnable action) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
        // The timer is that of all rooms of the JVM: what it begins goes on elsewhere.
        network.timer().after(millis, () -> execute(action));
    }

    @Override
    public Environment environment(@Nullable Executor events) {
        return Threads.forRoom(events);
    }

    @Override
    public void pass(Duration time) {
        await(() -> false, time);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration most) {
        return poll(condition, most);
    }

    /** Looks now and then whether something holds; says whether it does. */
    public static boolean poll(BooleanSupplier condition, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void end() {
        network.end().run();
    }
}
