package dev.parlor.internal.room;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What tests and recordings may see and do of a room that nobody else may. */
public final class Backstage {
    private Backstage() {}

    /**
     * Has what passes between a room and its network heard, by one at a time.
     *
     * @return all that the room holds when that begins, removed keys too
     * @throws IllegalStateException if somebody hears it already
     */
    public static StateDelta observe(Room room, RoomObserver observer) {
        RoomCore core = core(room);
        core.lock().lock();
        try {
            if (core.state().observer() != null) {
                throw new IllegalStateException(room + " is recorded already: end that recording first");
            }
            core.state().observer(observer);
            return held(core);
        } finally {
            core.lock().unlock();
        }
    }

    /**
     * Ends that.
     *
     * @return all that the room holds when that ends; null if the observer was no longer heard
     */
    public static StateDelta unobserve(Room room, RoomObserver observer) {
        RoomCore core = core(room);
        core.lock().lock();
        try {
            if (core.state().observer() != observer) {
                return null;
            }
            core.state().observer(null);
            return held(core);
        } finally {
            core.lock().unlock();
        }
    }

    private static StateDelta held(RoomCore core) {
        SessionReplica session = core.state().session();
        boolean[] all = new boolean[Digest.BUCKETS];
        Arrays.fill(all, true);
        return new StateDelta(session.clear(), session.entriesOf(all), List.of());
    }

    /** Listens to events as somebody whom nobody sees: a message that no listener of the program hears is unheard. */
    public static <E extends RoomEvent> Subscription listen(Room room, Class<E> type, Consumer<? super E> listener) {
        RoomCore core = core(room);
        core.lock().lock();
        try {
            core.requireOpen();
            return core.dispatcher().observe(type, listener);
        } finally {
            core.unlock();
        }
    }

    /** Whether nothing written or said there waits to be sent. */
    public static boolean isIdle(Room room) {
        RoomCore core = core(room);
        core.lock().lock();
        try {
            return !core.sender().isBusy() && core.outbox().isEmpty();
        } finally {
            core.lock().unlock();
        }
    }

    /** The room's own clock for times between: nanoseconds since some moment. */
    public static long nanos(Room room) {
        return core(room).environment().nanos().getAsLong();
    }

    /** The version of each participant's user data that a room holds. */
    public static Map<Long, Long> userVersions(Room room) {
        RoomCore core = core(room);
        core.lock().lock();
        try {
            return core.state().users().versions();
        } finally {
            core.lock().unlock();
        }
    }

    /** Ends a room without a word to anybody, as the end of its program would. */
    public static void vanish(Room room) {
        RoomCore core = core(room);
        core.end(core.environment().nanos().getAsLong());
    }

    private static RoomCore core(Room room) {
        if (room instanceof SharedRoom shared) {
            return shared.core();
        }
        throw new InvalidArgumentException("a room that was joined by Parlor is needed, got " + room);
    }
}
