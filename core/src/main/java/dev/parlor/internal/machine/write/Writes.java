package dev.parlor.internal.machine.write;

import dev.parlor.Change;
import dev.parlor.EncodingException;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.Undo;
import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.undo.History;
import dev.parlor.internal.machine.undo.Undos;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StampTimes;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.Tally;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes writes of session data from callers: stamps them, applies them here, and puts their keys into the outbox. */
public final class Writes {
    /** In UTF-8. */
    private static final int MOST_BYTES_A_CHARACTER = 3;

    private final RoomState state;
    private final SessionUpdates updates;
    private final Outbox outbox;
    private final String room;
    private final long maxBytes;

    /**
     * Takes writes.
     *
     * @param room its name, for what is told of a refused write
     * @param maxBytes that the session data may have
     */
    public Writes(RoomState state, SessionUpdates updates, Outbox outbox, String room, long maxBytes) {
        this.state = state;
        this.updates = updates;
        this.outbox = outbox;
        this.room = room;
        this.maxBytes = maxBytes;
    }

    /** The room's time, in milliseconds since 1970. */
    public long roomMillis() {
        return state.time().roomMillis();
    }

    /** One key is written, or removed if the bytes are null. */
    public void apply(String key, byte @Nullable [] encoded) {
        SessionReplica session = state.session();
        VersionedValue held = session.held(key);
        requireRoomForKey(held);
        // A key has at most three bytes a character: to count them exactly is for who is near the limit.
        long most = session.liveBytes() + MOST_BYTES_A_CHARACTER * (long) key.length() + (encoded == null ? 0 : encoded.length);
        if (most > maxBytes) {
            long grown = grownBy(held, key, encoded);
            requireWithinLimit(grown > 0, session.liveBytes() + grown);
        }
        VersionedValue value = valueOf(stampAfter(session.times().newest(held)), encoded);
        Undos undos = state.undos();
        VersionedValue seen = undos.isEmpty() ? null : session.seen(key, held);
        updates.write(key, value, held);
        outbox.put(key, value);
        if (!undos.isEmpty()) {
            undos.wrote(key, held, seen, value);
        }
    }

    /** One key is written unless readers see an equal value that was to live as long; whether it was. */
    public boolean applyIfChanged(String key, byte[] encoded) {
        VersionedValue held = state.session().held(key);
        boolean changed = held == null || !state.session().isSeen(key, held) || !Lifespan.areAlike(held.bytes(), encoded);
        if (changed) {
            apply(key, encoded);
        }
        return changed;
    }

    /**
     * Values for keys that nobody has ever written: with a stamp before all others, so that each loses to whatever has been written,
     * removed or cleared, and to whatever will be.
     *
     * @return the keys that hold what was given for them
     */
    public List<String> applyDefaults(Map<String, byte[]> encoded) {
        SessionReplica session = state.session();
        Stamp stamp = new Stamp(Stamp.ZERO.time(), state.self());
        Map<String, byte @Nullable []> fresh = new LinkedHashMap<>();
        encoded.forEach((key, bytes) -> {
            if (session.held(key) == null && stamp.after(session.horizon())) {
                fresh.put(key, bytes);
            }
        });
        requireWithinLimit(false, fresh);
        // Each by itself: none is in a batch with others, of which some may have been written by somebody.
        List<KeyedValue> entries = new ArrayList<>(fresh.size());
        fresh.forEach((key, bytes) -> entries.add(new KeyedValue(key, valueOf(stamp, bytes))));
        if (!entries.isEmpty()) {
            updates.apply(StateDelta.of(entries), Change.Cause.LOCAL);
            entries.forEach(entry -> outbox.put(entry.key(), entry.value()));
        }
        return List.copyOf(fresh.keySet());
    }

    /**
     * Removes what readers do not see any more, just after it was written: so that what was written since, or in another part of the
     * room, is newer than its removal.
     */
    public void removeUnseen(Collection<String> keys) {
        List<KeyedValue> removals = new ArrayList<>(keys.size());
        for (String key : keys) {
            VersionedValue held = state.session().held(key);
            if (held != null && held.time() < Stamp.MAX_TIME) {
                long after = state.session().times().newest(held) + 1;
                removals.add(new KeyedValue(key, VersionedValue.tombstone(new Stamp(after, state.self()))));
            }
        }
        if (!removals.isEmpty()) {
            updates.apply(StateDelta.of(removals), Change.Cause.LOCAL);
            removals.forEach(entry -> outbox.put(entry.key(), entry.value()));
        }
    }

    /** One write of session data: whether all is cleared first, and values by key, null for a removed one. */
    public void apply(boolean clears, Map<String, byte @Nullable []> encoded) {
        requireWithinLimit(clears, encoded);
        SessionReplica session = state.session();
        long floor = clears ? session.times().newest() : session.times().newest(encoded.keySet());
        boolean overFuture = state.stamps().isAhead(floor);
        Stamp stamp = stampAfter(overFuture ? floorBelowFuture(clears, encoded) : floor);
        List<KeyedValue> entries = new ArrayList<>(encoded.size());
        Set<Stamp> stamps = new LinkedHashSet<>(Set.of(stamp));
        Map<String, byte @Nullable []> others = overFuture ? overwriteFuture(stamp, clears, encoded, entries) : encoded;
        entries.forEach(ahead -> stamps.add(ahead.value().stamp()));
        others.forEach((key, bytes) -> entries.add(new KeyedValue(key, valueOf(stamp, bytes))));
        boolean together = entries.size() > 1 || (clears && !entries.isEmpty());
        Undos.Before before = state.undos().isEmpty() ? null : state.undos().before(clears, encoded.keySet());
        updates.apply(new StateDelta(clears ? stamp : Stamp.ZERO, entries,
                together ? List.of(new StateDelta.Batch(List.copyOf(stamps), entries.stream().map(KeyedValue::key).toList()))
                        : List.of()), Change.Cause.LOCAL);
        markDirty(clears, entries);
        if (before != null) {
            state.undos().wrote(before);
        }
    }

