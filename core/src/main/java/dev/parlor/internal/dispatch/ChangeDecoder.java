package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.session.VersionedValue;
import org.jspecify.annotations.Nullable;

/** Turns a change that waits into what listeners get. On the thread of the listeners, without a lock. */
public interface ChangeDecoder {
    /**
     * A change with its values decoded.
     *
     * @param before what the key held, null if nothing
     * @param after what it holds, null if nothing
     * @param author who made it so
     */
    Change decode(String key, @Nullable VersionedValue before, @Nullable VersionedValue after, long author, Change.Cause cause);
}
