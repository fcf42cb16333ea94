package dev.parlor.internal.facade;

import dev.parlor.RoomTimeoutException;
import dev.parlor.WaitInterruptedException;
import dev.parlor.WaitRefusedException;
import dev.parlor.internal.dispatch.Dispatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Has callers wait for a value that they could also be told of. Not instantiated. */
final class Patience {
    private Patience() {}

    /**
     * Waits for a value.
     *
     * @param begin begins to wait, once it is known that the caller may
     * @param now what is there, for who has waited in vain
     */
    static <T> T await(String key, Duration timeout, Dispatcher dispatcher, Supplier<CompletableFuture<T>> begin,
            Supplier<Optional<Object>> now) {
        if (dispatcher.isDelivering()) {
            throw new WaitRefusedException("a wait for \"" + key + "\" in a listener or handler would hold up all other listeners of the "
                    + "room for up to " + timeout + ": use when(…), whose future tells you, or bind(…), or wait on a thread of your own");
        }
        CompletableFuture<T> future = begin.get();
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            if (future.cancel(true)) {
                throw new RoomTimeoutException("waited " + timeout + " for a value of \"" + key + "\" that satisfies the condition; "
                        + now.get().map(value -> "it holds one of " + value.getClass().getName() + " that does not")
                                .orElse("it holds none that can be read here"));
            }
            // It came at the last moment.
            return ended(future);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("interrupted while waiting for a value of \"" + key + "\"", e);
        }
    }

    private static <T> T ended(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    /** What the condition has thrown, or how the room has ended, as it is. */
    private static RuntimeException failure(Exception failed) {
        Throwable why = failed.getCause();
        if (why instanceof Error thrown) {
            throw thrown;
        }
        return why instanceof RuntimeException thrown ? thrown : new CompletionException(why);
    }
}
