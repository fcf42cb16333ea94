package dev.parlor.internal.room;

import dev.parlor.Change;
import dev.parlor.EncodingException;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Takes writes of session data from callers: stamps them, applies them here, and puts their keys into the outbox. */
final class Writes {
    private final RoomCore core;
    private final RoomState state;
    private final Outbox outbox;

    Writes(RoomCore core, RoomState state, Outbox outbox) {
        this.core = core;
        this.state = state;
        this.outbox = outbox;
    }

    /** One write of session data: whether all is cleared first, and values by key, null for a removed one. */
    void apply(boolean clears, Map<String, byte[]> encoded) {
        List<SessionChange> changes;
        core.lock().lock();
        try {
            core.requireOpen();
            requireWithinLimit(clears, encoded);
            SessionReplica session = state.session();
            long floor = clears ? session.newestTime() : session.newestTime(encoded.keySet());
            Stamp stamp = new Stamp(state.clock().next(floor), state.self());
            if (stamp.time() > Stamp.MAX_TIME) {
                throw new EncodingException("what is overwritten carries a time beyond all times (" + floor
                        + "), which no correct program writes: begin a new room", null);
            }
            List<KeyedValue> entries = new ArrayList<>(encoded.size());
            encoded.forEach((key, bytes) -> entries.add(new KeyedValue(key,
                    bytes == null ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, bytes))));
            boolean together = encoded.size() > 1 || (clears && !encoded.isEmpty());
            changes = session.apply(new StateDelta(clears ? stamp : Stamp.ZERO, entries,
                    together ? List.of(new StateDelta.Batch(stamp, List.copyOf(encoded.keySet()))) : List.of()));
            markDirty(clears, encoded.keySet());
            core.announceChanges(changes, Change.Cause.LOCAL);
        } finally {
            core.unlock();
        }
    }

    private void markDirty(boolean clears, Collection<String> keys) {
        if (clears) {
            outbox.clear(keys);
        } else if (keys.size() == 1) {
            outbox.put(keys.iterator().next());
        } else {
            outbox.putTogether(keys);
        }
    }

    private void requireWithinLimit(boolean clears, Map<String, byte[]> encoded) {
        SessionReplica session = state.session();
        long total = clears ? 0 : session.liveBytes();
        boolean grows = false;
        for (Map.Entry<String, byte[]> entry : encoded.entrySet()) {
            VersionedValue held = clears ? null : session.liveEntry(entry.getKey());
            long before = held == null ? 0 : SessionReplica.costOf(entry.getKey(), held.bytes());
            long after = entry.getValue() == null ? 0 : SessionReplica.costOf(entry.getKey(), entry.getValue());
            total += after - before;
            grows |= after > before;
        }
        long limit = core.options().limits().sessionDataBytes();
        if (grows && total > limit) {
            throw new PayloadTooLargeException("the session data of the room \"" + core.options().room() + "\" with this write",
                    total, limit, "sessionDataBytes");
        }
    }
}
