package dev.parlor.internal.session;

import dev.parlor.internal.moment.Moment;
import dev.parlor.internal.moment.Moments;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of all that readers see, each of one moment. The replica's lock is held for some microseconds when one begins and ends, and
 * not while a million entries are copied: what is changed meanwhile is set right in the copy. Thread-safe.
 */
final class Snapshots {
    private final Supplier<Map<String, VersionedValue>> entries;
    private final StampedLock lock;
    private final BiPredicate<String, VersionedValue> isSeen;
    private final Moments<VersionedValue> moments = new Moments<>();

    /**
     * None yet.
     *
     * @param entries what the keys hold by now
     * @param lock the replica's
     * @param isSeen whether readers see what a key holds
     */
    Snapshots(Supplier<Map<String, VersionedValue>> entries, StampedLock lock, BiPredicate<String, VersionedValue> isSeen) {
        this.entries = entries;
        this.lock = lock;
        this.isSeen = isSeen;
    }

    /**
     * What readers see now.
     *
     * @param expected how many entries, about
     */
    Map<String, VersionedValue> take(int expected) {
        Map<String, VersionedValue> copy = new HashMap<>((int) (expected / 0.75f) + 1);
        Moment<VersionedValue> then = new Moment<>();
        moments.read(lock, then, entries, all -> {
            all.forEach((key, value) -> {
                if (isSeen.test(key, value)) {
                    copy.put(key, value);
                }
            });
            return copy;
        });
        then.forEach((key, seen) -> {
            if (seen == null) {
                copy.remove(key);
            } else {
                copy.put(key, seen);
            }
        });
        return copy;
    }

    /**
     * A key held something, or nothing, and holds something else. Under the lock, before it is noted whether readers see that.
     *
     * @param now what it holds, or null
     */
    void changed(String key, @Nullable VersionedValue old, @Nullable VersionedValue now) {
        // To a reader a compaction changes nothing.
        if (!moments.isEmpty() && !VersionedValue.areOfOneWrite(old, now)) {
            moments.changed(key, 0, old != null && isSeen.test(key, old) ? old : null);
        }
    }

    /** Readers saw this of a key, or null, and see something else of what it holds still. Under the lock. */
    void shown(String key, @Nullable VersionedValue before) {
        moments.changed(key, 0, before);
    }

    /** The keys are in another map from now on. Under the lock. */
    void wiped() {
        moments.clear();
    }
}
