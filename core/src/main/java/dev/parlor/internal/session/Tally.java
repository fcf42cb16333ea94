package dev.parlor.internal.session;

import dev.parlor.internal.index.PrefixIndexes;
import dev.parlor.internal.lifespan.Lives;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a replica's entries as they come and go: live keys, bytes, and the hashes that tell whether two replicas hold
 * the same. Changed under the room's lock within the replica's own, under which readers take the number of live keys.
 */
public final class Tally {
    private final long[] buckets = new long[Digest.BUCKETS];
    private final Ages ages;
    private final Past past;
    private final Lives lives;
    private final PrefixIndexes<VersionedValue> indexes;
    private final Snapshots snapshots;
    private int live;
    private long liveBytes;
    private long tombstoneBytes;
    private long root;
    /** The clear stamp that {@link #root} was made with, or null if an entry has changed since. */
    private @Nullable Stamp rootClear;

    /**
     * Nothing yet.
     *
     * @param ages are told of each change as well, since they need the same hashes
     * @param past is told of each change as well, since it needs the same hashes
     * @param lives are told of each change as well, before indexes, which go by what readers see
     * @param indexes are told of each change as well, in the same step
     * @param snapshots are told of each change as well
     */
    Tally(Ages ages, Past past, Lives lives, PrefixIndexes<VersionedValue> indexes, Snapshots snapshots) {
        this.ages = ages;
        this.past = past;
        this.lives = lives;
        this.indexes = indexes;
        this.snapshots = snapshots;
    }

    /**
     * A key holds something else.
     *
     * @param clear the clear stamp by now
     * @param old what it held, or null
     * @param now what it holds, or null
     */
    void changed(String key, Stamp clear, @Nullable VersionedValue old, @Nullable VersionedValue now) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        long keyHash = Digest.hashOf(key, utf8);
        long oldHash = old == null ? 0 : Digest.hashOf(keyHash, old);
        if (old != null) {
            buckets[Digest.bucketOf(keyHash)] -= oldHash;
            ages.removed(old, oldHash);
            count(utf8, old, -1);
        }
        if (now != null) {
            added(utf8, keyHash, now);
        }
        rootClear = null;
        past.changed(key, keyHash, clear, old, oldHash, now);
        snapshots.changed(key, old, now);
        lives(key, old, now);
        indexes.changed(key, now);
    }

    /**
     * A compaction: of some keys what lives and is older than its clear stamp is stamped just after that, and what is removed is
     * forgotten.
     *
     * @param clear the clear stamp by now
     */
    void compact(Collection<String> keys, Map<String, VersionedValue> entries, Stamp to, Stamp clear) {
        for (String key : keys) {
            VersionedValue old = entries.get(key);
            if (old != null && old.isOlderThan(to)) {
                VersionedValue kept = old.isTombstone() ? null : old.compactedAt(to.time());
                if (kept == null) {
                    entries.remove(key);
                } else {
                    entries.put(key, kept);
                }
                changed(key, clear, old, kept);
            }
        }
    }

    /**
     * A clear has killed all but what is left, which is counted anew.
     *
     * @param clear the clear stamp by now
     */
    void wiped(Map<String, VersionedValue> before, Map<String, VersionedValue> left, Stamp clear) {
        Arrays.fill(buckets, 0);
        ages.cleared();
        live = 0;
        liveBytes = 0;
        tombstoneBytes = 0;
        rootClear = null;
        left.forEach((key, held) -> {
            byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
            added(utf8, Digest.hashOf(key, utf8), held);
        });
        past.wiped(before, left, clear);
        for (String key : lives.keys()) {
            VersionedValue old = before.get(key);
            if (old != null && !left.containsKey(key)) {
                snapshots.changed(key, old, null);
                lives(key, old, null);
            }
        }
        snapshots.wiped();
        indexes.wiped(left.keySet());
    }

    private void added(byte[] utf8, long keyHash, VersionedValue now) {
        long hash = Digest.hashOf(keyHash, now);
        buckets[Digest.bucketOf(keyHash)] += hash;
        ages.added(now, hash);
        count(utf8, now, 1);
    }

    private void count(byte[] utf8, VersionedValue held, int by) {
        if (held.isTombstone()) {
            tombstoneBytes += by * (long) utf8.length;
        } else {
            live += by;
            liveBytes += by * (utf8.length + (long) held.bytes().length);
        }
    }

    private void lives(String key, @Nullable VersionedValue old, @Nullable VersionedValue now) {
        if (VersionedValue.areOfOneWrite(old, now)) {
            // A compaction has given it another stamp, or has forgotten it.
            return;
        }
        if (old != null) {
            lives.remove(key, old.bytes(), old.by().author());
        }
        if (now != null) {
            lives.add(key, now.bytes(), now.by().author());
        }
    }

    /** Live keys, hidden ones among them. */
    int live() {
        return live;
    }

    /** Bytes of live keys and values. */
    long liveBytes() {
        return liveBytes;
    }

    /** Bytes of the names of removed keys. */
    long tombstoneBytes() {
        return tombstoneBytes;
    }

    /** The hashes of this state. A copy. */
    Digest digest(Stamp clear) {
        return new Digest(buckets.clone(), clear);
    }

    /** {@link Digest#root} of this state: each tick of a room asks for it, and most find it as it was. Under the room's lock. */
    long root(Stamp clear) {
        if (!clear.equals(rootClear)) {
            root = new Digest(buckets, clear).root();
            rootClear = clear;
        }
        return root;
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
}
