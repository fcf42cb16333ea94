package dev.parlor.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * A key holds something else than before. At least one of the two is a live value.
 *
 * @param key the key
 * @param before what it held, null if nothing or a tombstone
 * @param after what it holds, null if nothing or a tombstone
 * @param author who made it so
 */
public record SessionChange(String key, @Nullable VersionedValue before, @Nullable VersionedValue after, long author) {
    /**
     * What it means for a reader that a key holds something else now, or null if nothing: of a removal, or of equal bytes.
     *
     * @param clear the clear stamp by now
     */
    static @Nullable SessionChange between(String key, @Nullable VersionedValue before, @Nullable VersionedValue now, Stamp clear) {
        if (VersionedValue.sameForReaders(before, now)) {
            return null;
        }
        return new SessionChange(key, liveOrNull(before), liveOrNull(now), now == null ? removerOf(before, clear)
                : now.by().author());
    }

    /** A compaction has forgotten who removed what it forgets; who wrote it last is then named in its place. */
    private static long removerOf(@Nullable VersionedValue removed, Stamp clear) {
        return clear.author() == Stamp.LO && removed != null ? removed.by().author() : clear.author();
    }

    private static @Nullable VersionedValue liveOrNull(@Nullable VersionedValue value) {
        return value == null || value.isTombstone() ? null : value;
    }
}
