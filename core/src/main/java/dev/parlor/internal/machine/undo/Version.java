package dev.parlor.internal.machine.undo;

import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * What a key held between two steps: the end of one and the beginning of the next. It may be written several times, as undo and redo go
 * back and forth; known is the last of these writes, by which it is told from everybody else's. Guarded by the room's lock.
 */
final class Version {
    private @Nullable VersionedValue value;
    /** Where the key holds nothing: the clear stamp with which that is still so. */
    private Stamp clear;
    /** Ends and beginnings of steps that this is. */
    private int uses;

    /**
     * A version.
     *
     * @param value what the key holds, or null
     * @param clear the clear stamp by then
     */
    Version(@Nullable VersionedValue value, Stamp clear) {
        this.value = lean(value, clear);
        this.clear = clear;
    }

    /** It has been written again. */
    void becomes(@Nullable VersionedValue written, Stamp clearThen) {
        value = lean(written, clearThen);
        clear = clearThen;
    }

    /** Without the decoded object, which nobody here reads. */
    private static @Nullable VersionedValue lean(@Nullable VersionedValue value, Stamp clear) {
        return value == null || value.isOlderThan(clear) ? null : value.isTombstone() ? VersionedValue.tombstone(value.writtenTime(), value.by())
                : VersionedValue.of(value.writtenTime(), value.by(), value.bytes());
    }

    /** Whether what a key holds is this very write, whatever compactions have made of its stamp. */
    boolean is(@Nullable VersionedValue held, Stamp clearNow) {
        // What a compaction is about to take out is nothing. Where nothing is held, a clear would leave no other trace.
        return held == null || held.isOlderThan(clearNow) ? value == null && clear.equals(clearNow) : value != null && held.isSameWriteAs(value);
    }

    /** A compaction forgets what is removed: this is removed by the same write as before, though nothing says so any more. */
    void compacted(String key, SessionReplica session, Stamp to) {
        VersionedValue held = session.held(key);
        if (VersionedValue.liveOrNull(value) == null && (held == null || held.isOlderThan(to)) && is(held, session.clear())) {
            becomes(null, to);
        }
    }

    /** What to write to have it again: null to remove the key, also where its time is over. */
    byte @Nullable [] bytes(long roomMillis) {
        VersionedValue live = VersionedValue.liveOrNull(value);
        return live == null || hasEnded(roomMillis) ? null : live.bytes();
    }

    /** Whether it ends by itself and has done so. */
    boolean hasEnded(long roomMillis) {
        return value != null && Lifespan.ends(value.bytes()) && Lifespan.endMillis(value.bytes()) <= roomMillis;
    }

    /** Encoded bytes that are kept for it. */
    long size() {
        return value == null ? 0 : value.bytes().length;
    }

    /** It is the beginning or the end of one more step. @return whether of the first */
    boolean use() {
        return uses++ == 0;
    }

    /** It is the beginning or the end of one step less. @return whether of none any more */
    boolean drop() {
        return --uses == 0;
    }
}
