package dev.parlor.internal.session;

import dev.parlor.internal.lifespan.Lifespan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a key holds: a stamp and either encoded bytes or, for a removed key, a tombstone. The bytes stay encoded until
 * the value is first read; the decoded object is kept beside them from then on. Thread-safe; the bytes are never
 * changed.
 *
 * <p>There is one of these for each key, so it is kept small (32 bytes beside the encoded ones): the stamp is made when
 * it is asked for.
 */
public final class VersionedValue {
    private static final byte[] TOMBSTONE = new byte[0];

    /** When it was written; not the time of a compaction. */
    private final long writtenTime;
    private final Authorship by;
    private final byte[] bytes;
    private volatile @Nullable Object decoded;

    private VersionedValue(long writtenTime, Authorship by, byte[] bytes) {
        this.writtenTime = writtenTime;
        this.by = by;
        this.bytes = bytes;
    }

    /** A value. An encoded value has at least one byte. */
    public static VersionedValue of(long writtenTime, Authorship by, byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an encoded value has at least one byte");
        }
        return new VersionedValue(writtenTime, by, bytes);
    }

    /** A value. */
    public static VersionedValue of(Stamp stamp, byte[] bytes) {
        return of(stamp.written().time(), authorshipOf(stamp), bytes);
    }

    /** A removed key. */
    public static VersionedValue tombstone(long writtenTime, Authorship by) {
        return new VersionedValue(writtenTime, by, TOMBSTONE);
    }

    /** A removed key. */
    public static VersionedValue tombstone(Stamp stamp) {
        return tombstone(stamp.written().time(), authorshipOf(stamp));
    }

    private static Authorship authorshipOf(Stamp stamp) {
        return Authorship.of(stamp.written().author(), stamp.origin() == null ? 0 : stamp.time());
    }

    /** Its place in the order of all writes. Made anew; {@link #time()} and {@link #beats} need none. */
    public Stamp stamp() {
        Stamp written = written();
        return by.isCompacted() ? written.compactedAt(by.compactedAt()) : written;
    }

    /** The stamp it was written with, whatever a compaction made of it. Made anew. */
    public Stamp written() {
        return new Stamp(writtenTime, by.author());
    }

    /** The time of its stamp. */
    public long time() {
        return by.isCompacted() ? by.compactedAt() : writtenTime;
    }

    /** When it was written, whatever a compaction made of its stamp. */
    public long writtenTime() {
        return writtenTime;
    }

    /** Who wrote it, and which compaction kept it. */
    public Authorship by() {
        return by;
    }

    /** The encoded value, empty for a tombstone. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether it is a start value, which gives way to every write. */
    public boolean isDefault() {
        return writtenTime == Stamp.ZERO.time() && !isTombstone();
    }

    /** The encoded value, without what says how long it lives. Not to be changed. */
    public byte[] payload() {
        return Lifespan.valueOf(bytes);
    }

    /** Whether it lives only while its author is present, or for a time: see {@link Lifespan}. */
    public boolean isLimited() {
        return Lifespan.isLimited(bytes);
    }

    public boolean isTombstone() {
        return bytes.length == 0;
    }

    /** The decoded object, or null if it has not been decoded. */
    public @Nullable Object decoded() {
        return decoded;
    }

    /** Keeps the decoded object for further readers. */
    public void keepDecoded(Object object) {
        decoded = object;
    }

    /** The same value under the stamp of a compaction. */
    VersionedValue compactedAt(long time) {
        VersionedValue same = new VersionedValue(writtenTime, Authorship.of(by.author(), time), bytes);
        same.decoded = decoded;
        return same;
    }

    /** A value as a reader sees it: null for a tombstone as well. */
    public static @Nullable VersionedValue liveOrNull(@Nullable VersionedValue value) {
        return value == null || value.isTombstone() ? null : value;
    }

    /** Whether a reader sees no difference between two values, of which null is none: both dead, or of equal values. */
    public static boolean sameForReaders(@Nullable VersionedValue one, @Nullable VersionedValue other) {
        if (one == null || one.isTombstone()) {
            return other == null || other.isTombstone();
        }
        return other != null && !other.isTombstone() && Lifespan.areOfOneValue(one.bytes, other.bytes);
    }

    /** Whether both are dead, or one a compaction's copy of the other. */
    static boolean areOfOneWrite(@Nullable VersionedValue one, @Nullable VersionedValue other) {
        byte[] bytes = one == null ? TOMBSTONE : one.bytes;
        return bytes == (other == null ? TOMBSTONE : other.bytes);
    }

    /** The same value under the stamp it was written with. */
    VersionedValue asWritten() {
        return by.isCompacted() ? new VersionedValue(writtenTime, Authorship.of(by.author(), 0), bytes) : this;
    }

    /** Whether this and the other are one write, whatever compactions have made of its stamp. */
    public boolean isSameWriteAs(VersionedValue other) {
        return writtenTime == other.writtenTime && by.author() == other.by.author() && Arrays.equals(bytes, other.bytes);
    }

    /** Whether this wins over the other: the newer stamp, or at an equal stamp (a defect) the larger bytes. */
    boolean beats(VersionedValue other) {
        int order = compareStamps(other);
        return order > 0 || (order == 0 && Arrays.compareUnsigned(bytes, other.bytes) > 0);
    }

    /** Whether a stamp is newer than its own. */
    public boolean isOlderThan(Stamp other) {
        return time() <= other.time() && other.after(stamp());
    }

    /** Whether two different values carry one stamp, which a correct writer never makes. */
    boolean contradicts(VersionedValue other) {
        return compareStamps(other) == 0 && !Arrays.equals(bytes, other.bytes);
    }

    /** As {@link Stamp#compareTo}, without making stamps where that is easily said. */
    private int compareStamps(VersionedValue other) {
        if (by.isCompacted() || other.by.isCompacted()) {
            return stamp().compareTo(other.stamp());
        }
        int order = Long.compare(writtenTime, other.writtenTime);
        return order != 0 ? order : Long.compare(by.author(), other.by.author());
    }

    /** A number that depends on stamp and bytes, the same on every JVM: for digests. */
    long contentHash() {
        return Digest.mix(Digest.mix(by.hash() + writtenTime) + Digest.crcOf(bytes));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionedValue that && stamp().equals(that.stamp()) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(contentHash());
    }

    @Override
    public String toString() {
        return stamp() + (isTombstone() ? " removed" : " " + bytes.length + " bytes");
    }
}
