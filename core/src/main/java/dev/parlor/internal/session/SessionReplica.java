package dev.parlor.internal.session;

import dev.parlor.internal.index.PrefixIndexes;
import dev.parlor.internal.lifespan.Lives;
import dev.parlor.internal.moment.HeldEntries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica of the session data: a last-writer-wins map with a clear stamp (Shapiro et al. 2011, section 3.2, per
 * key). Its state is a lattice: merging takes the newest stamp for each key and the newest clear stamp, and an entry
 * older than the clear stamp is gone. So replicas that have applied the same deltas are equal, whatever the order, and
 * applying one twice changes nothing.
 *
 * <p>Thread-safety: writers hold the room's lock. Readers take none: an optimistic read ({@link StampedLock}) that is
 * repeated under a read lock only if it met a delta half applied, so that no batch is ever seen in part.
 */
public final class SessionReplica {
    /** Another map after a clear that kills most of it: they need not be taken out one by one. */
    private volatile ConcurrentHashMap<String, VersionedValue> entries = new ConcurrentHashMap<>();
    private final StampedLock deltas = new StampedLock();
    private final Batches batches = new Batches(() -> entries);
    private final Past past = new Past();
    private final Lives lives;
    private final PrefixIndexes<VersionedValue> indexes = new PrefixIndexes<>(() -> entries, deltas, this::seenOrNull);
    private final Snapshots snapshots;
    private final Tally tally;
    private final StampTimes times;
    private volatile Stamp clear = Stamp.ZERO;
    private Stamp horizon = Stamp.ZERO;
    private boolean compacting;
    private long stampDefects;
    private long writesApplied;

    /** A replica in which no time passes. */
    public SessionReplica() {
        this(() -> 0, 0);
    }

    /**
     * A replica that holds nothing.
     *
     * @param roomMillis the room's time, by which what lives for a time ends; asked under the room's lock
     * @param retentionMillis how long removed keys are remembered
     */
    public SessionReplica(LongSupplier roomMillis, long retentionMillis) {
        lives = new Lives(roomMillis);
        Ages ages = new Ages(retentionMillis);
        snapshots = new Snapshots(() -> entries, deltas, this::isSeen);
        tally = new Tally(ages, past, lives, indexes, snapshots);
        times = new StampTimes(() -> entries, ages, this);
    }

    // ---- reading, without a lock

    /** What a key holds, or null; tombstones included. */
    public @Nullable VersionedValue entry(String key) {
        long seen = deltas.tryOptimisticRead();
        VersionedValue found = entries.get(key);
        if (deltas.validate(seen)) {
            return found;
        }
        long held = deltas.readLock();
        try {
            return entries.get(key);
        } finally {
            deltas.unlockRead(held);
        }
    }

    /** The value of a key as readers see it, or null. */
    public @Nullable VersionedValue liveEntry(String key) {
        return seenOrNull(key, entry(key));
    }

    private @Nullable VersionedValue seenOrNull(String key, @Nullable VersionedValue held) {
        return held != null && isSeen(key, held) ? held : null;
    }

    /** All live entries of one moment, copied while writers go on. */
    public Map<String, VersionedValue> snapshot() {
        return snapshots.take(size());
    }

    /** Whether readers see what a key holds. */
    public boolean isSeen(String key, VersionedValue held) {
        return !held.isTombstone() && !(held.isLimited() && lives.isHidden(key));
    }

    /** An iterator over all entries, tombstones included; weakly consistent. */
    public Iterator<Map.Entry<String, VersionedValue>> iterator() {
        return new HeldEntries<>(() -> entries);
    }

    /** Keys of which readers see a value. */
    public int size() {
        long seen = deltas.tryOptimisticRead();
        int size = tally.live() - lives.hidden();
        if (deltas.validate(seen)) {
            return size;
        }
        long held = deltas.readLock();
        try {
            return tally.live() - lives.hidden();
        } finally {
            deltas.unlockRead(held);
        }
    }

    public Stamp clear() {
        return clear;
    }

    /** The indexes of live keys by prefix. Thread-safe. */
    public PrefixIndexes<VersionedValue> indexes() {
        return indexes;
    }

