package dev.parlor.internal.moment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moments of which somebody reads what keys held: seldom one, and as many as read at once. Changes are told by who holds the lock under which
 * the keys change; who begins or ends holds the same, or its reading side, of which several may do so at once.
 *
 * @param <V> what keys hold
 */
public final class Moments<V> {
    private final List<Moment<V>> read = new ArrayList<>();

    /** From now on it is remembered what keys hold now, until {@link #end}. */
    public synchronized void begin(Moment<V> moment) {
        read.add(moment);
    }

    /** What is remembered of a moment by now is all. */
    public synchronized void end(Moment<V> moment) {
        read.remove(moment);
    }

    /** The keys are in another map from now on, and those that read one of them go on with the one before, which nobody changes any more. */
    public synchronized void clear() {
        read.clear();
    }

    /** Whether none is read. */
    public boolean isEmpty() {
        return read.isEmpty();
    }

    /** A key of a part held this, or null, and holds something else. */
    public void changed(String key, int part, @Nullable V old) {
        for (int i = 0; i < read.size(); i++) {
            read.get(i).changed(key, part, old);
        }
    }
}
