package dev.parlor.testkit.record;

import dev.parlor.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** Arguments of recordings that must be there. */
final class Require {
    private Require() {}

    /**
     * An argument that must not be null.
     *
     * @param what which argument, such as {@code "the name"}
     * @param instead what to pass, such as {@code "pass one such as \"Ada\""}
     */
    static <T> T present(@Nullable T value, String what, String instead) {
        if (value == null) {
            throw new InvalidArgumentException(what + " must not be null: " + instead);
        }
        return value;
    }

    /** An array that must not be null and hold none. */
    static <T> T[] all(T @Nullable [] values, String what) {
        T[] there = present(values, what, "leave them out for none");
        for (T each : there) {
            present(each, "each of " + what, "leave it out");
        }
        return there;
    }
}
