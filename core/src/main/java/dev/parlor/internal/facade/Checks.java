package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.internal.family.Arguments;
import org.jspecify.annotations.Nullable;

/** Arguments that many calls take, and must not be null. */
public final class Checks {
    private Checks() {}

    static void requirePrefix(@Nullable String prefix) {
        if (prefix == null) {
            throw new InvalidArgumentException("the prefix must not be null: pass \"\" for all keys");
        }
    }

    static String requireKey(@Nullable String key) {
        if (key == null) {
            throw new InvalidArgumentException("the key must not be null: pass a text such as \"poll\"");
        }
        return key;
    }

    static void requireKey(@Nullable Key<?> key) {
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
        Arguments.requireListener(listener);
    }
}
