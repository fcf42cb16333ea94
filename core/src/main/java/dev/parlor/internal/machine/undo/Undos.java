package dev.parlor.internal.machine.undo;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Undo;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that remember what this participant writes, so that it can be undone: told of each write of a caller. While there are none a write
 * costs a look at an empty list. Guarded by the room's lock.
 */
public final class Undos {
    /** A window or a document has one. More of them are most often ones that nobody has closed, and each costs every write something. */
    static final int MOST = 100;

    /** What some keys held, as readers saw it and as it was, and the clear stamp. */
    public record Before(Stamp clear, Map<String, Held> keys) {
        /** What a key held, as it was and as readers saw it. */
        public record Held(@Nullable VersionedValue held, @Nullable VersionedValue seen) {}
    }

    private final SessionReplica session;
    private final Budget budget;
    private final List<History> all = new ArrayList<>();
    /** Who writes; asked only where somebody groups what a writer writes. */
    private Supplier<?> writer = () -> this;
    /** Whose undo or redo is being written. */
    private @Nullable History acting;
    private long steps;

    public Undos(SessionReplica session, Budget budget) {
        this.session = session;
        this.budget = budget;
    }

    /** Whether nobody remembers anything. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Remembers from now on.
     *
     * @param mostSteps so many
     * @param keys of which keys; called under the room's lock
     * @param writer who writes, for groups
     * @param changed called under the room's lock when there is something to undo or redo, or nothing any more
     * @throws InvalidArgumentException if too many remember already
     */
    public History open(int mostSteps, Predicate<String> keys, Supplier<?> writer, Runnable changed) {
        if (all.size() == MOST) {
            throw new InvalidArgumentException("the room has " + MOST + " open Undo objects, the limit: close() those that are not "
                    + "needed any more");
        }
        this.writer = writer;
        History history = new History(session, budget, mostSteps, keys, changed);
        all.add(history);
        return history;
    }

    /** Forgets all that one remembers. */
    public void close(History history) {
        if (all.remove(history)) {
            history.close();
            history.tell();
        }
    }

    // ---- what is written

    /** What several keys hold, before they are written here. @param clears whether all others are removed */
    public Before before(boolean clears, Collection<String> keys) {
        Map<String, Before.Held> held = new LinkedHashMap<>();
        if (clears) {
            session.snapshot().forEach((key, value) -> held.put(key, new Before.Held(value, value)));
            // What is removed already a clear removes once more, which does not make it somebody else's.
            all.forEach(history -> hold(history.known(), held));
        }
        hold(keys, held);
        return new Before(session.clear(), held);
    }

    private void hold(Collection<String> keys, Map<String, Before.Held> held) {
        for (String key : keys) {
            VersionedValue now = session.held(key);
            held.putIfAbsent(key, new Before.Held(now, session.seen(key, now)));
        }
    }

    /** They have been written as one. */
    public void wrote(Before before) {
        List<OwnWrite> writes = new ArrayList<>(before.keys().size());
        before.keys().forEach((key, held) -> writes.add(new OwnWrite(key, held.held(), held.seen(), session.held(key))));
        wrote(writes, before.clear());
    }

    /** One key has been written. */
    public void wrote(String key, @Nullable VersionedValue held, @Nullable VersionedValue seen, VersionedValue now) {
        wrote(List.of(new OwnWrite(key, held, seen, now)), session.clear());
    }

    private void wrote(List<OwnWrite> writes, Stamp clearBefore) {
        steps++;
        for (History history : all) {
            if (history != acting) {
                history.wrote(writes, clearBefore, history.hasGroups() ? writer.get() : null, steps);
            }
        }
        if (acting == null) {
            settle();
        }
    }

    private void settle() {
        makeRoom();
        all.forEach(History::tell);
    }

    private void makeRoom() {
        while (budget.used(Use.UNDO) > budget.limit(Use.UNDO)) {
            History oldest = null;
            for (History history : all) {
                oldest = history.oldest() != Long.MAX_VALUE && (oldest == null || history.oldest() < oldest.oldest()) ? history : oldest;
            }
            if (oldest == null) {
                return;
            }
            oldest.forgetOldest();
        }
    }

    /** A compaction, here or elsewhere, is about to be applied. @param to the clear stamp that it sets */
    public void compacts(Stamp to) {
        if (to.after(session.clear())) {
            all.forEach(history -> history.compacts(to));
        }
    }

    // ---- groups

    /** What the one who calls writes from now on is one step. */
    public void begin(History history) {
        if (all.contains(history)) {
            history.begin(writer.get());
        }
    }

    /** Until here. */
    public void end(History history) {
        history.end(writer.get());
    }

    // ---- undo and redo

    /** See {@link Undo#undo}. @param write as one change; if it throws nothing has changed */
    public Undo.Result undo(History history, long roomMillis, Consumer<Map<String, byte @Nullable []>> write) {
        return act(history, () -> history.undo(roomMillis, write));
    }

    /** See {@link Undo#redo}. */
    public Undo.Result redo(History history, long roomMillis, Consumer<Map<String, byte @Nullable []>> write) {
        return act(history, () -> history.redo(roomMillis, write));
    }

    private Undo.Result act(History history, Supplier<Undo.Result> action) {
        acting = history;
        try {
            return action.get();
        } finally {
            acting = null;
            settle();
        }
    }
}
