package dev.parlor.internal.arguments;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Arguments that several calls take, and what is said of those that cannot be. */
public final class Arguments {
    /** Longer is a mistake, and no clock counts it in nanoseconds. */
    private static final Duration MAX_TIME = Duration.ofDays(365);

    private Arguments() {}

    /** @throws InvalidArgumentException if it is null */
    public static void requirePrefix(@Nullable String prefix) {
        if (prefix == null) {
            throw new InvalidArgumentException("the prefix must not be null: pass \"\" for all keys");
        }
    }

    /** @throws InvalidArgumentException if it is null */
    public static String requireKey(@Nullable String key) {
        if (key == null) {
            throw new InvalidArgumentException("the key must not be null: pass a text such as \"poll\"");
        }
        return key;
    }

    /** @throws InvalidArgumentException if it is null */
    public static void requireKey(@Nullable Key<?> key) {
        if (key == null) {
            throw new InvalidArgumentException("the key must not be null: make one with Key.of(\"poll\", Poll.class)");
        }
    }

    /** @throws InvalidArgumentException if it is null */
    public static void requireType(@Nullable Class<?> type) {
        if (type == null) {
            throw new InvalidArgumentException("the class must not be null: pass one such as String.class");
        }
    }

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
