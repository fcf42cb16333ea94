package dev.parlor.internal.listener;

import dev.parlor.Warning;

/** What those who decode and tell have to do with the room itself. Each call is one input of the room; never under its lock. */
public interface RoomNotes {
    /** Something is wrong that is nobody's exception. */
    void warn(Warning.Kind kind, String message);

    /** The display name of somebody present or gone; its id if that is not known any more. */
    String nameOf(long id);
}
