package dev.parlor.internal.machine.state;

import java.util.function.LongSupplier;

/** The moment of an input: one for all that it changes, read only if somebody asks. Guarded by the room's lock. */
public final class Now {
    private final LongSupplier clock;
    private long nanos;
    private boolean read;

    /** @param clock nanoseconds since some moment; only rises */
    public Now(LongSupplier clock) {
        this.clock = clock;
    }

    /** An input begins, or goes on after a wait. */
    public void begin() {
        read = false;
    }

    /** Nanoseconds since some moment. */
    public long nanos() {
        if (!read) {
            nanos = clock.getAsLong();
            read = true;
        }
        return nanos;
    }
}
