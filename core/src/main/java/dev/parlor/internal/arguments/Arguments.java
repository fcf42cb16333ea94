package dev.parlor.internal.family;

import dev.parlor.InvalidArgumentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Arguments that several calls take. */
public final class Arguments {
    /** Longer is a mistake, and no clock counts it in nanoseconds. */
    private static final Duration MAX_TIME = Duration.ofDays(365);

    private Arguments() {}

    /** @throws InvalidArgumentException if it is null */
    public static void requireListener(@Nullable Object listener) {
        if (listener == null) {
            throw new InvalidArgumentException("the listener must not be null: pass a lambda, which may do nothing");
        }
    }

    /** @throws InvalidArgumentException if it is no time to wait */
    public static void requireTime(@Nullable Duration time) {
        if (time == null || time.isNegative() || time.isZero() || time.compareTo(MAX_TIME) > 0) {
            throw new InvalidArgumentException("the time must be positive and at most " + MAX_TIME.toDays() + " days, got " + time);
        }
    }
}
