package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Limits;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.engine.RoomEngine;
import dev.parlor.internal.machine.compaction.Compacting;
import dev.parlor.internal.machine.recording.RoomObserver;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.value.ValueCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What tests and recordings may see and do of a room that nobody else may. */
public final class Backstage {
    private Backstage() {}

    /** A room as users see it, of an engine that was made otherwise. */
    public static Room room(RoomEngine engine, ValueCodec codec, Limits limits) {
        return new SharedRoom(engine, new Encoding(codec, limits));
    }

    /** What a room runs by. */
    public static RoomEngine engineOf(Room room) {
        return engine(room);
    }

    /**
     * Has what passes between a room and its network heard, by one at a time.
     *
     * @return all that the room holds when that begins, removed keys too
     * @throws IllegalStateException if somebody hears it already
     */
    public static StateDelta observe(Room room, RoomObserver observer) {
        RoomEngine engine = engine(room);
        return engine.read(() -> {
            if (engine.observation().observer() != null) {
                throw new IllegalStateException(room + " is recorded already: end that recording first");
            }
            engine.observation().observer(observer);
            return held(engine);
        });
    }

    /**
     * Ends that.
     *
     * @return all that the room holds when that ends; null if the observer was no longer heard
     */
    public static @Nullable StateDelta unobserve(Room room, RoomObserver observer) {
        RoomEngine engine = engine(room);
        return engine.read(() -> {
            if (engine.observation().observer() != observer) {
                return null;
            }
            engine.observation().observer(null);
            return held(engine);
        });
    }

    private static StateDelta held(RoomEngine engine) {
        SessionReplica session = engine.state().session();
        if (!session.isCompacting() || session.horizon().author() != Stamp.LO) {
            return held(session);
        }
        // The observer was told of all of it when it began, or will not be told.
        SessionReplica copy = new SessionReplica();
        copy.applyUnheard(held(session));
        compact(copy, session.horizon().time());
        return held(copy);
    }

    private static StateDelta held(SessionReplica session) {
        boolean[] all = new boolean[Digest.BUCKETS];
        Arrays.fill(all, true);
        return new StateDelta(session.clear(), session.entriesOf(all), List.of());
    }

    /** Has a replica forget keys that were removed up to a time, as {@link RoomObserver#compacted} tells. */
    public static void compact(SessionReplica replica, long time) {
        new Compacting(replica, time, Integer.MAX_VALUE, () -> { }).finish();
    }

    /** Listens to events as somebody whom nobody sees: a message that no listener of the program hears is unheard. */
    public static <E extends RoomEvent> Subscription listen(Room room, Class<E> type, Consumer<? super E> listener) {
        RoomEngine engine = engine(room);
        return engine.call(() -> engine.dispatcher().observe(type, listener));
    }

    /** Whether nothing written or said there waits to be sent. */
    public static boolean isIdle(Room room) {
        RoomEngine engine = engine(room);
        return engine.isIdle();
    }

    /** The room's own clock for times between: nanoseconds since some moment. */
    public static long nanos(Room room) {
        return engine(room).environment().nanos().getAsLong();
    }

    /** The version of each participant's user data that a room holds. */
    public static Map<Long, Long> userVersions(Room room) {
        RoomEngine engine = engine(room);
        return engine.read(() -> engine.state().users().versions());
    }

    /** Ends a room without a word to anybody, as the end of its program would. */
    public static void vanish(Room room) {
        RoomEngine engine = engine(room);
        engine.end(engine.environment().nanos().getAsLong());
    }

    private static RoomEngine engine(Room room) {
        if (room instanceof SharedRoom shared) {
            return shared.engine();
        }
        throw new InvalidArgumentException("a room that was joined by Parlor is needed, got " + room);
    }
}
