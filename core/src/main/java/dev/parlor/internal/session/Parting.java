package dev.parlor.internal.session;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one part of a room held when it met others: what its keys held then, where they hold something else by now, and which
 * versions it had replaced before. Guarded by the room's lock.
 */
public final class Parting {
    /** Keys remembered; more than a report names by far. */
    private static final int MAX_KEYS = 65_536;

    /**
     * What a key held when the parts met.
     *
     * @param held a tombstone if a clear of this part had killed it
     * @param cleared whether that is so
     */
    public record Before(VersionedValue held, boolean cleared) {}

    private final Stamp clear;
    private final long[] replaced;
    private final Set<Long> side;
    private final Map<String, Before> before = new LinkedHashMap<>();

    Parting(Stamp clear, long[] replaced, Set<Long> side) {
        this.clear = clear;
        this.replaced = replaced;
        this.side = Set.copyOf(side);
    }

    /** The clear stamp when the parts met. */
    public Stamp clear() {
        return clear;
    }

    /** Hashes of the versions that this part had replaced by then, sorted. Not to be changed. */
    public long[] replaced() {
        return replaced;
    }

    /** Whether somebody was in this part. */
    public boolean isOfSide(long author) {
        return side.contains(author);
    }

    /** By key what it held then, for the keys that have been written since, from other parts as well as from this one. */
    public Map<String, Before> before() {
        return before;
    }

    /** A key holds another version; {@code killed} tells of one that holds nothing whether a clear had killed it here. */
    void changed(String key, VersionedValue old, VersionedValue now, boolean killed) {
        Before known = before.get(key);
        boolean own = now != null && side.contains(now.by().author());
        if (known == null) {
            if (before.size() < MAX_KEYS && (old != null || killed) && !own) {
                before.put(key, old != null ? new Before(old, false) : new Before(VersionedValue.tombstone(clear), true));
            }
        } else if (own && known.held() == old) {
            // What was under way from a participant of this part is what this part held.
            before.remove(key);
        }
    }

    /** A clear that a later one has replaced is among the replaced versions as the removal of a key without a name. */
    static long hashOf(Stamp clear) {
        return Digest.hashOf("", VersionedValue.tombstone(clear));
    }

    /** Whether a part with this clear, that had replaced these, knew of another clear. */
    public static boolean knew(Stamp clear, long[] sorted, Stamp other) {
        return clear.equals(other) || Arrays.binarySearch(sorted, hashOf(other)) >= 0;
    }

    /** Whether a version is among hashes of replaced versions. */
    public static boolean isAmong(long[] sorted, String key, VersionedValue version) {
        return Arrays.binarySearch(sorted, Digest.hashOf(key, version.asWritten())) >= 0;
    }
}
