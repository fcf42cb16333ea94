package dev.parlor.testkit;

import dev.parlor.Room;
import java.util.List;

/**
 * Assertions about rooms, in the manner of AssertJ; to be imported beside {@code org.assertj.core.api.Assertions}. What they
 * assert may still be on its way: each waits until it holds, as long as {@code within} or {@link ParlorNetwork#patience} says,
 * and on a network of {@link NetworkKind#VIRTUAL_TIME} lets that time pass.
 */
public final class ParlorAssertions {
    private ParlorAssertions() {}

    /**
     * About one room, as one participant sees it.
     *
     * @param actual the room
     * @return the assertions
     */
    public static RoomAssert assertThat(Room actual) {
        return new RoomAssert(actual);
    }

    /**
     * About the replicas of a room: several participants' views of it.
     *
     * @param actual the room as each participant sees it
     * @return the assertions
     */
    public static RoomsAssert assertThat(List<Room> actual) {
        return new RoomsAssert(actual);
    }
}
