package dev.parlor.internal.session;

import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether two replicas hold the same: a hash for each of {@link #BUCKETS} parts of the key space, and the
 * clear stamp (anti-entropy by hashes: Dynamo 2007, section 4.7, with one level instead of a tree). Equal digests on
 * all sides are the definition of "in sync".
 *
 * @param buckets the hashes; not to be changed
 * @param clear the clear stamp
 */
public record Digest(long[] buckets, Stamp clear) {
    /**
     * Parts of the key space. 1024: their hashes are 8 KiB, and in a map of 100,000 entries one differing entry costs
     * about a hundred entries to be sent, 15 KiB at 150 bytes each.
     */
    public static final int BUCKETS = 1024;

    /** The digest of an empty replica. */
    public static Digest empty() {
        return new Digest(new long[BUCKETS], Stamp.ZERO);
    }

    /** The bucket of a key, the same on every JVM. */
    public static int bucketOf(String key) {
        return bucketOf(hashOf(key));
    }

    /** The bucket of a key of which {@link #hashOf(String)} is known. */
    static int bucketOf(long keyHash) {
        return (int) (mix(keyHash) >>> 54);
    }

    /** The number that an entry adds to its bucket. Sums, and not exclusive ors, so that nothing cancels itself out. */
    static long hashOf(String key, VersionedValue value) {
        return hashOf(hashOf(key), value);
    }

    /** The same with {@link #hashOf(String)} of the key. */
    static long hashOf(long keyHash, VersionedValue value) {
        return mix(keyHash * 0x9E3779B97F4A7C15L + value.contentHash());
    }

    /**
     * 64 bits of a key: its CRC beside its {@code hashCode}, since keys that one of them takes for equal must not look alike.
     * Both cost next to nothing, also in a JVM that has just started: the one is an instruction, the other is kept.
     */
    static long hashOf(String key) {
        return hashOf(key, key.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with the key's UTF-8, where that is needed for other things too. */
    static long hashOf(String key, byte[] utf8) {
        return (long) key.hashCode() << 32 | crcOf(utf8);
    }

    /** 32 bits of bytes: enough where they are looked at to find defects, beside a stamp that tells writes apart. */
    static long crcOf(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }

    /** One number for all: equal where the replicas are. */
    public long root() {
        long root = mix(clear.time() * 31 + clear.author());
        for (long bucket : buckets) {
            root = mix(root ^ bucket) + 0x9E3779B97F4A7C15L;
        }
        return root;
    }

    /**
     * The entries of some buckets, bucket by bucket, tombstones included. One hash for each key: the room's lock is held meanwhile.
     *
     * @param wanted for each bucket, whether its entries are wanted
     */
    static List<KeyedValue> inOrder(Map<String, VersionedValue> entries, boolean[] wanted) {
        int[] next = new int[BUCKETS + 1];
        List<KeyedValue> found = new ArrayList<>();
        int[] bucketOf = new int[BUCKETS];
        for (Map.Entry<String, VersionedValue> entry : entries.entrySet()) {
            int bucket = bucketOf(entry.getKey());
            if (wanted[bucket]) {
                if (found.size() == bucketOf.length) {
                    bucketOf = Arrays.copyOf(bucketOf, 2 * bucketOf.length);
                }
                bucketOf[found.size()] = bucket;
                found.add(new KeyedValue(entry.getKey(), entry.getValue()));
                next[bucket + 1]++;
            }
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        KeyedValue[] ordered = new KeyedValue[found.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[next[bucketOf[i]]++] = found.get(i);
        }
        return Arrays.asList(ordered);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest that && clear.equals(that.clear) && Arrays.equals(buckets, that.buckets);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(root());
    }

    @Override
    public String toString() {
        return Long.toHexString(root());
    }
}
