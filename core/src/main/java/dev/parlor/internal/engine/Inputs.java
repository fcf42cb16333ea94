package dev.parlor.internal.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where inputs are applied: one at a time, and after each is done outside what follows from it. Not under the room's lock. */
public interface Inputs {
    /** Applies one, unless the room has ended. */
    void apply(Runnable input);

    /**
     * Applies one of a caller, and returns what it gives.
     *
     * @throws dev.parlor.RoomClosedException if the room is closed
     */
    <T extends @Nullable Object> T call(Supplier<T> input);

    /** Takes the lock for one input that is too hot for an object of its own; {@link #leave} follows whatever happens. */
    void enter();

    /**
     * As {@link #leave}, for an input that wrote or said one thing: if nothing else is to be sent, and the network need not be waited
     * for, it is sent here and now.
     */
    void leaveAndSend();

    /** Gives the lock back, and does outside what follows from the input. */
    void leave();
}
