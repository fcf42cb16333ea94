package dev.parlor.testkit;

import dev.parlor.Room;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How an assertion waits: in the time of the network that its rooms are on. */
final class Waiting {
    /** Rooms that were joined elsewhere are in real time, and have as long as those of a network. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final @Nullable ParlorNetwork network;
    private Duration patience;

    private Waiting(@Nullable ParlorNetwork network) {
        this.network = network;
        patience = network == null ? ELSEWHERE : network.patience();
    }

    static Waiting forRooms(List<Room> rooms) {
        return new Waiting(rooms.isEmpty() ? null : TestSurroundings.networkOf(rooms.get(0)));
    }

    void within(Duration most) {
        patience = most;
    }

    Duration patience() {
        return patience;
    }

    boolean until(BooleanSupplier condition) {
        return network != null ? network.await(condition, patience) : RealTime.poll(condition, patience);
    }
}
