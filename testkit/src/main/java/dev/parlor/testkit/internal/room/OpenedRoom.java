package dev.parlor.testkit.internal.room;

import dev.parlor.Room;
import dev.parlor.testkit.internal.medium.Gate;

/**
 * A room that was joined on a network of the testkit.
 *
 * @param room the room
 * @param gate its program
 * @param log what it has told
 * @param openedHere whose stack says where it was opened
 */
public record OpenedRoom(Room room, Gate gate, EventLog log, Throwable openedHere) {
    public long id() {
        return room.me().id().value();
    }
}
