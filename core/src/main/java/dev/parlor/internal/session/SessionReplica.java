package dev.parlor.internal.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiConsumer;

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
    private final ConcurrentHashMap<String, VersionedValue> entries = new ConcurrentHashMap<>();
    private final StampedLock deltas = new StampedLock();
    private final long[] buckets = new long[Digest.BUCKETS];
    private final Batches batches = new Batches(entries);
    private final OldRoot oldRoot = new OldRoot();
    private final Overwritten overwritten = new Overwritten();
    /** Other parts of the room have been met, and are being compared with this one; else null. */
    private Parting parting;
    private boolean missesSomebody;
    private volatile Stamp clear = Stamp.ZERO;
    private int live;
    private long liveBytes;
    private long tombstoneBytes;
    private long stampDefects;
    private long writesApplied;

    // ---- reading, without a lock

    /** How many writes of a key were news here. */
    public long writesApplied() {
        return writesApplied;
    }

    /** What a key holds, or null; tombstones included. */
    public VersionedValue entry(String key) {
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

    /** The live value of a key, or null. */
    public VersionedValue liveEntry(String key) {
        VersionedValue found = entry(key);
        return found == null || found.isTombstone() ? null : found;
    }

    /** All live entries of one moment. */
    public Map<String, VersionedValue> snapshot() {
        long held = deltas.readLock();
        try {
            Map<String, VersionedValue> copy = new HashMap<>((int) (live / 0.75f) + 1);
            forEachLive(copy::put);
            return copy;
        } finally {
            deltas.unlockRead(held);
        }
    }

    /** An iterator over all entries, tombstones included; weakly consistent. */
    public Iterator<Map.Entry<String, VersionedValue>> iterator() {
        return entries.entrySet().iterator();
    }

    /** Live keys. */
    public int size() {
        long seen = deltas.tryOptimisticRead();
        int size = live;
        if (deltas.validate(seen)) {
            return size;
        }
        long held = deltas.readLock();
        try {
            return live;
        } finally {
            deltas.unlockRead(held);
        }
    }

    public Stamp clear() {
        return clear;
    }

    // ---- for who holds the room's lock

    public int tombstones() {
        return Math.max(0, entries.size() - live);
    }

    /** Bytes of the names of removed keys. */
    public long tombstoneBytes() {
        return tombstoneBytes;
    }

    /** Bytes of live keys and values. */
    public long liveBytes() {
        return liveBytes;
    }

    /** How often two different values were met under one stamp. */
    public long stampDefects() {
        return stampDefects;
    }

    /** What a key holds, or null; tombstones included. As {@link #entry}, when nobody can be changing it. */
    public VersionedValue held(String key) {
        return entries.get(key);
    }

    /**
     * From now on it is remembered what keys held before, until the parts have been compared.
     *
     * @param time what is written here from now on gets a later one
     * @param side the participants of this part of the room
     */
    public Parting meets(long time, Set<Long> side) {
        parting = new Parting(clear, overwritten.newest(Overwritten.MAX), time, entries, overwritten.killed(), side);
        return parting;
    }

    /** The parts of the room have been compared. */
    public void hasMet() {
        parting = null;
    }

    /** Hashes of the versions that were replaced here last, for a replica that begins with this state. */
    public long[] replacedLately(int most) {
        return overwritten.newest(most);
    }

    /** The state that this replica began with had replaced these. */
    public void learnReplaced(long[] hashes) {
        for (long hash : hashes) {
            overwritten.add(hash);
        }
    }

    /**
     * Whether somebody is missing who may not know what is cleared here. Who is back brings what it wrote meanwhile only in the
     * course of the comparison, so until that ends nothing is forgotten.
     */
    public void missesSomebody(boolean now) {
        missesSomebody = now;
        if (!now && parting == null) {
            overwritten.forgetKilled();
        }
    }

    /** The hashes of this state. A copy. */
    public Digest digest() {
        return new Digest(buckets.clone(), clear);
    }

    /** The newest time among some keys and the clear stamp: what a write of those keys must be after. */
    public long newestTime(Iterable<String> keys) {
        long newest = clear.time();
        for (String key : keys) {
            VersionedValue held = entries.get(key);
            if (held != null) {
                newest = Math.max(newest, held.time());
            }
        }
        return newest;
    }

    /** The newest time of what a key holds, or null, and the clear stamp: what a write of that key must be after. */
    public long newestTime(VersionedValue held) {
        return held == null ? clear.time() : Math.max(clear.time(), held.time());
    }

    /** The newest time of all: what a replace or clear must be after, so that it kills all that is known here. */
    public long newestTime() {
        long newest = clear.time();
        for (VersionedValue held : entries.values()) {
            newest = Math.max(newest, held.time());
        }
        return newest;
    }

    /** The newest time before another: of entries, and of the clear stamp whatever it is. */
    public long newestTimeBefore(long time) {
        long newest = clear.time();
        for (VersionedValue held : entries.values()) {
            if (held.time() < time) {
                newest = Math.max(newest, held.time());
            }
        }
        return newest;
    }

    /** The same of some keys. */
    public long newestTimeBefore(long time, Iterable<String> keys) {
        long newest = clear.time();
        for (String key : keys) {
            VersionedValue held = entries.get(key);
            if (held != null && held.time() < time) {
                newest = Math.max(newest, held.time());
            }
        }
        return newest;
    }

    /** The keys whose entries are not older than a time. */
    public List<String> keysFrom(long time) {
        List<String> found = new ArrayList<>();
        entries.forEach((key, held) -> {
            if (held.time() >= time) {
                found.add(key);
            }
        });
        return found;
    }

    /**
     * Merges one entry into this state: a delta of one, for the most frequent of all writes.
     *
     * @param held what the key holds now, or null
     * @return whether it is held now
     */
    public boolean apply(String key, VersionedValue value, VersionedValue held) {
        long lock = deltas.writeLock();
        try {
            return put(key, value, held);
        } finally {
            deltas.unlockWrite(lock);
        }
    }

    /** What it means for a reader that a key holds something else now, or null if nothing: of a removal, or of equal bytes. */
    public SessionChange changeOf(String key, VersionedValue before, VersionedValue now) {
        if (VersionedValue.sameForReaders(before, now)) {
            return null;
        }
        return new SessionChange(key, liveOrNull(before), liveOrNull(now), now == null ? removerOf(before)
                : now.by().author());
    }

    /** A compaction has forgotten who removed what it forgets; who wrote it last is then named in its place. */
    private long removerOf(VersionedValue removed) {
        return clear.author() == Stamp.LO ? removed.by().author() : clear.author();
    }

    /**
     * Merges a delta into this state.
     *
     * @return what changed for a reader, each key once
     */
    public List<SessionChange> apply(StateDelta delta) {
        Replaced replaced = new Replaced(delta.entries().size());
        apply(delta, replaced);
        return changes(replaced);
    }

    /** Merges a delta into this state, where nobody asks what changed. */
    public void applyUnheard(StateDelta delta) {
        apply(delta, null);
    }

    private void apply(StateDelta delta, Replaced replaced) {
        long held = deltas.writeLock();
        try {
            if (delta.clear().after(clear)) {
                wipe(delta.clear(), replaced);
            }
            for (StateDelta.KeyedValue entry : delta.entries()) {
                VersionedValue old = entries.get(entry.key());
                if (put(entry.key(), entry.value(), old) && replaced != null) {
                    replaced.add(entry.key(), old);
                }
            }
        } finally {
            deltas.unlockWrite(held);
        }
        if (!delta.batches().isEmpty()) {
            batches.learn(delta.batches(), clear);
        }
    }

    /**
     * What some keys hold now, as a delta for anybody: with all that was written as one with it, so that who has missed
     * more than these keys never sees a batch in part. (A delta for one replica whose whole state was compared needs no
     * such care: the merge of two whole states is whole.)
     *
     * @param clears whether the clear stamp goes with it
     */
    public StateDelta whole(Collection<String> keys, boolean clears) {
        if (batches.isEmpty() && !clears) {
            StateDelta single = singly(keys);
            if (single != null) {
                return single;
            }
        }
        Map<String, VersionedValue> taken = new LinkedHashMap<>();
        Map<Stamp, StateDelta.Batch> together = new LinkedHashMap<>();
        boolean withClear = clears;
        boolean compacted = clear.author() == Stamp.LO;
        Deque<String> left = new ArrayDeque<>(keys);
        if (clears && compacted) {
            // Without all that lives it would look like a removal, also of what has been written anew since.
            left.addAll(entries.keySet());
        }
        while (true) {
            for (String key; (key = left.poll()) != null;) {
                VersionedValue held = entries.get(key);
                if (held == null) {
                    // A clear has killed it, which is what now holds there; or all had it when a compaction forgot it.
                    withClear |= !compacted;
                } else if (taken.put(key, held) == null) {
                    batches.with(held.stamp(), together, left);
                    withClear |= held.stamp().equals(clear);
                }
            }
            // What was written over a key of the future has a stamp of its own, and belongs to the clear that it was written with.
            for (StateDelta.Batch batch : together.values()) {
                withClear |= !compacted && Batches.isOfClear(batch, clear);
            }
            if (!withClear || !batches.with(clear, together, left)) {
                break;
            }
        }
        List<StateDelta.KeyedValue> all = new ArrayList<>(taken.size());
        taken.forEach((key, value) -> all.add(new StateDelta.KeyedValue(key, value)));
        return new StateDelta(withClear ? clear : Stamp.ZERO, all, List.copyOf(together.values()));
    }

    /** What some keys hold now, where nothing is known to have been written as one; null if one of them is gone. */
    private StateDelta singly(Collection<String> keys) {
        List<StateDelta.KeyedValue> all = new ArrayList<>(keys.size());
        for (String key : keys) {
            VersionedValue held = entries.get(key);
            if (held == null) {
                return null;
            }
            all.add(new StateDelta.KeyedValue(key, held));
        }
        return StateDelta.of(all);
    }

    /**
     * All entries of some buckets, bucket by bucket, tombstones included.
     *
     * @param wanted for each bucket, whether its entries are wanted
     */
    public List<StateDelta.KeyedValue> entriesOf(boolean[] wanted) {
        // The room's lock is held meanwhile: one hash for each key.
        int[] next = new int[Digest.BUCKETS + 1];
        List<StateDelta.KeyedValue> found = new ArrayList<>();
        int[] bucketOf = new int[Digest.BUCKETS];
        for (Map.Entry<String, VersionedValue> entry : entries.entrySet()) {
            int bucket = Digest.bucketOf(entry.getKey());
            if (wanted[bucket]) {
                if (found.size() == bucketOf.length) {
                    bucketOf = Arrays.copyOf(bucketOf, 2 * bucketOf.length);
                }
                bucketOf[found.size()] = bucket;
                found.add(new StateDelta.KeyedValue(entry.getKey(), entry.getValue()));
                next[bucket + 1]++;
            }
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        StateDelta.KeyedValue[] ordered = new StateDelta.KeyedValue[found.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[next[bucketOf[i]]++] = found.get(i);
        }
        return Arrays.asList(ordered);
    }

    /** Whether nothing is known to have been written as one with something else. */
    public boolean hasNoBatches() {
        return batches.isEmpty();
    }

    /** Bytes that remembering what was written as one takes, about. */
    public long batchBytes() {
        return batches.bytes();
    }

    /** What was written as one under a stamp, or null. */
    public StateDelta.Batch batchOf(Stamp stamp) {
        return batches.of(stamp);
    }

    /** How many tombstones are not newer than a time. */
    public int tombstonesUpTo(long time) {
        int count = 0;
        for (VersionedValue held : entries.values()) {
            count += held.isTombstone() && held.time() <= time ? 1 : 0;
        }
        return count;
    }

    /** A number that is equal where the clear stamp and all entries not newer than a time are. */
    public long rootUpTo(long time) {
        return clear.time() * 31 + clear.author() + oldRoot.upTo(time, entries);
    }

    /**
     * Forgets the tombstones not newer than a time: a clear just after it, and what lives stamped just after the clear.
     * Nothing changes for a reader.
     */
    public void compact(long time) {
        Stamp compacted = new Stamp(time, Stamp.LO);
        if (!compacted.after(clear)) {
            return;
        }
        long held = deltas.writeLock();
        try {
            clears(compacted);
            Iterator<Map.Entry<String, VersionedValue>> all = entries.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<String, VersionedValue> entry = all.next();
                VersionedValue old = entry.getValue();
                if (old.isOlderThan(compacted)) {
                    VersionedValue kept = old.isTombstone() ? null : old.compactedAt(time);
                    if (kept == null) {
                        all.remove();
                    } else {
                        entry.setValue(kept);
                    }
                    account(entry.getKey(), old, kept);
                }
            }
        } finally {
            deltas.unlockWrite(held);
        }
    }

    /** What was replaced by what is held now. */
    private List<SessionChange> changes(Replaced replaced) {
        List<SessionChange> changes = new ArrayList<>(replaced.size());
        for (int i = 0; i < replaced.size(); i++) {
            SessionChange change = changeOf(replaced.key(i), replaced.old(i), entries.get(replaced.key(i)));
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    private void clears(Stamp stamp) {
        if (clear.author() != Stamp.LO) {
            overwritten.add(Parting.hashOf(clear));
        }
        clear = stamp;
    }

    /** Kills every entry older than the stamp. */
    private void wipe(Stamp stamp, Replaced replaced) {
        clears(stamp);
        Iterator<Map.Entry<String, VersionedValue>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, VersionedValue> entry = all.next();
            VersionedValue old = entry.getValue();
            if (old.isOlderThan(stamp)) {
                if (replaced != null) {
                    replaced.add(entry.getKey(), old);
                }
                all.remove();
                account(entry.getKey(), old, null);
            }
        }
    }

    private boolean put(String key, VersionedValue value, VersionedValue old) {
        if (value.isOlderThan(clear)) {
            return false;
        }
        if (old != null && value.contradicts(old)) {
            stampDefects++;
        }
        if (old != null && !value.beats(old)) {
            return false;
        }
        entries.put(key, value);
        account(key, old, value);
        writesApplied++;
        return true;
    }

    private void account(String key, VersionedValue old, VersionedValue now) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        long keyHash = Digest.hashOf(key, utf8);
        int bucket = Digest.bucketOf(keyHash);
        if (old != null) {
            long hash = Digest.hashOf(keyHash, old);
            buckets[bucket] -= hash;
            oldRoot.removed(old, hash);
            overwritten.add(old.by().isCompacted() ? Digest.hashOf(keyHash, old.asWritten()) : hash);
            if (now == null && missesSomebody && clear.author() != Stamp.LO) {
                overwritten.killed(keyHash);
            }
        }
        if (now != null) {
            long hash = Digest.hashOf(keyHash, now);
            buckets[bucket] += hash;
            oldRoot.added(now, hash);
        }
        if (parting != null) {
            VersionedValue removal = clear.author() == Stamp.LO ? null : VersionedValue.tombstone(clear);
            parting.changed(key, keyHash, old, now != null ? now : removal);
        }
        if (old != null && old.isTombstone()) {
            tombstoneBytes -= utf8.length;
        }
        if (now != null && now.isTombstone()) {
            tombstoneBytes += utf8.length;
        }
        if (!isDead(old)) {
            live--;
            liveBytes -= utf8.length + (long) old.bytes().length;
        }
        if (!isDead(now)) {
            live++;
            liveBytes += utf8.length + (long) now.bytes().length;
        }
    }

    private void forEachLive(BiConsumer<String, VersionedValue> action) {
        entries.forEach((key, value) -> {
            if (!value.isTombstone()) {
                action.accept(key, value);
            }
        });
    }

    /** What an entry counts toward the limit of session data, in bytes: the key in UTF-8, and the value as encoded. */
    public static long costOf(String key, byte[] value) {
        return utf8Bytes(key) + (long) value.length;
    }

    /** How many bytes a key has in UTF-8, without making them. */
    private static int utf8Bytes(String key) {
        int bytes = key.length();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= 0x80) {
                // Half of a character beyond 16 bits has half of its four bytes. By itself it is sent as one byte, "?".
                boolean half = Character.isSurrogate(c);
                bytes += !half ? c < 0x800 ? 1 : 2 : isPaired(key, i) ? 1 : 0;
            }
        }
        return bytes;
    }

    private static boolean isPaired(String key, int i) {
        return Character.isHighSurrogate(key.charAt(i)) ? i + 1 < key.length() && Character.isLowSurrogate(key.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(key.charAt(i - 1));
    }

    private static boolean isDead(VersionedValue value) {
        return value == null || value.isTombstone();
    }

    private static VersionedValue liveOrNull(VersionedValue value) {
        return isDead(value) ? null : value;
    }
}
