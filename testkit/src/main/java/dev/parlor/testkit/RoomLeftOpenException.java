package dev.parlor.testkit;

import dev.parlor.ParlorException;

/** A test has left a room open. Its cause is the place where the room was opened. */
public final class RoomLeftOpenException extends ParlorException {
    private static final long serialVersionUID = 1L;

    RoomLeftOpenException(String room, Throwable openedHere) {
        super("the test has left " + room + " open: close it, best with try (Room room = …); where it was opened is the cause below",
                openedHere);
    }
}
