package dev.parlor.internal.room;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta;
import java.util.Arrays;
import java.util.List;

/** What tests and recordings may see and do of a room that nobody else may. */
public final class Backstage {
    private Backstage() {}

    /**
     * Has what passes between a room and its network heard; by one at a time, null for nobody.
     *
     * @return all that the room holds when that begins, removed keys too
     */
    public static StateDelta observe(Room room, RoomObserver observer) {
        RoomCore core = core(room);
        core.lock().lock();
        try {
            core.state().observer(observer);
            SessionReplica session = core.state().session();
            boolean[] all = new boolean[Digest.BUCKETS];
            Arrays.fill(all, true);
            return new StateDelta(session.clear(), session.entriesOf(all), List.of());
        } finally {
            core.lock().unlock();
        }
    }

    /** Ends a room without a word to anybody, as the end of its program would. */
    public static void vanish(Room room) {
        core(room).end(0);
    }

    private static RoomCore core(Room room) {
        if (room instanceof SharedRoom shared) {
            return shared.core();
        }
        throw new InvalidArgumentException("a room that was joined by Parlor is needed, got " + room);
    }
}
