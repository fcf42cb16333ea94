package dev.parlor.internal.family;

import dev.parlor.Family;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Lifetime;
import dev.parlor.SessionData;
import dev.parlor.internal.engine.Writing;
import dev.parlor.internal.session.SessionReplica;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A family as it is read and written. Thread-safe.
 *
 * @param <T> the class of the values
 */
final class SharedFamily<T> extends ReadFamily<T> implements Family<T> {
    private final SessionData data;
    private final Writing writing;
    private final Declared declared;

    SharedFamily(SessionReplica session, Belonging<T> belonging, Registrations registrations, SessionData data, Writing writing,
            Declared declared) {
        super(session, belonging, registrations);
        this.data = data;
        this.writing = writing;
        this.declared = declared;
    }

    /** The key to write a value at. */
    private String keyFor(String subKey, @Nullable T value) {
        String key = family().key(subKey).name();
        declared.requireSeenBy(family(), key, value);
        return key;
    }

    @Override
    public void put(String subKey, T value) {
        String key = keyFor(subKey, value);
        family().lifetime().ifPresentOrElse(lifetime -> data.put(key, value, lifetime), () -> data.put(key, value));
    }

    @Override
    public void put(String subKey, T value, Lifetime lifetime) {
        data.put(keyFor(subKey, value), value, lifetime);
    }

    @Override
    public boolean putDefault(String subKey, T value) {
        return data.putDefault(keyFor(subKey, value), value);
    }

    @Override
    public boolean putIfChanged(String subKey, T value) {
        String key = keyFor(subKey, value);
        return family().lifetime().map(lifetime -> data.putIfChanged(key, value, lifetime)).orElseGet(() -> data.putIfChanged(key, value));
    }

    @Override
    public void putAll(Map<String, ? extends T> values) {
        if (values == null) {
            throw new InvalidArgumentException("the map must not be null: pass an empty one to change nothing");
        }
        Map<String, T> byKey = new LinkedHashMap<>();
        values.forEach((subKey, value) -> byKey.put(keyFor(subKey, value), value));
        family().lifetime().ifPresentOrElse(lifetime -> data.update(batch -> byKey.forEach((key, value) -> batch.put(key, value, lifetime))),
                () -> data.merge(byKey));
    }

    @Override
    public void remove(String subKey) {
        data.remove(family().key(subKey));
    }

    @Override
    public void clear() {
        writing.requireOpen();
        writing.removeTogether(index().members().keySet());
    }
}
