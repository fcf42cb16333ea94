package dev.parlor.internal.door;

import dev.parlor.RoomBuilder;
import java.util.function.Function;

/** Gives the API the builder of a room; found by it by name. */
public final class RoomDoor implements Function<String, RoomBuilder> {
    /** Called by reflection. */
    public RoomDoor() {}

    @Override
    public RoomBuilder apply(String room) {
        return new JoiningRoom(room);
    }
}
