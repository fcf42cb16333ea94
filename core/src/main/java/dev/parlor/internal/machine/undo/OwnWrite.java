package dev.parlor.internal.machine.undo;

import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.session.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * One key that was written here by a caller.
 *
 * @param held what it held before, or null
 * @param seen that as readers saw it: removed if its lifetime was over
 * @param now what it holds; null where a clear has left nothing
 */
record OwnWrite(String key, @Nullable VersionedValue held, @Nullable VersionedValue seen, @Nullable VersionedValue now) {
    /** Whether a reader sees no difference, nor how long it is there: there is nothing to undo. */
    boolean isNoChange() {
        VersionedValue before = VersionedValue.liveOrNull(seen);
        VersionedValue after = VersionedValue.liveOrNull(now);
        return before == null || after == null ? before == after : Lifespan.areAlike(before.bytes(), after.bytes());
    }
}
