package dev.parlor.testkit.internal.time;

import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The time of a network: the real one, or one that the test lets pass. */
public interface Time {
    /** Milliseconds since 1970. */
    long millis();

    /** Nanoseconds since some moment. */
    long nanos();

    /** Runs something after all that was given before, at once. */
    void execute(Runnable action);

    /** Runs something after a while, those of the same moment in order. */
    void after(long nanos, Runnable action);

    /** What a room needs, before faults are added. */
    Environment environment(@Nullable Executor events);

    /** Lets time pass. */
    void pass(Duration time);

    /** Lets time pass until something holds; says whether it does. */
    boolean await(BooleanSupplier condition, Duration most);

    /** Ends what runs by itself. */
    void end();
}
