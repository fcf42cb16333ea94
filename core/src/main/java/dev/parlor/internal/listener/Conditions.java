package dev.parlor.internal.listener;

import dev.parlor.Key;
import dev.parlor.internal.future.Completion;
import dev.parlor.internal.future.Completions;
import dev.parlor.internal.machine.output.Watch;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a value of a key that satisfies a condition ({@link dev.parlor.SessionData#when}). Values are put in under the
 * room's lock as they are applied, and tested where futures complete, one after the other for each wait. So a wait ends
 * whatever the thread of events does. Guarded by the room's lock.
 */
public final class Conditions implements Watch {
    /** Values of one wait that are kept until they are tested: a key's way through its states, not a pointer's. */
    private static final int MAX_UNTESTED = 256;
    /** Bytes of them, encoded; the newest is kept whatever its size. */
    private static final long MAX_UNTESTED_BYTES = 1L << 20;

    /** Who waits for a key. */
    private final class Wait<T> {
        private final Key<T> key;
        private final Predicate<? super T> condition;
        private final Completion<T> future;
        /** Not tested yet, guarded by itself as all below: tests run without the room's lock. */
        private final Deque<VersionedValue> untested = new ArrayDeque<>();
        private @Nullable VersionedValue newest;
        private long untestedBytes;
        private boolean testing;

        Wait(Key<T> key, Predicate<? super T> condition, Completion<T> future) {
            this.key = key;
            this.condition = condition;
            this.future = future;
        }

        /** The key has a value, perhaps the same as before. */
        void offer(VersionedValue value) {
            synchronized (untested) {
                if (value == newest) {
                    return;
                }
                newest = value;
                untested.add(value);
                untestedBytes += value.bytes().length;
                while (untested.size() > 1 && (untested.size() > MAX_UNTESTED || untestedBytes > MAX_UNTESTED_BYTES)) {
                    untestedBytes -= untested.remove().bytes().length;
                }
                if (testing) {
                    return;
                }
                testing = true;
            }
            completions.later(this::test);
        }

        private void test() {
            for (VersionedValue value; (value = next()) != null;) {
                try {
                    Optional<T> present = values.of(key.name(), value).filter(key.type()::isInstance)
                            .map(key.type()::cast);
                    if (present.isPresent() && condition.test(present.get())) {
                        future.complete(present.get());
                    }
                } catch (Throwable e) {
                    // Checked ones too: other languages of the JVM do not declare them.
                    future.completeExceptionally(e);
                }
            }
        }

        private VersionedValue next() {
            synchronized (untested) {
                if (future.isDone()) {
                    untested.clear();
                }
                VersionedValue next = untested.poll();
                untestedBytes -= next == null ? untestedBytes : next.bytes().length;
                testing = next != null;
                return next;
            }
        }
    }

    private final SessionReplica session;
    private final Values values;
    private final Completions completions;
    private final Map<String, Set<Wait<?>>> byKey = new HashMap<>();

    /** Waits for values of session data, and tests them where futures complete. */
    public Conditions(SessionReplica session, Values values, Completions completions) {
        this.session = session;
        this.values = values;
        this.completions = completions;
    }

    /** Begins to wait; {@code future} ends with the first value that satisfies the condition. */
    public <T> void begin(Key<T> key, Predicate<? super T> condition, Completion<T> future) {
        Wait<T> wait = new Wait<>(key, condition, future);
        byKey.computeIfAbsent(key.name(), name -> new LinkedHashSet<>()).add(wait);
        look(key.name(), wait);
    }

    /** Nobody waits for this future any more. */
    public void forget(Key<?> key, CompletableFuture<?> future) {
        byKey.computeIfPresent(key.name(), (name, waits) ->
                waits.removeIf(wait -> wait.future == future) && waits.isEmpty() ? null : waits);
    }

    @Override
    public void written(String key, VersionedValue value) {
        if (!byKey.isEmpty() && !value.isTombstone()) {
            byKey.getOrDefault(key, Set.of()).forEach(wait -> wait.offer(value));
        }
    }

    @Override
    public void merged(StateDelta delta) {
        if (!byKey.isEmpty()) {
            for (KeyedValue entry : delta.entries()) {
                byKey.getOrDefault(entry.key(), Set.of()).forEach(wait -> look(entry.key(), wait));
            }
        }
    }

    @Override
    public void lookAgain() {
        byKey.forEach((key, waits) -> waits.forEach(wait -> look(key, wait)));
    }

    private void look(String key, Wait<?> wait) {
        VersionedValue now = session.liveEntry(key);
        if (now != null) {
            wait.offer(now);
        }
    }
}
