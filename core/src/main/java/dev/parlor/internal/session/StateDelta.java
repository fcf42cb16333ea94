package dev.parlor.internal.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Part of a state, applied whole: a clear stamp and some entries. A put, a batch, a replace, a frame and a chunk of a
 * repair are all of this form (a delta state, Almeida et al. 2018).
 *
 * @param clear entries older than this are gone; {@link Stamp#ZERO} if nothing is cleared
 * @param entries keys with what they hold
 * @param batches which of the entries were written as one with others
 */
public record StateDelta(Stamp clear, List<KeyedValue> entries, List<Batch> batches) {
    /** A key with what it holds. */
    public record KeyedValue(String key, VersionedValue value) {}

    /**
     * Keys that are seen together or not at all, since they were written as one.
     *
     * @param stamps the one they were written under; several where batches were united, to be kept in less memory
     */
    public record Batch(List<Stamp> stamps, List<String> keys) {
        /** Keys that were written as one. */
        public Batch(Stamp stamp, List<String> keys) {
            this(List.of(stamp), keys);
        }
    }

    /** A delta of single writes. */
    public StateDelta(Stamp clear, List<KeyedValue> entries) {
        this(clear, entries, List.of());
    }

    /** Whether it says nothing, as in a frame of messages alone. */
    public boolean isEmpty() {
        return entries.isEmpty() && clear.equals(Stamp.ZERO);
    }

    /** The newest time in it, for the clock of who receives it. */
    public long newestTime() {
        long newest = clear.time();
        for (KeyedValue entry : entries) {
            newest = Math.max(newest, entry.value().time());
        }
        return newest;
    }

    /** What of it is not newer than a time. */
    public StateDelta upTo(long time) {
        List<KeyedValue> some = new ArrayList<>(entries);
        some.removeIf(entry -> entry.value().time() > time);
        return new StateDelta(clear.time() > time ? Stamp.ZERO : clear, some, batches);
    }

    /** A delta without a clear. */
    public static StateDelta of(List<KeyedValue> entries) {
        return new StateDelta(Stamp.ZERO, entries);
    }
}
