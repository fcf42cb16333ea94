package dev.parlor.testkit.internal.argument;

import dev.parlor.InvalidArgumentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait. */
public final class Patience {
    /**
     * The default: a JVM on a machine with nothing else to do is there in a second; on a machine that builds on all its
     * cores it has taken ten. Shorter fails there for nothing, longer makes a failing test tedious.
     */
    public static final Duration DEFAULT = Duration.ofSeconds(30);
    /** Whoever waits longer than a day has mistaken the unit. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Patience() {}

    public static Duration check(@Nullable Duration timeout) {
        if (timeout == null || timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidArgumentException("a timeout must be positive and at most " + LONGEST.toHours()
                    + " hours, got " + timeout);
        }
        return timeout;
    }

    /** A time as a person reads it. */
    public static String text(Duration time) {
        return time.toMillis() < 10_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}
