package dev.parlor.internal.moment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The moments of which somebody reads what keys held: seldom one, and as many as read at once. Changes are told by who holds the lock under which
 * the keys change; who begins or ends holds the same, or its reading side, of which several may do so at once.
 *
 * @param <V> what keys hold
 */
public final class Moments<V> {
    private final List<Moment<V>> open = new ArrayList<>();

    /** From now on it is remembered what keys hold now, until {@link #end}. */
    public synchronized void begin(Moment<V> moment) {
        open.add(moment);
    }

    /** What is remembered of a moment by now is all. */
    public synchronized void end(Moment<V> moment) {
        open.remove(moment);
    }

    /**
     * Reads what keys held at one moment while they go on changing: the reading side of the lock under which they do is held for some
     * microseconds, when the reading begins and ends.
     *
     * @param then remembers what changes meanwhile
     * @param first is asked at that moment
     * @param reading is given that, and reads without the lock
     */
    public <S, R> R read(StampedLock lock, Moment<V> then, Supplier<S> first, Function<S, R> reading) {
        try {
            S begun;
            long held = lock.readLock();
            try {
                begin(then);
                begun = first.get();
            } finally {
                lock.unlockRead(held);
            }
            return reading.apply(begun);
        } finally {
            long held = lock.readLock();
            try {
                end(then);
            } finally {
                lock.unlockRead(held);
            }
        }
    }

    /** The keys are in another map from now on, and those that read one of them go on with the one before, which nobody changes any more. */
    public synchronized void clear() {
        open.clear();
    }

    /** Whether none is read. */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** A key of a part held this, or null, and holds something else. */
    public void changed(String key, int part, @Nullable V old) {
        for (int i = 0; i < open.size(); i++) {
            open.get(i).changed(key, part, old);
        }
    }
}
