package dev.parlor.internal.listener;

import dev.parlor.Room;
import dev.parlor.SessionData;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A room without a network in which Ben may be too, and what its listeners have heard. */
abstract class RoomWithBen {
    static final long BEN = 2;
    private static final long NOW = LoneRoom.BEGIN_MILLIS << Stamp.COUNTER_BITS;

    final LoneRoom lone = new LoneRoom();
    final Room room = lone.room();
    final SessionData data = room.sessionData();
    final List<Object> heard = new ArrayList<>();
    final List<Warning> warnings = new ArrayList<>();
    long frames = 1;
    private long writes = 1;

    @AfterEach
    void close() {
        lone.close();
    }

    void benJoins() {
        room.on(Warning.class, warnings::add);
        lone.members(BEN);
        lone.comes(BEN, true, frames++, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, userData(1, "hi"),
                LoneRoom.BEGIN_MILLIS, -1));
        lone.pass(0);
    }

    static UserValue userData(long version, String text) {
        return new UserValue(version, SimPeer.encoded(text));
    }

    void benSays(Object text) {
        lone.comes(BEN, true, frames++, new Frame.Update(new StateDelta(Stamp.ZERO, List.of(), List.of()), 1, Map.of(),
                List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, SimPeer.encoded(text)))));
    }

    /** As long as the room's own writes are older. */
    void benWrites(boolean clears, Map<String, Object> values) {
        List<StateDelta.KeyedValue> entries = new ArrayList<>();
        long time = NOW + (100_000_000L << Stamp.COUNTER_BITS) + writes++;
        values.forEach((key, value) -> entries.add(new StateDelta.KeyedValue(key,
                VersionedValue.of(time, Authorship.of(BEN, 0), SimPeer.encoded(value)))));
        lone.comes(BEN, true, frames++, new Frame.Update(new StateDelta(clears ? new Stamp(time, BEN) : Stamp.ZERO, entries,
                List.of()), 1, Map.of(), List.of()));
    }
}
