package dev.parlor.internal.session;

import dev.parlor.internal.lifespan.Lives;
import dev.parlor.internal.moment.Moment;
import dev.parlor.internal.moment.Moments;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of all that readers see, each of one moment. The replica's lock is held for some microseconds when one begins and ends, and
 * not while a million entries are copied: what is changed meanwhile is set right in the copy. Thread-safe.
 */
final class Snapshots {
    private final Supplier<Map<String, VersionedValue>> entries;
    private final StampedLock lock;
    private final Lives lives;
    private final Moments<VersionedValue> moments = new Moments<>();

    /**
     * None yet.
     *
     * @param entries what the keys hold by now
     * @param lock under which they change
     * @param lives of which it is asked what readers do not see
     */
    Snapshots(Supplier<Map<String, VersionedValue>> entries, StampedLock lock, Lives lives) {
        this.entries = entries;
        this.lock = lock;
        this.lives = lives;
    }

    /** What readers see now. */
    Map<String, VersionedValue> take() {
        Map<String, VersionedValue> all;
        Set<String> hidden;
        Moment<VersionedValue> then;
        long held = lock.writeLock();
        try {
            all = entries.get();
            hidden = lives.hiddenKeys();
            then = moments.begin();
        } finally {
            lock.unlockWrite(held);
        }
        Map<String, VersionedValue> copy = new HashMap<>((int) (all.size() / 0.75f) + 1);
        try {
            all.forEach((key, value) -> {
                if (isSeen(key, value, hidden)) {
                    copy.put(key, value);
                }
            });
        } finally {
            held = lock.writeLock();
            moments.end(then);
            lock.unlockWrite(held);
        }
        then.forEach((key, old) -> {
            if (old != null && isSeen(key, old, hidden)) {
                copy.put(key, old);
            } else {
                copy.remove(key);
            }
        });
        return copy;
    }

    private static boolean isSeen(String key, VersionedValue held, Set<String> hidden) {
        return !held.isTombstone() && !(held.isLimited() && hidden.contains(key));
    }

    /** A key held this, or null, and holds something else. Under the lock. */
    void changed(String key, @Nullable VersionedValue old) {
        moments.changed(key, 0, old);
    }

    /** The keys are in another map from now on. Under the lock. */
    void wiped() {
        moments.clear();
    }
}