    // ---- for who holds the room's lock

    /** What is older is not taken: than the clear stamp, or that of a compaction which is being made. */
    public Stamp horizon() {
        return horizon;
    }

    /** The times of what is held. */
    public StampTimes times() {
        return times;
    }

    public int tombstones() {
        return Math.max(0, entries.size() - tally.live());
    }

    /** Bytes of the names of removed keys. */
    public long tombstoneBytes() {
        return tally.tombstoneBytes();
    }

    /** Bytes of live keys and values. */
    public long liveBytes() {
        return tally.liveBytes();
    }

    /** How many writes of a key were news here. */
    public long writesApplied() {
        return writesApplied;
    }

    /** How often two different values were met under one stamp. */
    public long stampDefects() {
        return stampDefects;
    }

    /** What a key holds, or null; tombstones included. As {@link #entry}, when nobody can be changing it. */
    public @Nullable VersionedValue held(String key) {
        return entries.get(key);
    }

    /**
     * From now on it is remembered what keys held before, until the parts have been compared.
     *
     * @param time what is written here from now on gets a later one
     * @param side the participants of this part of the room
     */
    public Parting meets(long time, Set<Long> side) {
        return past.meets(clear, time, Parting.isSure(times.newest(), time) ? Map.of() : entries, side);
    }

    /** What was held here before. */
    public Past past() {
        return past;
    }

    /** The hashes of this state. A copy. */
    public Digest digest() {
        return tally.digest(clear);
    }

    /** The root of {@link #digest()}, kept while nothing changes. Under the room's lock. */
    public long root() {
        return tally.root(clear);
    }

    /**
     * Merges one entry into this state: a delta of one, for the most frequent of all writes.
     *
     * @param held what the key holds now, or null
     * @return whether it is held now
     */
    public boolean apply(String key, VersionedValue value, @Nullable VersionedValue held) {
        long lock = deltas.writeLock();
        try {
            boolean news = !value.isOlderThan(horizon)
                    && (held == null ? entries.putIfAbsent(key, value) == null : wins(key, value, held));
            if (news) {
                changed(key, held, value);
            }
            return news;
        } finally {
            deltas.unlockWrite(lock);
        }
    }

    /**
     * Merges a delta into this state.
     *
     * @return what changed for a reader, each key once
     */
    public SessionChanges apply(StateDelta delta) {
        SessionChanges changes = new SessionChanges(delta.entries().size(), delta.clear().after(horizon) ? delta.clear() : clear);
        apply(delta, changes);
        return changes.seenByReaders(key -> seen(key, entries.get(key))).withWiped(entries);
    }

    /** Merges a delta into this state, where nobody asks what changed. */
    public void applyUnheard(StateDelta delta) {
        apply(delta, null);
    }

    private void apply(StateDelta delta, @Nullable SessionChanges changes) {
        long held = deltas.writeLock();
        try {
            if (delta.clear().after(horizon)) {
                wipe(delta.clear(), delta.entries().size(), changes);
            }
            for (StateDelta.KeyedValue entry : delta.entries()) {
                VersionedValue value = entry.value();
                if (value.isOlderThan(horizon)) {
                    continue;
                }
                // Most often the key is new, and one look is enough.
                VersionedValue old = entries.putIfAbsent(entry.key(), value);
                if (old == null || wins(entry.key(), value, old)) {
                    VersionedValue seen = seen(entry.key(), old);
                    changed(entry.key(), old, value);
                    if (changes != null) {
                        changes.add(entry.key(), seen, seen(entry.key(), value));
                    }
                }
            }
        } finally {
            deltas.unlockWrite(held);
        }
        if (!delta.batches().isEmpty()) {
            batches.learn(delta.batches(), clear);
        }
    }

    // ---- what has a limited life

    /** What a key holds as readers see it: removed, if it is not for them. */
    public @Nullable VersionedValue seen(String key, @Nullable VersionedValue held) {
        return held == null || isSeen(key, held) || held.isTombstone() ? held : VersionedValue.tombstone(held.written());
    }

