package dev.parlor.internal.moment;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What keys held at one moment, though they are read while they go on changing: what a key held then is remembered when it first changes, as
 * long as the reading takes and no longer. So what is remembered is what is written meanwhile, and at most every key. Guarded by the
 * lock under which they change, from {@link Moments#begin} until {@link Moments#end} or {@link Moments#clear}; nothing more is
 * remembered after, and it is for one reader.
 *
 * @param <V> what keys hold
 */
public final class Moment<V> {
    private final boolean @Nullable [] wanted;
    /** By key what it held, or null. */
    private final Map<String, @Nullable V> before = new HashMap<>();

    /** Of all keys. */
    public Moment() {
        wanted = null;
    }

    /** Of the keys of some parts. @param wanted for each part, whether its keys are read */
    public Moment(boolean[] wanted) {
        this.wanted = wanted.clone();
    }

    void changed(String key, int part, @Nullable V old) {
        if ((wanted == null || wanted[part]) && !before.containsKey(key)) {
            before.put(key, old);
        }
    }

    /** Whether nothing has changed. */
    public boolean isEmpty() {
        return before.isEmpty();
    }

    /**
     * What a key held then, or null; to be asked once for each key.
     *
     * @param met what it was met with later
     */
    public @Nullable V then(String key, V met) {
        return before.containsKey(key) ? before.remove(key) : met;
    }

    /** Each key that has changed and was not asked for by {@link #then}, with what it held then, or null. */
    public void forEach(BiConsumer<String, @Nullable V> each) {
        before.forEach(each);
    }
}
