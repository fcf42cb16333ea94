package dev.parlor.it;

import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Participants of one room in this JVM, in memory, closed with the test. */
final class Rooms implements AutoCloseable {
    static final String IN_JVM = "classpath:parlor-stacks/in-jvm.xml";

    private final String name = "test-" + UUID.randomUUID();
    private final List<Room> joined = new ArrayList<>();

    String name() {
        return name;
    }

    Room join(String displayName) {
        return join(displayName, builder -> builder);
    }

    Room join(String displayName, UnaryOperator<RoomBuilder> options) {
        Room room = options.apply(Room.named(name).as(displayName).stack(IN_JVM)).join();
        joined.add(room);
        return room;
    }

    @Override
    public void close() {
        joined.forEach(Room::close);
    }
}
