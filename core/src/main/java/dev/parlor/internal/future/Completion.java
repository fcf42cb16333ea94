package dev.parlor.internal.future;

import dev.parlor.RoomTimeoutException;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.Interrupts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that callers get, and those that they derive from it. It is completed by {@link Completions} alone, or by who
 * holds it. What is to run asynchronously and names no executor runs on the library's pool, since the common one may be
 * busy. Whoever waits for it lets time pass where time is not real, and does nothing else: a {@code CompletableFuture} has
 * its waiting threads run what others have made depend on it, which might be the thread of a user interface, and be held up
 * for as long as that takes. Thread-safe.
 */
public final class Completion<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Environment environment;
    /** Open once it has ended, made for the first who waits. */
    private volatile @Nullable CountDownLatch ended;

    /** One that nobody else ends with a room. */
    public Completion(Environment environment) {
        this.environment = environment;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Completion<>(environment);
    }

    @Override
    public Executor defaultExecutor() {
        return environment.callbacks();
    }

    // Those who wait are woken before what depends on it runs, which may take its time.

    @Override
    public boolean complete(T value) {
        wake();
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable why) {
        wake();
        return super.completeExceptionally(why);
    }

    @Override
    public boolean cancel(boolean interrupts) {
        wake();
        return super.cancel(interrupts);
    }

    private void wake() {
        CountDownLatch waiting = ended;
        if (waiting != null) {
            waiting.countDown();
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (!isDone()) {
            passTimeWithoutEnd();
            ended().await();
            awaitResult();
        }
        return super.get();
    }

    @Override
    public T join() {
        if (!isDone()) {
            passTimeWithoutEnd();
            try (Interrupts interrupts = new Interrupts(environment.nanos())) {
                interrupts.await(ended(), Long.MAX_VALUE);
            }
            awaitResult();
        }
        return super.join();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone()) {
            long left = environment.waiting().before(this::isDone, unit.toNanos(timeout));
            if (!isDone() && !ended().await(left, TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            awaitResult();
        }
        return super.get();
    }

    private void passTimeWithoutEnd() {
        if (environment.waiting().before(this::isDone, Long.MAX_VALUE) == 0 && !isDone()) {
            throw new RoomTimeoutException("waited for what does not come, however much time passes: "
                    + "have it happen before the wait, or wait with a timeout");
        }
    }

    private CountDownLatch ended() {
        if (ended == null) {
            synchronized (this) {
                if (ended == null) {
                    ended = new CountDownLatch(1);
                }
            }
            // For ends of which this class does not hear, such as those of futures that are derived.
            whenComplete((value, thrown) -> wake());
        }
        return ended;
    }

    /** Whoever was woken may be some instructions ahead of who ends it. */
    private void awaitResult() {
        while (!isDone()) {
            Thread.yield();
        }
    }
}
