package dev.parlor;

import java.util.Set;

/**
 * What this participant has changed of session data, step by step, to be undone and done again. Made by {@link SessionData#undo(int)},
 * from when on it remembers; {@link #close} it when it is not needed any more.
 *
 * <p><b>A step</b> is one {@code put} or {@code remove}, one {@code update} or {@code merge}, one {@code replace} or {@code clear}, or
 * all that is written in one {@link #group}. What changes nothing (a put of an equal value, a removal of what is not there) is no step. Nor
 * are start values ({@code putDefault}), which replace nothing. A new step forgets the steps that could be redone.
 *
 * <p><b>Others</b> are never undone. A key is restored only if it still holds what the step wrote: not if another participant has written
 * it since, nor if this one has by what is not remembered here. {@link Result#left} names such keys. As with any write, what
 * another writes at the same moment and has not arrived is settled by time. In a partition, undo goes by what this part of the room
 * knows. After the merge, keys that another part has overwritten are left.
 *
 * <p><b>What is restored</b> is written by this participant, now, as one change. It keeps the lifetime that it had ({@link Lifetime}): what
 * was to end at a time still does, and if it has ended meanwhile the key is removed; what lives while its author is present now lives
 * while this participant is. What a step wrote and has ended by itself is left. A start value comes back as an ordinary one.
 *
 * <p><b>Limits.</b> At most as many steps as were asked for are remembered, and in all {@code Undo} objects of a room as many bytes
 * (values that were replaced and written, as encoded) as its share of {@link RoomBuilder#memory} allows: {@code
 * memoryByUse().get("UNDO")}. Where there is no room, the oldest steps are forgotten, and counted by {@link #forgotten}; a single
 * step that is larger cannot be undone. A removal that the room has forgotten can be undone nonetheless.
 *
 * <p>Survives reconnects and partitions, and goes on while this participant is alone; it ends with the room. Several {@code Undo}
 * objects remember independently of each other: what one undoes is to the others a change like any other.
 *
 * <p>Thread-safe. No call waits for the network.
 */
public interface Undo extends AutoCloseable {
    /** The most steps that can be asked for: more than anybody goes back, and an amount of work that a mistake cannot exceed. */
    int MOST_STEPS = 10_000;

    /**
     * What an undo or redo did. Immutable and thread-safe.
     *
     * @param restored the keys that were written
     * @param left the keys of the step that were left as they are, since they hold something newer than what the step wrote. They are no
     *     longer part of it.
     */
    record Result(Set<String> restored, Set<String> left) {
        /**
         * Copies the sets.
         *
         * @param restored the keys that were written
         * @param left the keys of the step that were left
         */
        public Result {
            restored = Require.set(restored, "the restored keys");
            left = Require.set(left, "the keys that were left");
        }
    }

    /**
     * Whether there is a step to undo.
     *
     * @return true if there is; false on a closed room
     */
    boolean canUndo();

    /**
     * Whether there is a step to redo.
     *
     * @return true if there is; false on a closed room
     */
    boolean canRedo();

    /**
     * Restores what the last step replaced, as one change, for the keys that still hold what it wrote.
     *
     * @return what was restored and what was left; nothing of both if there is no step
     * @throws RoomClosedException if the room is closed
     * @throws PayloadTooLargeException if the session data would be larger than it may be, or no new key is taken, as by {@code put}.
     *     Nothing has changed, and the step is still there.
     */
    Result undo();

    /**
     * Writes again what the step that was undone last had written, as one change, for the keys that still hold what undo restored.
     *
     * @return what was written and what was left; nothing of both if there is no step
     * @throws RoomClosedException if the room is closed
     * @throws PayloadTooLargeException as by {@link #undo}
     */
    Result redo();

    /**
     * Makes one step of all that the calling thread writes while an action runs, such as a drag. Each write is made, sent and told as
     * ever. Groups within a group are part of it. What other threads write meanwhile are steps of their own. An {@code undo()} meanwhile
     * ends the step; what is written after it is a further one.
     *
     * @param writes run once, on the calling thread, without any lock; what it throws is thrown here, and what it had written is one step
     * @throws RoomClosedException if the room is closed
     */
    void group(Runnable writes);

    /**
     * Listens for changes of {@link #canUndo} and {@link #canRedo}, to enable and disable buttons.
     *
     * @param listener called on the room's event thread, once for several changes if it is slow
     * @return the registration
     * @throws RoomClosedException if the room is closed
     */
    Subscription onChange(Runnable listener);

    /**
     * How many steps have been forgotten since there was no memory for them, beside those beyond the number that was asked for.
     *
     * @return the number of steps
     */
    long forgotten();

    /** Forgets all steps and remembers no more. Calling it again does nothing, and undo and redo then find no step. */
    @Override
    void close();
}
