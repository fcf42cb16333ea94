package dev.parlor.testkit.internal.control;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A JVM that was started from a control room, which ends it.
 *
 * @param alive whether it has not ended
 * @param state how it is, in words
 * @param kill kills it, without waiting
 * @param close kills it and waits for its end
 */
public record Started(BooleanSupplier alive, Supplier<String> state, Runnable kill, Runnable close) {
    boolean isAlive() {
        return alive.getAsBoolean();
    }
}
