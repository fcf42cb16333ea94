package dev.parlor.internal.facade;

import static dev.parlor.internal.arguments.Arguments.requireKey;
import static dev.parlor.internal.arguments.Arguments.requireListener;
import static dev.parlor.internal.arguments.Arguments.requirePrefix;
import static dev.parlor.internal.arguments.Arguments.requireTime;
import static dev.parlor.internal.arguments.Arguments.requireType;

import dev.parlor.Batch;
import dev.parlor.Change;
import dev.parlor.Entry;
import dev.parlor.Family;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.KeyFamily;
import dev.parlor.Lifetime;
import dev.parlor.SessionData;
import dev.parlor.Subscription;
import dev.parlor.Undo;
import dev.parlor.internal.dispatch.Keys;
import dev.parlor.internal.engine.Calls;
import dev.parlor.internal.engine.Writing;
import dev.parlor.internal.family.Families;
import dev.parlor.internal.family.Registrations;
import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.listener.BoundValue;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.VersionedValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Session data as users see it: checks and encodes on the caller's thread, then hands on to the engine. */
public final class SharedSessionData implements SessionData {
    private final SessionReplica session;
    private final Values decoder;
    private final Writing writing;
    private final Calls calls;
    private final Registrations registrations;
    private final Families families;
    private final Encoding encoding;
    private final Map<String, Object> view;

    SharedSessionData(SessionReplica session, Values decoder, Writing writing, Calls calls, Registrations registrations,
            Encoding encoding) {
        this.session = session;
        this.decoder = decoder;
        this.writing = writing;
        this.calls = calls;
        this.registrations = registrations;
        this.families = new Families(session, decoder, writing, registrations);
        this.encoding = encoding;
        this.view = new SessionDataView(session, decoder);
    }

