package dev.parlor.internal.door;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a room is joined in: its network, its time, its threads and its chance. Thread-safe. */
public interface Surroundings {
    /** The id of a participant: 1 to {@link dev.parlor.internal.session.Stamp#MAX_AUTHOR}, another one each time. */
    long newId();

    /**
     * The time and threads of one room. Called on the thread that joins.
     *
     * @param events where listeners run; null for a thread of the room
     */
    Environment environment(long self, @Nullable Executor events);

    /**
     * The network of one room, not connected yet. Called on the room's worker.
     *
     * @throws dev.parlor.JoinException if there is none
     */
    Network network(NetworkOptions options);

    /**
     * As {@link #network}, with what takes long begun now, beside whatever else a join does. Called on the thread that joins, first of
     * all.
     *
     * @param passphrase null for an open room
     * @return to be called once, on the room's worker
     */
    default Function<NetworkOptions, Network> opening(String room, char @Nullable [] passphrase) {
        return this::network;
    }

    /**
     * Looks at the network of a room as an outsider, for some seconds, without joining.
     *
     * @param skew by how much clocks may differ
     * @throws InvalidArgumentException if the network is not a real one
     */
    default Observations observe(NetworkOptions options, Duration skew) {
        throw new InvalidArgumentException("the network of the room \"" + options.room() + "\" is made up, as for a test: pass a builder of "
                + "Room.named(…)");
    }

    /** A room is about to be joined: nothing has been told to listeners yet. */
    default void joining(Room room) {}

    /** A room has been joined. Called before anybody else is told. */
    default void joined(Room room) {}
}