    /**
     * Changes what readers see of what has a limited life, and not the state.
     *
     * @return what changed for them
     */
    public SessionChanges live(Function<Lives, List<String>> change) {
        long held = deltas.writeLock();
        try {
            List<String> keys = change.apply(lives);
            SessionChanges changes = SessionChanges.ofLives(keys.size());
            for (String key : keys) {
                VersionedValue value = entries.get(key);
                boolean now = !lives.isHidden(key);
                indexes.changed(key, value);
                snapshots.shown(key, now ? null : value);
                changes.append(key, now ? null : value, now ? value : null);
            }
            return changes;
        } finally {
            deltas.unlockWrite(held);
        }
    }

    /** What has a limited life; only to be looked at. */
    public Lives lives() {
        return lives;
    }

    /**
     * What some keys hold now, as a delta for anybody: with all that was written as one with it, so that who has missed
     * more than these keys never sees a batch in part. (A delta for one replica whose whole state was compared needs no
     * such care: the merge of two whole states is whole.)
     *
     * @param clears whether the clear stamp goes with it
     */
    public StateDelta whole(Collection<String> keys, boolean clears) {
        return batches.whole(keys, clears, clear);
    }

    /**
     * All entries of some buckets, bucket by bucket, tombstones included.
     *
     * @param wanted for each bucket, whether its entries are wanted
     */
    public List<StateDelta.KeyedValue> entriesOf(boolean[] wanted) {
        return Digest.inOrder(entries, wanted);
    }

    /** Bytes that remembering what was written as one takes, about. */
    public long batchBytes() {
        return batches.bytes();
    }

    /** What was written as one, by the stamps that it was written under. A copy. */
    public Map<Stamp, StateDelta.Batch> batches() {
        return batches.all();
    }

    /** A compaction begins that has this clear stamp: nothing older is taken any more, though what is older is held until it is done. */
    public void beginCompaction(Stamp to) {
        compacting = true;
        horizon = to.after(horizon) ? to : horizon;
    }

    /** What lives of some keys is stamped anew, just after the clear stamp of a compaction; what is removed of them is forgotten. */
    public void compact(Collection<String> keys, Stamp to) {
        long held = deltas.writeLock();
        try {
            tally.compact(keys, entries, to, clear);
        } finally {
            deltas.unlockWrite(held);
        }
    }

    /** What lives is newer than its clear stamp by now. */
    public void clearedBy(Stamp to) {
        if (to.after(clear)) {
            clears(to);
        }
    }

    /** It is done. */
    public void endCompaction() {
        compacting = false;
    }

    /** Whether one is being made, and some of it has been done. */
    public boolean isCompacting() {
        return compacting;
    }

    private void clears(Stamp stamp) {
        past.cleared(clear);
        clear = stamp;
        horizon = stamp.after(horizon) ? stamp : horizon;
    }

    /** Kills what is older: takes it out if that is less than what is left, which else is put into another map. @param more is written next */
    private void wipe(Stamp stamp, int more, @Nullable SessionChanges changes) {
        StampTimes.Fewer fewer = times.fewer(stamp);
        ConcurrentHashMap<String, VersionedValue> before = entries;
        ConcurrentHashMap<String, VersionedValue> left = before;
        if (!fewer.areOlder()) {
            left = new ConcurrentHashMap<>(fewer.entries().size() + more);
            left.putAll(fewer.entries());
        }
        if (changes != null) {
            changes.wiped(fewer.areOlder() ? fewer.entries() : before, lives.hiddenKeys());
        }
        clears(stamp);
        if (fewer.areOlder()) {
            fewer.entries().forEach((key, old) -> {
                before.remove(key);
                tally.changed(key, stamp, old, null);
            });
        } else {
            entries = left;
            tally.wiped(before, left, stamp);
        }
    }

    private boolean wins(String key, VersionedValue value, VersionedValue old) {
        stampDefects += value.contradicts(old) ? 1 : 0;
        boolean wins = value.beats(old);
        if (wins) {
            entries.put(key, value);
        }
        return wins;
    }

    private void changed(String key, @Nullable VersionedValue old, VersionedValue value) {
        tally.changed(key, clear, old, value);
        writesApplied++;
    }
}
