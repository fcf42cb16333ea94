package dev.parlor.testkit;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments of networks and assertions that must be there. */
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

    /** A list that must not be null and hold none. */
    static List<Room> rooms(@Nullable List<Room> rooms) {
        List<Room> there = present(rooms, "the rooms", "pass an empty list for none");
        there.forEach(each -> present(each, "each of the rooms", "leave it out"));
        return there;
    }

    static Duration notNegative(@Nullable Duration time) {
        if (time == null || time.isNegative()) {
            throw new InvalidArgumentException("the time must not be negative, got " + time);
        }
        return time;
    }

    static double share(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidArgumentException("the share must be from 0 to 1, such as 0.2 for a fifth, got " + share);
        }
        return share;
    }

    static <T> Class<T> type(@Nullable Class<T> type) {
        return present(type, "the class", "pass one such as String.class");
    }
}
