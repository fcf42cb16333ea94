package dev.parlor.internal.room;

import dev.parlor.RoomTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that callers get, and those that they derive from it. It is completed by {@link Completions} alone, or by who
 * holds it. Whoever waits for it lets time pass where time is not real; what is to run asynchronously and names no
 * executor runs on the library's pool, since the common one may be busy. Thread-safe.
 */
final class Completion<T> extends CompletableFuture<T> {
    private final Environment environment;

    Completion(Environment environment) {
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

    @Override
    public T get() throws InterruptedException, ExecutionException {
        awaitWithoutEnd();
        return super.get();
    }

    @Override
    public T join() {
        awaitWithoutEnd();
        return super.join();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long left = unit.toNanos(timeout);
        return super.get(isDone() ? left : environment.waiting().before(this::isDone, left), TimeUnit.NANOSECONDS);
    }

    private void awaitWithoutEnd() {
        if (!isDone() && environment.waiting().before(this::isDone, Long.MAX_VALUE) == 0 && !isDone()) {
            throw new RoomTimeoutException("waited for what does not come, however much time passes: "
                    + "have it happen before the wait, or wait with a timeout");
        }
    }
}
