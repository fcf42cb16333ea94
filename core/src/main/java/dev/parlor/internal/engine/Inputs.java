package dev.parlor.internal.engine;

import java.util.function.Supplier;

/** Where inputs are applied: one at a time, and after each is done outside what follows from it. Not under the room's lock. */
interface Inputs {
    /** Applies one, unless the room has ended. */
    void apply(Runnable input);

    /**
     * Applies one of a caller, and returns what it gives.
     *
     * @throws dev.parlor.RoomClosedException if the room is closed
     */
    <T> T call(Supplier<T> input);
}
