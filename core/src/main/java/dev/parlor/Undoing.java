package dev.parlor;

import java.util.Set;

/** What of {@link SessionData} undoes one's own changes. */
interface Undoing {
    /**
     * Remembers what this participant changes from now on, to undo it; see {@link Undo}. A room has at most 100 that are not closed.
     *
     * @param steps how many steps are remembered at most: 1 to {@link Undo#MOST_STEPS}; the oldest are forgotten
     * @return the steps, none yet
     * @throws InvalidArgumentException if it is less or more, or the room has too many already
     * @throws RoomClosedException if the room is closed
     */
    Undo undo(int steps);

    /**
     * Remembers what this participant changes from now on of the keys that begin with a text. Of a batch it remembers what is of these.
     *
     * @param steps how many steps are remembered at most, as by {@link #undo(int)}
     * @param prefix how the keys begin; {@code ""} for all
     * @return the steps, none yet
     * @throws InvalidArgumentException if the prefix is null, and as by {@link #undo(int)}
     * @throws RoomClosedException if the room is closed
     */
    Undo undo(int steps, String prefix);

    /**
     * Remembers what this participant changes from now on of some keys. Of a batch it remembers what is of these.
     *
     * @param steps how many steps are remembered at most, as by {@link #undo(int)}
     * @param keys the keys, at least one; copied
     * @return the steps, none yet
     * @throws InvalidArgumentException if there is none or one of them is null, and as by {@link #undo(int)}
     * @throws RoomClosedException if the room is closed
     */
    Undo undo(int steps, Set<String> keys);
}
