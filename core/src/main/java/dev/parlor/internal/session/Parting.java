package dev.parlor.internal.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one part of a room held when it met others: what its keys held then, where they hold something else by now, and which
 * versions it had replaced before. Participants write on while the parts are compared. What one of them replaces then, it knew;
 * so the time of the meeting tells what a part held from what was written there later. Guarded by the room's lock.
 */
public final class Parting {
    /** Keys remembered; more than a report names by far. */
    private static final int MAX_KEYS = 65_536;
    /**
     * A participant's time may be behind that of its part's first by 20 ms and the way of an announcement. So what a part wrote in
     * the last 50 ms before it met others, by the clock of its first, may have been written after that.
     */
    private static final long UNSURE_TIME = 50L << Stamp.COUNTER_BITS;
    /** Versions told of that are so new, or of the future: 64 KiB. */
    private static final int MAX_NEW = 8_192;

    /**
     * What a key held when the parts met.
     *
     * @param held a tombstone if a clear of this part had killed it
     * @param cleared whether that is so
     * @param by what replaced it first; null for a compaction
     */
    public record Before(VersionedValue held, boolean cleared, @Nullable Write by) {}

    /**
     * A version without its value.
     *
     * @param stamp with which it was written
     * @param hash of it and its key
     */
    public record Write(Stamp stamp, long hash) {
        /** The write of what a key holds. */
        public static Write of(String key, VersionedValue version) {
            return new Write(version.written(), hashOf(key, version));
        }
    }

    private final Stamp clear;
    private final long[] replaced;
    private final long time;
    private final long[] newest;
    private final Set<Long> side;
    private final Map<String, Before> before = new LinkedHashMap<>();
    /** By their hashes, the keys that clears had killed here by then, until something is written there: at most 65,536. */
    private final Set<Long> killed;
    /** What this part held then and has replaced itself since. */
    private final Set<Long> replacedSince = new HashSet<>();

    Parting(Stamp clear, long[] replaced, long time, Map<String, VersionedValue> held, Set<Long> killed, Set<Long> side) {
        this.clear = clear;
        this.replaced = replaced;
        this.time = time;
        this.newest = newest(held, time);
        // The clear of a compaction has removed nothing.
        this.killed = clear.author() == Stamp.LO ? new HashSet<>() : new HashSet<>(killed);
        this.side = Set.copyOf(side);
    }

    /** Whether all that is held was surely held when the parts met at a time, since none of it is so new. */
    static boolean isSure(long newestHeld, long time) {
        return newestHeld <= time - UNSURE_TIME;
    }

    private static long[] newest(Map<String, VersionedValue> held, long time) {
        long[] hashes = new long[MAX_NEW];
        int count = 0;
        for (Map.Entry<String, VersionedValue> each : held.entrySet()) {
            if (!isSure(each.getValue().writtenTime(), time)) {
                hashes[count++] = hashOf(each.getKey(), each.getValue());
                if (count == MAX_NEW) {
                    break;
                }
            }
        }
        return sorted(Arrays.copyOf(hashes, count));
    }

    private static long[] sorted(long[] hashes) {
        Arrays.sort(hashes);
        return hashes;
    }

    /** The clear stamp when the parts met. */
    public Stamp clear() {
        return clear;
    }

    /** Hashes of the versions that this part had replaced by then, or has replaced of its own since; sorted. Not to be changed. */
    public long[] replaced() {
        if (replacedSince.isEmpty()) {
            return replaced;
        }
        long[] all = Arrays.copyOf(replaced, replaced.length + replacedSince.size());
        int count = replaced.length;
        for (long hash : replacedSince) {
            all[count++] = hash;
        }
        return sorted(all);
    }

    /** The time of stamps when the parts met: what this part writes from then on gets a later one. */
    public long time() {
        return time;
    }

    /** Hashes of what this part held then and had written just before, sorted. Not to be changed. */
    public long[] newest() {
        return newest;
    }

    /** Who was in this part. */
    public Set<Long> side() {
        return side;
    }

    /** Whether somebody was in this part. */
    public boolean isOfSide(long author) {
        return side.contains(author);
    }

    /** Whether somebody of this part wrote this since the parts met. */
    public boolean isOfSideAndLater(VersionedValue version) {
        return isOfSide(version.by().author()) && version.writtenTime() > time;
    }

    /** By key what it held then, for the keys that have been written since, from other parts as well as from this one. */
    public Map<String, Before> before() {
        return before;
    }

    /**
     * A key holds another version.
     *
     * @param keyHash of the key
     * @param now a tombstone if a clear has killed what it held; null if a compaction has forgotten it
     */
    void changed(String key, long keyHash, @Nullable VersionedValue old, @Nullable VersionedValue now) {
        if (old != null && now != null && now.isSameWriteAs(old)) {
            // A compaction has given it another stamp.
            return;
        }
        // Only before the first write since: what holds nothing later may have lost its value to another clear, of any part.
        boolean removed = killed.remove(keyHash) && old == null;
        Before known = before.get(key);
        if (now != null && isOfSide(now.by().author())) {
            if (known != null && now.writtenTime() <= time) {
                // What was under way from a participant of this part is what this part held.
                before.remove(key);
            } else if (known == null && old != null && replacedSince.size() < MAX_KEYS) {
                replacedSince.add(hashOf(key, old));
            }
        } else if (known == null && before.size() < MAX_KEYS && (old != null || removed)) {
            before.put(key, new Before(old != null ? old : VersionedValue.tombstone(clear), removed,
                    now == null ? null : Write.of(key, now)));
        }
    }

    /** A clear that a later one has replaced is among the replaced versions as the removal of a key without a name. */
    static long hashOf(Stamp clear) {
        return Digest.hashOf("", VersionedValue.tombstone(clear));
    }

    private static long hashOf(String key, VersionedValue version) {
        return Digest.hashOf(key, version.asWritten());
    }

    /** Whether a part with this clear, that met others at this time, surely held a write by then. */
    public static boolean held(Stamp clear, long time, long[] newest, Write write) {
        return write.stamp().time() <= time - UNSURE_TIME || write.stamp().equals(clear)
                || Arrays.binarySearch(newest, write.hash()) >= 0;
    }

    /** Whether a part with this clear, that had replaced these, knew of another clear. */
    public static boolean knew(Stamp clear, long[] sorted, Stamp other) {
        return clear.equals(other) || Arrays.binarySearch(sorted, hashOf(other)) >= 0;
    }

    /** Whether a version is among hashes of replaced versions. */
    public static boolean isAmong(long[] sorted, String key, VersionedValue version) {
        return Arrays.binarySearch(sorted, hashOf(key, version)) >= 0;
    }
}
