package dev.parlor.internal.moment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moments of which somebody reads what keys held: seldom one, and as many as read at once. Guarded by the lock under which the keys
 * change.
 *
 * @param <V> what keys hold
 */
public final class Moments<V> {
    private final List<Moment<V>> read = new ArrayList<>();

    /** From now on it is remembered what keys hold now, until {@link #end}. */
    public Moment<V> begin() {
        return add(null);
    }

    /** The same of the keys of some parts. @param wanted for each part, whether its keys are read */
    public Moment<V> begin(boolean[] wanted) {
        return add(wanted.clone());
    }

    private Moment<V> add(boolean @Nullable [] wanted) {
        Moment<V> moment = new Moment<>(wanted);
        read.add(moment);
        return moment;
    }

    /** What is remembered of a moment by now is all. */
    public void end(Moment<V> moment) {
        read.remove(moment);
    }

    /** The keys are in another map from now on, and those that read one of them go on with the one before, which nobody changes any more. */
    public void clear() {
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
