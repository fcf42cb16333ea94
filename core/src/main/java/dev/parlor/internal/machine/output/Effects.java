package dev.parlor.internal.machine.output;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What the machine has done outside, once the input that asks for it has been applied and the room's lock given back. Each
 * method only puts in what is to be done. Under the lock, but for what {@link #soon} returns.
 */
public interface Effects {
    /** Has an input applied after a time, unless the room has ended by then. */
    void after(long millis, Runnable input);

    /** Something that may be run on any thread, under any lock but the room's, and has an input applied soon after. */
    Runnable soon(Runnable input);

    /**
     * Does what takes time, on the room's worker, and has an input applied to what it gives. If it throws, that is logged and
     * nothing is applied.
     *
     * @param what it is, for the log
     */
    <R> void compute(String what, Callable<R> work, Consumer<R> input);

    /** Has the network give up its view and look for the others. */
    void lookForOthers();

    /** Has the network go on without these members. */
    void expel(List<Long> members);

    /** Who is here is not who was here before: wakes those who wait for somebody. */
    void participantsChanged();

    /** There may be room for messages: wakes those who wait to send. */
    void roomChanged();

    /** This participant is in the room. */
    void joined();

    /** It cannot come in. */
    void joinFailed(RuntimeException why);
}
