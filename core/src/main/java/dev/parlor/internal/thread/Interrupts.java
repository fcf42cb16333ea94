package dev.parlor.internal.thread;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Keeps the caller's interrupts from what must not be cut short: the flag is cleared at the beginning, an interrupt meanwhile
 * ends no wait, and at the end the flag is what it would have been. For one thread.
 */
public final class Interrupts implements AutoCloseable {
    private final LongSupplier nanos;
    private boolean interrupted = Thread.interrupted();

    /** @param nanos a clock that only rises */
    public Interrupts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A wait that ends by itself after some nanoseconds. */
    private interface Wait {
        boolean await(long nanos) throws InterruptedException;
    }

    /** Waits for a future, however it ends; false if it has not in that time. */
    public boolean await(Future<?> future, long mostNanos) {
        return await(mostNanos, left -> {
            try {
                future.get(left, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | java.util.concurrent.CancellationException failed) {
                return true;
            } catch (TimeoutException late) {
                return future.isDone();
            }
            return true;
        });
    }

    /** Waits for a latch; false if it is not open in that time. */
    public boolean await(CountDownLatch latch, long mostNanos) {
        return await(mostNanos, left -> latch.await(left, TimeUnit.NANOSECONDS));
    }

    private boolean await(long mostNanos, Wait wait) {
        long begun = nanos.getAsLong();
        long left = mostNanos;
        while (true) {
            try {
                return wait.await(Math.max(0, left));
            } catch (InterruptedException e) {
                interrupted = true;
                left = mostNanos - (nanos.getAsLong() - begun);
            }
        }
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
