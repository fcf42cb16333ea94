package dev.parlor.internal.moment;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the entries of a map in place of which another may come, of which it tells what keys hold by then: each key once that is there
 * all the time, none that is gone, and of what is new perhaps some. By one thread at a time.
 *
 * @param <V> what keys hold
 */
public final class HeldEntries<V> implements Iterator<Map.Entry<String, V>> {
    private final Supplier<ConcurrentMap<String, V>> held;
    private final Iterator<Map.Entry<String, V>> all;
    private Map.@Nullable Entry<String, V> next;

    /** @param held the map that there is by now */
    public HeldEntries(Supplier<ConcurrentMap<String, V>> held) {
        this.held = held;
        all = held.get().entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            next = byNow(all.next());
        }
        return next != null;
    }

    private Map.@Nullable Entry<String, V> byNow(Map.Entry<String, V> met) {
        // Looked up also where it is the same map still: an iterator of that may go on over entries that have been taken out together.
        V value = held.get().get(met.getKey());
        return value == null ? null : Map.entry(met.getKey(), value);
    }

    @Override
    public Map.Entry<String, V> next() {
        hasNext();
        Map.Entry<String, V> met = next;
        if (met == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return met;
    }
}
