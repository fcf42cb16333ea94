package dev.parlor.internal.room;

import dev.parlor.Key;
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

/**
 * Waits for a value of a key that satisfies a condition ({@link dev.parlor.SessionData#when}). Values are put in under the
 * room's lock as they are applied, and tested where futures complete, one after the other for each wait. So a wait ends
 * whatever the thread of events does. Guarded by the room's lock.
 */
final class Conditions {
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
        private VersionedValue newest;
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
            core.completions().later(this::test);
        }

        private void test() {
            for (VersionedValue value; (value = next()) != null;) {
                try {
                    Optional<T> present = core.values().of(key.name(), value).filter(key.type()::isInstance)
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

    private final RoomCore core;
    private final SessionReplica session;
    private final Map<String, Set<Wait<?>>> byKey = new HashMap<>();

    Conditions(RoomCore core, SessionReplica session) {
        this.core = core;
        this.session = session;
    }

    /** Begins to wait. Called without the lock. */
    <T> CompletableFuture<T> when(Key<T> key, Predicate<? super T> condition) {
        Completion<T> future = core.completions().create();
        Wait<T> wait = new Wait<>(key, condition, future);
        core.locked(() -> {
            byKey.computeIfAbsent(key.name(), name -> new LinkedHashSet<>()).add(wait);
            look(key.name(), wait);
        });
        future.whenComplete((value, thrown) -> core.locked(() -> byKey.computeIfPresent(key.name(), (name, waits) ->
                waits.remove(wait) && waits.isEmpty() ? null : waits)));
        return future;
    }

    /** A key was written here. */
    void changed(String key, VersionedValue value) {
        if (!byKey.isEmpty() && !value.isTombstone()) {
            byKey.getOrDefault(key, Set.of()).forEach(wait -> wait.offer(value));
        }
    }

    /** What was written here or elsewhere has been merged. */
    void changed(StateDelta delta) {
        if (!byKey.isEmpty()) {
            for (KeyedValue entry : delta.entries()) {
                byKey.getOrDefault(entry.key(), Set.of()).forEach(wait -> look(entry.key(), wait));
            }
        }
    }

    /** Any key may have changed. */
    void lookAgain() {
        byKey.forEach((key, waits) -> waits.forEach(wait -> look(key, wait)));
    }

    private void look(String key, Wait<?> wait) {
        VersionedValue now = session.liveEntry(key);
        if (now != null) {
            wait.offer(now);
        }
    }
}