    /** Restores what somebody's last step replaced. */
    public Undo.Result undo(History history) {
        return state.undos().undo(history, roomMillis(), values -> apply(false, values));
    }

    /** Writes again what somebody's last undone step had written. */
    public Undo.Result redo(History history) {
        return state.undos().redo(history, roomMillis(), values -> apply(false, values));
    }

    /** Who remembers what is written here. */
    public Undos undos() {
        return state.undos();
    }

    private long floorBelowFuture(boolean clears, Map<String, byte @Nullable []> encoded) {
        long from = state.stamps().aheadFrom();
        StampTimes times = state.session().times();
        return clears ? times.newestBefore(from) : times.newestBefore(from, encoded.keySet());
    }

    /**
     * A batch, or worse a clear, that was newer than a key of the future would drag there whatever is written over it. So
     * each such key is written with a stamp of its own, and the rest has the time that it would have without them.
     *
     * @return what is still to be written
     */
    private Map<String, byte @Nullable []> overwriteFuture(Stamp stamp, boolean clears, Map<String, byte @Nullable []> encoded,
            List<KeyedValue> entries) {
        SessionReplica session = state.session();
        Map<String, byte @Nullable []> others = new LinkedHashMap<>(encoded);
        for (String key : clears ? session.times().keysFrom(stamp.time()) : encoded.keySet()) {
            VersionedValue held = session.held(key);
            if (held != null && held.time() >= stamp.time()) {
                entries.add(new KeyedValue(key, valueOf(stampAfter(session.times().newest(held)), others.remove(key))));
            }
        }
        return others;
    }

    private void markDirty(boolean clears, List<KeyedValue> entries) {
        if (!clears && entries.size() == 1) {
            outbox.put(entries.get(0).key(), entries.get(0).value());
            return;
        }
        List<String> keys = entries.stream().map(KeyedValue::key).toList();
        if (clears) {
            outbox.clear(keys);
        } else {
            outbox.putTogether(keys);
        }
    }

    private Stamp stampAfter(long floor) {
        if (floor >= Stamp.MAX_TIME) {
            throw new EncodingException("what is overwritten carries a time beyond all times (" + floor
                    + "), which no correct program writes: begin a new room", null);
        }
        return new Stamp(state.stamps().next(floor), state.self());
    }

    private VersionedValue valueOf(Stamp stamp, byte @Nullable [] encoded) {
        if (encoded == null) {
            return VersionedValue.tombstone(stamp);
        }
        if (Lifespan.ends(encoded)) {
            Lifespan.begin(encoded, state.time().roomMillis());
        }
        return VersionedValue.of(stamp, encoded);
    }

    private void requireWithinLimit(boolean clears, Map<String, byte @Nullable []> encoded) {
        SessionReplica session = state.session();
        long total = clears ? 0 : session.liveBytes();
        boolean grows = false;
        if (!clears) {
            encoded.keySet().forEach(key -> requireRoomForKey(session.held(key)));
        }
        for (Map.Entry<String, byte @Nullable []> entry : encoded.entrySet()) {
            long by = clears ? costOf(entry.getKey(), entry.getValue())
                    : grownBy(session.held(entry.getKey()), entry.getKey(), entry.getValue());
            total += by;
            grows |= by > 0;
        }
        requireWithinLimit(grows, total);
    }

    /**
     * Each new key is a removed one some day, which is remembered. What was removed before stays removed, so that when too many
     * are remembered, no new ones can be. To clear or replace all forgets them.
     */
    private void requireRoomForKey(@Nullable VersionedValue held) {
        if (held == null && state.budget().isFull(Use.TOMBSTONES)) {
            long used = state.budget().used(Use.TOMBSTONES);
            throw new PayloadTooLargeException(state.session().tombstones() + " removed keys that the room \""
                    + room + "\" still remembers take " + used + " bytes, the limit is "
                    + state.budget().limit(Use.TOMBSTONES) + ": use keys again instead of new ones, forget them with clear() or "
                    + "replace(…), give the room more memory(…), or remember them for a shorter time with retention(…)",
                    used, state.budget().limit(Use.TOMBSTONES));
        }
    }

    private void requireWithinLimit(boolean grows, long total) {
        if (grows && total > maxBytes) {
            throw tooLarge(total);
        }
    }

    private PayloadTooLargeException tooLarge(long total) {
        return new PayloadTooLargeException("the session data of the room \"" + room + "\" with this write",
                total, maxBytes, "sessionDataBytes");
    }

    /**
     * Refuses a batch while it is encoded, once what it puts is by itself more than the room may hold: so no more memory is
     * taken than the limit. Asked only about what is more.
     */
    public void requireBatchWithinLimit(long bytes) {
        // A room may hold more than the limit here, since others may have another one; it may be overwritten.
        if (bytes > state.session().liveBytes()) {
            throw tooLarge(bytes);
        }
    }

    private static long grownBy(@Nullable VersionedValue held, String key, byte @Nullable [] encoded) {
        if (held == null || held.isTombstone()) {
            return costOf(key, encoded);
        }
        return encoded != null ? (long) encoded.length - held.bytes().length : -costOf(key, held.bytes());
    }

    private static long costOf(String key, byte @Nullable [] encoded) {
        return encoded == null ? 0 : Tally.costOf(key, encoded);
    }
}
