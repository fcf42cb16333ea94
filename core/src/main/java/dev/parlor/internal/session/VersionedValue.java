package dev.parlor.internal.session;

import java.util.Arrays;

/**
 * What a key holds: a stamp and either encoded bytes or, for a removed key, a tombstone. The bytes stay encoded until
 * the value is first read; the decoded object is kept beside them from then on. Thread-safe; the bytes are never
 * changed.
 */
public final class VersionedValue {
    private static final byte[] TOMBSTONE = new byte[0];

    private final Stamp stamp;
    private final byte[] bytes;
    private volatile Object decoded;

    private VersionedValue(Stamp stamp, byte[] bytes) {
        this.stamp = stamp;
        this.bytes = bytes;
    }

    /** A value. An encoded value has at least one byte. */
    public static VersionedValue of(Stamp stamp, byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an encoded value has at least one byte");
        }
        return new VersionedValue(stamp, bytes);
    }

    /** A removed key. */
    public static VersionedValue tombstone(Stamp stamp) {
        return new VersionedValue(stamp, TOMBSTONE);
    }

    public Stamp stamp() {
        return stamp;
    }

    /** The encoded value, empty for a tombstone. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean isTombstone() {
        return bytes.length == 0;
    }

    /** The decoded object, or null if it has not been decoded. */
    public Object decoded() {
        return decoded;
    }

    /** Keeps the decoded object for further readers. */
    public void keepDecoded(Object object) {
        decoded = object;
    }

    /** The same value under the stamp of a compaction. */
    VersionedValue compactedAt(long time) {
        VersionedValue same = new VersionedValue(stamp.compactedAt(time), bytes);
        same.decoded = decoded;
        return same;
    }

    /** Whether this and the other are one write, whatever compactions have made of its stamp. */
    boolean isSameWriteAs(VersionedValue other) {
        return other != null && stamp.written().equals(other.stamp.written()) && Arrays.equals(bytes, other.bytes);
    }

    /** Whether this wins over the other: the newer stamp, or at an equal stamp (a defect) the larger bytes. */
    boolean beats(VersionedValue other) {
        int order = stamp.compareTo(other.stamp);
        return order > 0 || (order == 0 && Arrays.compareUnsigned(bytes, other.bytes) > 0);
    }

    /** Whether two different values carry one stamp, which a correct writer never makes. */
    boolean contradicts(VersionedValue other) {
        return stamp.equals(other.stamp) && !Arrays.equals(bytes, other.bytes);
    }

    /** A number that depends on stamp and bytes, for digests. */
    int contentHash() {
        return 31 * stamp.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionedValue that && stamp.equals(that.stamp) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return contentHash();
    }

    @Override
    public String toString() {
        return stamp + (isTombstone() ? " removed" : " " + bytes.length + " bytes");
    }
}
