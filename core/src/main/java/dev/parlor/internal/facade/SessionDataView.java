package dev.parlor.internal.facade;

import dev.parlor.internal.family.LiveSet;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.VersionedValue;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live view of session data as an unmodifiable map. Keys cost no decoding: {@link #keySet}, {@link #size}, {@link
 * #isEmpty} and {@link #containsKey} tell of every live key. Values are decoded when they are asked for, and {@link
 * #entrySet} and {@link #values} leave out those that cannot be read here.
 *
 * <p>Thread-safe; iterators and streams are weakly consistent. No spliterator is sized: the size changes while a stream
 * runs, and a stream that was promised another size throws.
 */
final class SessionDataView extends AbstractMap<String, Object> {
    private final SessionReplica session;
    private final Values decoder;
    private final Set<String> keys = new Keys();
    private final Set<Map.Entry<String, Object>> entries = new Entries();
    private final Collection<Object> values = Collections.unmodifiableCollection(new ReadableValues());

    SessionDataView(SessionReplica session, Values decoder) {
        this.session = session;
        this.decoder = decoder;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        VersionedValue held = session.liveEntry(name);
        return held == null ? null : decoder.of(name, held).orElse(null);
    }

    /** What the superclass has asks for the key as well, which may hold what cannot be read here, or appear meanwhile. */
    @Override
    public Object getOrDefault(Object key, Object other) {
        Object value = get(key);
        return value != null ? value : other;
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && session.liveEntry(name) != null;
    }

    @Override
    public int size() {
        return session.size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public Set<String> keySet() {
        return keys;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return entries;
    }

    @Override
    public Collection<Object> values() {
        return values;
    }

    @Override
    public Object remove(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    /** Compares the readable entries of one moment. With a value that cannot be read here the view equals no other map. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this || !(other instanceof Map<?, ?> map)) {
            return other == this;
        }
        Map<String, VersionedValue> all = session.snapshot();
        Map<String, Object> readable = readable(all);
        return readable.size() == all.size() && readable.equals(map);
    }

    @Override
    public int hashCode() {
        return readable(session.snapshot()).hashCode();
    }

    @Override
    public String toString() {
        return readable(session.snapshot()).toString();
    }

    private Map<String, Object> readable(Map<String, VersionedValue> all) {
        Map<String, Object> readable = new HashMap<>();
        all.forEach((key, held) -> decoder.of(key, held).ifPresent(value -> readable.put(key, value)));
        return readable;
    }

    private Optional<Object> seen(Map.Entry<String, VersionedValue> entry) {
        return session.isSeen(entry.getKey(), entry.getValue()) ? decoder.of(entry.getKey(), entry.getValue()) : Optional.empty();
    }

    /** A part of the view, of which only the iterator knows how much there is. */
    private abstract class Part<T> extends LiveSet<T> {
        Part() {
            super(false);
        }

        /** What an entry is in this part, or null if it is left out. */
        abstract @Nullable T of(Map.Entry<String, VersionedValue> entry);

        @Override
        public Iterator<T> iterator() {
            return new Found<>(session.iterator(), this::of);
        }
    }

    private final class Keys extends Part<String> {
        @Override
        @Nullable String of(Map.Entry<String, VersionedValue> entry) {
            return session.isSeen(entry.getKey(), entry.getValue()) ? entry.getKey() : null;
        }

        @Override
        public int size() {
            return SessionDataView.this.size();
        }

        @Override
        public boolean isEmpty() {
            return SessionDataView.this.isEmpty();
        }

        @Override
        public boolean contains(Object key) {
            return containsKey(key);
        }
    }

    private final class Entries extends Part<Map.Entry<String, Object>> {
        @Override
        Map.@Nullable Entry<String, Object> of(Map.Entry<String, VersionedValue> entry) {
            Optional<Object> value = seen(entry);
            return value.isPresent() ? Map.entry(entry.getKey(), value.get()) : null;
        }

        @Override
        public boolean contains(Object entry) {
            return entry instanceof Map.Entry<?, ?> wanted && wanted.getValue() != null
                    && wanted.getValue().equals(get(wanted.getKey()));
        }
    }

    /** A value may be there several times, so this is a set to nobody outside. */
    private final class ReadableValues extends Part<Object> {
        @Override
        @Nullable Object of(Map.Entry<String, VersionedValue> entry) {
            return seen(entry).orElse(null);
        }
    }

    /** What a part makes of all entries. */
    private static final class Found<T> implements Iterator<T> {
        private final Iterator<Map.Entry<String, VersionedValue>> all;
        private final Function<Map.Entry<String, VersionedValue>, @Nullable T> of;
        private @Nullable T next;

        Found(Iterator<Map.Entry<String, VersionedValue>> all, Function<Map.Entry<String, VersionedValue>, @Nullable T> of) {
            this.all = all;
            this.of = of;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                next = of.apply(all.next());
            }
            return next != null;
        }

        @Override
        public T next() {
            T found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return found;
        }
    }
}
