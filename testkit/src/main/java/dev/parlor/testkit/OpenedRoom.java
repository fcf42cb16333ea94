package dev.parlor.testkit;

import dev.parlor.Room;

/**
 * A room that was joined on a network of the testkit.
 *
 * @param room the room
 * @param gate its program
 * @param log what it has told
 * @param openedHere whose stack says where it was opened
 */
record OpenedRoom(Room room, Gate gate, EventLog log, Throwable openedHere) {
    long id() {
        return room.me().id().value();
    }
}
