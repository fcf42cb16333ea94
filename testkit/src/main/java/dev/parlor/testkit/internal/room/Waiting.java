package dev.parlor.testkit.internal.room;

import dev.parlor.Room;
import dev.parlor.testkit.internal.time.RealTime;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How an assertion waits: in the time of the network that its rooms are on. */
public final class Waiting {
    /** Rooms that were joined elsewhere are in real time, and have as long as those of a network. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final @Nullable TestSurroundings around;
    private Duration patience;

    private Waiting(@Nullable TestSurroundings around) {
        this.around = around;
        patience = around == null ? ELSEWHERE : around.patience();
    }

    public static Waiting forRooms(List<Room> rooms) {
        return new Waiting(rooms.isEmpty() ? null : TestSurroundings.around(rooms.get(0)));
    }

    public void within(Duration most) {
        patience = most;
    }

    public Duration patience() {
        return patience;
    }

    public boolean until(BooleanSupplier condition) {
        return around != null ? around.await(condition, patience) : RealTime.poll(condition, patience);
    }
}
