package dev.parlor.testkit.internal.argument;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments of the testkit that must be there. */
public final class Require {
    private Require() {}

    /**
     * An argument that must not be null.
     *
     * @param what which argument, such as {@code "the name"}
     * @param instead what to pass, such as {@code "pass one such as \"Ada\""}
     */
    public static <T> T present(@Nullable T value, String what, String instead) {
        if (value == null) {
            throw new InvalidArgumentException(what + " must not be null: " + instead);
        }
        return value;
    }

    /** An array that must not be null and hold none. */
    public static <T> T[] all(T @Nullable [] values, String what) {
        T[] there = present(values, what, "leave them out for none");
        for (T each : there) {
            present(each, "each of " + what, "leave it out");
        }
        return there;
    }

    /** A list that must not be null and hold none. */
    public static List<Room> rooms(@Nullable List<Room> rooms) {
        List<Room> there = present(rooms, "the rooms", "pass an empty list for none");
        there.forEach(each -> present(each, "each of the rooms", "leave it out"));
        return there;
    }

    public static Duration notNegative(@Nullable Duration time) {
        if (time == null || time.isNegative()) {
            throw new InvalidArgumentException("the time must not be negative, got " + time);
        }
        return time;
    }

    public static double share(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidArgumentException("the share must be from 0 to 1, such as 0.2 for a fifth, got " + share);
        }
        return share;
    }

    public static String name(@Nullable String name) {
        return present(name, "the name", "pass one such as \"server\"");
    }

    public static <T> Class<T> type(@Nullable Class<T> type) {
        return present(type, "the class", "pass one such as String.class");
    }
}
