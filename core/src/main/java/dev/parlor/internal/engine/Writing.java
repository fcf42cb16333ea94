package dev.parlor.internal.engine;

import dev.parlor.Undo;
import dev.parlor.internal.machine.undo.History;
import dev.parlor.internal.machine.write.Writes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What callers do to session data, encoded: each call is one input. Thread-safe. */
public final class Writing {
    private final Inputs inputs;
    private final Gate gate;
    private final Writes writes;

    Writing(Inputs inputs, Gate gate, Writes writes) {
        this.inputs = inputs;
        this.gate = gate;
        this.writes = writes;
    }

    /** Before anything is encoded. @throws dev.parlor.RoomClosedException if the room is closed */
    public void requireOpen() {
        gate.requireOpen();
    }

    /** A key is written, or removed if the bytes are null. No lambda here: this is the shortest of all ways. */
    public void put(String key, byte @Nullable [] encoded) {
        inputs.enter();
        try {
            gate.requireOpen();
            writes.apply(key, encoded);
        } finally {
            inputs.leaveAndSend();
        }
    }

    /** A key is written unless it holds equal bytes; whether it was. */
    public boolean putIfChanged(String key, byte[] encoded) {
        return inputs.call(() -> writes.applyIfChanged(key, encoded));
    }

    /** The room's time, in milliseconds since 1970. */
    public long roomMillis() {
        return inputs.call(writes::roomMillis);
    }

    /** Start values for keys that nobody has written; those that took theirs. */
    public Set<String> putDefaults(Map<String, byte[]> encoded) {
        return inputs.call(() -> Set.copyOf(writes.applyDefaults(encoded)));
    }

    /** Several are written as one: whether all is cleared first, and values by key, null for a removed one. */
    public void putTogether(boolean clears, Map<String, byte @Nullable []> encoded) {
        inputs.call(() -> {
            writes.apply(clears, encoded);
            return null;
        });
    }

    /** Some keys are removed as one: those that there are when nothing else is written. */
    public void removeTogether(Iterable<String> keys) {
        inputs.call(() -> {
            Map<String, byte @Nullable []> none = new LinkedHashMap<>();
            keys.forEach(key -> none.put(key, null));
            if (!none.isEmpty()) {
                writes.apply(false, none);
            }
            return null;
        });
    }

    /** Refuses a batch while it is encoded, which alone is more than the room may hold. */
    public void requireBatchWithinLimit(long bytes) {
        inputs.call(() -> {
            writes.requireBatchWithinLimit(bytes);
            return null;
        });
    }

    // ---- undo

    /**
     * Remembers what callers write from now on.
     *
     * @param changed called under the room's lock when there is something to undo or redo, or nothing any more
     */
    public History remember(int mostSteps, Predicate<String> keys, Runnable changed) {
        return inputs.call(() -> writes.undos().open(mostSteps, keys, Thread::currentThread, changed));
    }

    /** Forgets all of that. */
    public void forget(History history) {
        inputs.enter();
        try {
            writes.undos().close(history);
        } finally {
            inputs.leave();
        }
    }

    /** Restores what the last step replaced. */
    public Undo.Result undo(History history) {
        return inputs.call(() -> writes.undo(history));
    }

    /** Writes again what the last undone step had written. */
    public Undo.Result redo(History history) {
        return inputs.call(() -> writes.redo(history));
    }

    /** Runs what writes, as one step. */
    public void group(History history, Runnable action) {
        inputs.call(() -> {
            writes.undos().begin(history);
            return null;
        });
        try {
            action.run();
        } finally {
            // Also if the room has been closed meanwhile.
            gate.quietly(() -> writes.undos().end(history));
        }
    }

    /** Looks at something under the lock, also in a closed room. */
    public <T extends @Nullable Object> T read(Supplier<T> look) {
        return gate.read(look);
    }

    /** Whether the room is closed. */
    public boolean isClosed() {
        return gate.isClosed();
    }
}
