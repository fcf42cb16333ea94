package dev.parlor.testkit;

import dev.parlor.Room;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.room.Differences;
import dev.parlor.testkit.internal.room.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the replicas of a room; see {@link ParlorAssertions}. */
public final class RoomsAssert extends AbstractAssert<RoomsAssert, List<Room>> {
    private final Waiting waiting;

    RoomsAssert(List<Room> actual) {
        super(actual == null ? null : Require.rooms(actual).stream().distinct().toList(), RoomsAssert.class);
        isNotNull();
        if (actual.isEmpty()) {
            throw new IllegalArgumentException("there is no room to say anything about");
        }
        waiting = Waiting.forRooms(actual);
    }

    /**
     * How long the assertions after this one wait.
     *
     * @param most how long at most
     * @return this
     */
    public RoomsAssert within(Duration most) {
        waiting.within(Require.notNegative(most));
        return this;
    }

    /**
     * All see the same participants and hold the same session data and user data. A failure says for each replica what differs: keys with value, author and stamp, participants, and its last events.
     *
     * @return this
     */
    public RoomsAssert eventuallyAgree() {
        if (!waiting.until(() -> Differences.agree(actual))) {
            throw failure("%s", "Expected " + actual.size() + " replicas to agree within " + waiting.patience() + ", but:"
                    + Differences.describe(actual));
        }
        return this;
    }

    /**
     * As {@link #eventuallyAgree}, within a time.
     *
     * @param most how long at most
     * @return this
     */
    public RoomsAssert converge(Duration most) {
        return within(most).eventuallyAgree();
    }

    /**
     * Something holds of each.
     *
     * @param assertions about one room
     * @return this
     */
    public RoomsAssert each(Consumer<RoomAssert> assertions) {
        Require.present(assertions, "the assertions", "pass a lambda, such as room -> room.isAlone()");
        actual.forEach(room -> assertions.accept(new RoomAssert(room).within(waiting.patience())));
        return this;
    }
}
