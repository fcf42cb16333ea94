package dev.parlor.internal.thread;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Where time, threads and chance come from, so that a test can give its own and have a room do the same twice.
 *
 * @param millis the local clock, milliseconds since 1970; may jump
 * @param nanos a clock that only rises, for timeouts
 * @param worker runs what joins and sends, one after the other; may block on the network
 * @param events runs listeners
 * @param ownsEvents whether that is the room's own; if not it is the user's, which may be the very thread that closes, and may
 *     block, refuse, discard, or run at once what it is given
 * @param callbacks completes futures, with whatever users have made depend on them; runs several at once, and is never a
 *     pool that the application keeps busy with work of its own, nor the thread of events or of a timer
 * @param timer runs short things later; they must not block
 * @param afterwards as that, and goes on after the end: whoever uses it sees to it that nothing of a closed room stays there
 * @param background runs what may wait for the network and holds up nobody, such as the end of a join that has failed
 * @param waiting lets happen what somebody waits for, where it does not happen by itself
 * @param end ends the threads behind these, called once when the room is closed
 */
public record Environment(LongSupplier millis, LongSupplier nanos, Executor worker, Executor events, boolean ownsEvents,
        Executor callbacks, Timer timer, Timer afterwards, Executor background, Waiting waiting, Runnable end) {
    /** Runs things later. */
    public interface Timer {
        /**
         * Runs an action once after a delay, unless the environment has ended or it is cancelled.
         *
         * @return cancels it, so that nothing of it is kept; does nothing once it has run
         */
        Runnable after(long delayMillis, Runnable action);
    }

    /** What a caller does before it waits, without the room's lock. */
    public interface Waiting {
        /** Nothing: others run meanwhile. */
        Waiting REALLY = (done, nanos) -> nanos;

        /**
         * Somebody is about to wait.
         *
         * @param done what for
         * @param nanos how long at most
         * @return how long still to wait really, 0 where the time is not real and has passed
         */
        long before(BooleanSupplier done, long nanos);
    }
}
