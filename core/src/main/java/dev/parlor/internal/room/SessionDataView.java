package dev.parlor.internal.room;

import dev.parlor.internal.session.VersionedValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** The live view of session data as an unmodifiable map. Thread-safe; iterators are weakly consistent. */
final class SessionDataView extends AbstractMap<String, Object> {
    private final RoomCore core;

    SessionDataView(RoomCore core) {
        this.core = core;
    }

    @Override
    public Object get(Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        VersionedValue held = core.state().session().liveEntry(name);
        return held == null ? null : core.values().of(name, held).orElse(null);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Readable(core.state().session().iterator());
            }

            @Override
            public int size() {
                int size = 0;
                for (Iterator<?> all = iterator(); all.hasNext(); all.next()) {
                    size++;
                }
                return size;
            }
        };
    }

    /** Entries whose values can be read here. */
    private final class Readable implements Iterator<Map.Entry<String, Object>> {
        private final Iterator<Map.Entry<String, VersionedValue>> all;
        private Map.Entry<String, Object> next;

        Readable(Iterator<Map.Entry<String, VersionedValue>> all) {
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                Map.Entry<String, VersionedValue> entry = all.next();
                Optional<Object> value = core.values().of(entry.getKey(), entry.getValue());
                next = value.isPresent() ? Map.entry(entry.getKey(), value.get()) : null;
            }
            return next != null;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Object> found = next;
            next = null;
            return found;
        }
    }
}