    @Override
    public Optional<Object> get(String key) {
        VersionedValue held = session.liveEntry(requireKey(key));
        return held == null ? Optional.empty() : decoder.of(key, held);
    }

    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        requireType(type);
        Optional<Object> found = get(key);
        // A read is hot: only a class that what is there is not of is looked at more closely.
        Class<T> wanted = found.isEmpty() || type.isInstance(found.get()) ? type : encoding.codec().asked(type);
        return found.filter(wanted::isInstance).map(wanted::cast);
    }

    @Override
    public <T> Optional<T> get(Key<T> key) {
        requireKey(key);
        return get(key.name(), key.type());
    }

    @Override
    public Optional<Entry> entry(String key) {
        VersionedValue held = session.liveEntry(requireKey(key));
        return held == null ? Optional.empty() : decoder.of(key, held).map(value -> new Entry(key, value,
                decoder.author(held.by().author()), Instant.ofEpochMilli(held.stamp().written().millis()), lifetimeOf(held), leftOf(held)));
    }

    private static Optional<Lifetime> lifetimeOf(VersionedValue held) {
        byte[] bytes = held.bytes();
        return !Lifespan.isLimited(bytes) ? Optional.empty() : Optional.of(Lifespan.ends(bytes)
                ? Lifetime.of(Duration.ofMillis(Lifespan.durationMillis(bytes))) : Lifetime.whilePresent());
    }

    private Optional<Duration> leftOf(VersionedValue held) {
        byte[] bytes = held.bytes();
        return !Lifespan.ends(bytes) ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.max(0, Lifespan.endMillis(bytes) - writing.roomMillis())));
    }

    @Override
    public <T> Optional<Entry> entry(Key<T> key) {
        requireKey(key);
        // What nothing can be of is refused as by get(…), not taken for absent.
        return get(key).isEmpty() ? Optional.empty() : entry(key.name()).filter(found -> key.type().isInstance(found.value()));
    }

    @Override
    public boolean containsKey(Key<?> key) {
        requireKey(key);
        return containsKey(key.name());
    }

    @Override
    public boolean containsKey(String key) {
        return session.liveEntry(requireKey(key)) != null;
    }

    @Override
    public int size() {
        return session.size();
    }

    @Override
    public Map<String, Object> asMap() {
        return view;
    }

    @Override
    public Map<String, Object> snapshot() {
        Map<String, Object> copy = new LinkedHashMap<>();
        session.snapshot().forEach((key, held) ->
                decoder.of(key, held).ifPresent(value -> copy.put(key, value)));
        return Collections.unmodifiableMap(copy);
    }

    @Override
    public <T> Family<T> family(KeyFamily<T> family) {
        if (family == null) {
            throw new InvalidArgumentException("the family must not be null: make one with KeyFamily.of(\"vote/\", Vote.class)");
        }
        encoding.key(family.prefix());
        return families.of(family, encoding.codec().asked(family.type()), this);
    }

    @Override
    public void put(String key, Object value) {
        writing.requireOpen();
        byte[] bytes = encoding.value(encoding.key(key), value);
        writing.put(key, bytes);
    }

    @Override
    public <T> void put(Key<T> key, T value) {
        requireKey(key);
        put(key.name(), value);
    }

    @Override
    public void put(String key, Object value, Lifetime lifetime) {
        writing.requireOpen();
        byte[] bytes = encoding.limited(encoding.key(key), value, lifetime);
        writing.put(key, bytes);
    }

    @Override
    public <T> void put(Key<T> key, T value, Lifetime lifetime) {
        requireKey(key);
        put(key.name(), value, lifetime);
    }

    @Override
    public boolean putDefault(String key, Object value) {
        writing.requireOpen();
        byte[] bytes = encoding.value(encoding.key(key), value);
        return !writing.putDefaults(Map.of(key, bytes)).isEmpty();
    }

    @Override
    public <T> boolean putDefault(Key<T> key, T value) {
        requireKey(key);
        return putDefault(key.name(), value);
    }

    @Override
    public Set<String> putDefaults(Map<String, ?> values) {
        writing.requireOpen();
        if (values == null) {
            throw new InvalidArgumentException("the map must not be null: pass an empty one to give no start value");
        }
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        values.forEach((key, value) -> encoded.put(encoding.key(key), encoding.value(key, value)));
        return writing.putDefaults(encoded);
    }

    @Override
    public boolean putIfChanged(String key, Object value) {
        writing.requireOpen();
        byte[] bytes = encoding.value(encoding.key(key), value);
        return writing.putIfChanged(key, bytes);
    }

    @Override
    public boolean putIfChanged(String key, Object value, Lifetime lifetime) {
        writing.requireOpen();
        byte[] bytes = encoding.limited(encoding.key(key), value, lifetime);
        return writing.putIfChanged(key, bytes);
    }

    @Override
    public <T> boolean putIfChanged(Key<T> key, T value, Lifetime lifetime) {
        requireKey(key);
        return putIfChanged(key.name(), value, lifetime);
    }

    @Override
    public <T> boolean putIfChanged(Key<T> key, T value) {
        requireKey(key);
        return putIfChanged(key.name(), value);
    }

    @Override
    public void remove(String key) {
        writing.requireOpen();
        writing.put(encoding.key(key), null);
    }

    @Override
    public void remove(Key<?> key) {
        requireKey(key);
        remove(key.name());
    }

    @Override
    public void merge(Map<String, ?> values) {
        writeAll(false, values);
    }

    @Override
    public void replace(Map<String, ?> values) {
        writeAll(true, values);
    }

    @Override
    public void clear() {
        writeAll(true, Map.of());
    }

    private void writeAll(boolean clears, Map<String, ?> values) {
        writing.requireOpen();
        if (values == null) {
            throw new InvalidArgumentException("the map must not be null: pass an empty one to "
                    + (clears ? "remove everything" : "change nothing"));
        }
        BatchEncoding batch = new BatchEncoding(encoding, writing);
        values.forEach(batch::put);
        if (clears || !batch.encoded().isEmpty()) {
            writing.putTogether(clears, batch.encoded());
        }
    }

    @Override
    public void update(Consumer<Batch> batch) {
        writing.requireOpen();
        requireListener(batch);
        BatchEncoding all = new BatchEncoding(encoding, writing);
        try {
            batch.accept(all);
        } finally {
            all.end();
        }
        if (!all.encoded().isEmpty()) {
            writing.putTogether(false, all.encoded());
        }
    }

    @Override
    public Subscription onChange(String key, Consumer<? super Change> listener) {
        requireKey(key);
        return onChanges(Keys.one(key), listener);
    }

    @Override
    public Subscription onChange(Key<?> key, Consumer<? super Change> listener) {
        requireKey(key);
        return onChange(key.name(), listener);
    }

    @Override
    public Subscription onChangeOfPrefix(String prefix, Consumer<? super Change> listener) {
        requirePrefix(prefix);
        return onChanges(Keys.startingWith(prefix), listener);
    }

    @Override
    public Subscription onChange(Consumer<? super Change> listener) {
        return onChanges(Keys.ALL, listener);
    }

    private Subscription onChanges(Keys keys, Consumer<? super Change> listener) {
        requireListener(listener);
        return registrations.changes(keys, listener, listener);
    }

    @Override
    public Subscription onChange(String key, Duration interval, Consumer<? super Change> listener) {
        requireKey(key);
        requireTime(interval);
        requireListener(listener);
        return registrations.changes(key, interval, listener);
    }

    @Override
    public Subscription onChange(Key<?> key, Duration interval, Consumer<? super Change> listener) {
        requireKey(key);
        return onChange(key.name(), interval, listener);
    }

    @Override
    public Subscription bind(String key, Consumer<? super Optional<Object>> consumer) {
        requireListener(consumer);
        return registrations.present(Keys.one(requireKey(key)), new BoundValue(session, decoder, key, consumer), consumer);
    }

    @Override
    public Subscription bind(String key, Duration interval, Consumer<? super Optional<Object>> consumer) {
        requireTime(interval);
        requireListener(consumer);
        return registrations.present(Keys.one(requireKey(key)), interval, new BoundValue(session, decoder, key, consumer), consumer);
    }

    @Override
    public <T> Subscription bind(Key<T> key, Consumer<? super Optional<T>> consumer) {
        return registrations.present(Keys.one(nameOf(key)), bound(key, consumer), consumer);
    }

    @Override
    public <T> Subscription bind(Key<T> key, Duration interval, Consumer<? super Optional<T>> consumer) {
        requireTime(interval);
        return registrations.present(Keys.one(nameOf(key)), interval, bound(key, consumer), consumer);
    }

    private <T> BoundValue bound(Key<T> key, Consumer<? super Optional<T>> consumer) {
        requireListener(consumer);
        Class<T> wanted = encoding.codec().asked(key.type());
        return new BoundValue(session, decoder, key.name(), value -> consumer.accept(value.filter(wanted::isInstance).map(wanted::cast)));
    }

    private static String nameOf(Key<?> key) {
        requireKey(key);
        return key.name();
    }

    @Override
    public <T> CompletableFuture<T> when(Key<T> key, Predicate<? super T> condition) {
        requireKey(key);
        requireListener(condition);
        encoding.codec().asked(key.type());
        writing.requireOpen();
        return calls.when(key, condition);
    }

    @Override
    public CompletableFuture<Object> when(String key, Predicate<Object> condition) {
        return when(Key.of(requireKey(key), Object.class), condition);
    }

    @Override
    public <T> T await(Key<T> key, Predicate<? super T> condition, Duration timeout) {
        SharedRoom.requireTimeout(timeout);
        requireKey(key);
        return Patience.await(key.name(), timeout, registrations.dispatcher(), () -> when(key, condition), () -> get(key.name()));
    }

    @Override
    public Object await(String key, Predicate<Object> condition, Duration timeout) {
        return await(Key.of(requireKey(key), Object.class), condition, timeout);
    }

    @Override
    public Undo undo(int steps) {
        return undo(steps, "");
    }

    @Override
    public Undo undo(int steps, String prefix) {
        requirePrefix(prefix);
        return new SharedUndo(writing, registrations, steps, prefix.isEmpty() ? key -> true : key -> key.startsWith(prefix));
    }

    @Override
    public Undo undo(int steps, Set<String> keys) {
        return new SharedUndo(writing, registrations, steps, SharedUndo.copy(keys)::contains);
    }
}
