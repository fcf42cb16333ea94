package dev.parlor.internal.machine.undo;

import dev.parlor.Undo;
import dev.parlor.internal.machine.undo.Step.Part;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one {@link Undo}. A step is restored for the keys that still hold what it wrote, by the identity of the write: so no write
 * of another, and no later one of this participant, is ever replaced. Guarded by the room's lock.
 *
 * <p>What a key held between two steps is one {@link Version} to both. When undo writes it again, under a new stamp, the step before
 * knows it as its own.
 */
public final class History {
    /** What a key of a step takes beside its values: its entry, two versions with their stamps, its string. */
    static final int PART_OVERHEAD_BYTES = 300;
    private static final int BYTES_A_CHARACTER = 2;

    /** What a thread writes as one step. */
    private static final class Group {
        private int depth;
        private @Nullable Step step;
    }

    private final SessionReplica session;
    private final Budget budget;
    private final int mostSteps;
    private final Predicate<String> keys;
    private final Runnable changed;
    /** The newest last. */
    private final Deque<Step> done = new ArrayDeque<>();
    /** The next to be done again last. */
    private final Deque<Step> undone = new ArrayDeque<>();
    /** By key what was written or restored last, as long as a step knows it. */
    private final Map<String, Version> newest = new HashMap<>();
    private final Map<Object, Group> groups = new HashMap<>();
    private long forgotten;
    private boolean couldUndo;
    private boolean couldRedo;

    History(SessionReplica session, Budget budget, int mostSteps, Predicate<String> keys, Runnable changed) {
        this.session = session;
        this.budget = budget;
        this.mostSteps = mostSteps;
        this.keys = keys;
        this.changed = changed;
    }

    // ---- what is remembered

    /**
     * This participant has written.
     *
     * @param clearBefore the clear stamp before that
     * @param writer who has
     * @param number of a step that begins with it
     */
    void wrote(List<OwnWrite> writes, Stamp clearBefore, @Nullable Object writer, long number) {
        Step step = null;
        for (OwnWrite write : writes) {
            if (!keys.test(write.key())) {
                continue;
            }
            Version last = newest.get(write.key());
            boolean known = last != null && last.is(write.held(), clearBefore);
            if (write.isNoChange()) {
                if (last != null && known) {
                    rewritten(write.key(), last);
                }
                continue;
            }
            if (step == null) {
                step = stepOf(writer, number);
            }
            add(step, write.key(), last != null && known ? last : new Version(write.seen(), clearBefore),
                    new Version(write.now(), session.clear()));
        }
        if (step != null) {
            while (done.size() > mostSteps) {
                forget(done.removeFirst());
            }
        }
    }

    private Step stepOf(@Nullable Object writer, long number) {
        undone.forEach(this::forget);
        undone.clear();
        Group group = writer == null ? null : groups.get(writer);
        if (group != null && group.step != null && !group.step.hasEnded()) {
            return group.step;
        }
        Step step = new Step(number);
        done.addLast(step);
        if (group != null) {
            group.step = step;
        }
        return step;
    }

    private void add(Step step, String key, Version before, Version after) {
        use(before);
        use(after);
        newest.put(key, after);
        Part part = step.parts().get(key);
        if (part == null) {
            step.parts().put(key, new Part(before, after));
            budget.add(Use.UNDO, overheadOf(key));
            return;
        }
        Version first = part.before();
        Version last = part.after();
        if (last == before) {
            part.become(first, after);
            drop(key, last);
            drop(key, before);
        } else {
            // Somebody has written between two writes of a group: what is restored is what that one wrote.
            part.become(before, after);
            drop(key, first);
            drop(key, last);
        }
    }

    private void use(Version version) {
        if (version.use()) {
            budget.add(Use.UNDO, version.size());
        }
    }

    private void drop(String key, Version version) {
        if (version.drop()) {
            budget.add(Use.UNDO, -version.size());
            newest.remove(key, version);
        }
    }

    /** A version has been written once more. */
    private void rewritten(String key, Version version) {
        budget.add(Use.UNDO, -version.size());
        version.becomes(session.held(key), session.clear());
        budget.add(Use.UNDO, version.size());
        newest.put(key, version);
    }

    private static long overheadOf(String key) {
        return PART_OVERHEAD_BYTES + (long) BYTES_A_CHARACTER * key.length();
    }

    private void forget(Step step) {
        step.end();
        step.parts().forEach(this::forget);
    }

    private void forget(String key, Part part) {
        budget.add(Use.UNDO, -overheadOf(key));
        drop(key, part.before());
        drop(key, part.after());
    }

    /** The number of the oldest step; {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        Step first = withOldest().peekFirst();
        return first == null ? Long.MAX_VALUE : first.number();
    }

    private Deque<Step> withOldest() {
        return done.isEmpty() ? undone : done;
    }

    /** There is no room for it any more. */
    void forgetOldest() {
        Step first = withOldest().pollFirst();
        if (first != null) {
            forgotten++;
            forget(first);
        }
    }

    /** All is forgotten. */
    void close() {
        done.forEach(this::forget);
        undone.forEach(this::forget);
        done.clear();
        undone.clear();
        groups.clear();
    }

    /** A compaction is about to forget what is removed. */
    void compacts(Stamp to) {
        newest.forEach((key, version) -> version.compacted(key, session, to));
    }

    /** The keys that its steps know. */
    Set<String> known() {
        return newest.keySet();
    }

    // ---- groups

    /** What a writer writes from now on is one step. */
    void begin(Object writer) {
        groups.computeIfAbsent(writer, any -> new Group()).depth++;
    }

    /** Until here, unless that was within another group of the same writer. */
    void end(Object writer) {
        Group group = groups.get(writer);
        if (group != null && --group.depth == 0) {
            groups.remove(writer);
        }
    }

    boolean hasGroups() {
        return !groups.isEmpty();
    }

    // ---- undo and redo

    /**
     * Restores what the last step replaced.
     *
     * @param write values by key, null to remove it, as one change; if it throws nothing has changed
     */
    Undo.Result undo(long roomMillis, Consumer<Map<String, byte @Nullable []>> write) {
        return turn(done, undone, true, roomMillis, write);
    }

    /** Writes again what the step that was undone last had written. */
    Undo.Result redo(long roomMillis, Consumer<Map<String, byte @Nullable []>> write) {
        return turn(undone, done, false, roomMillis, write);
    }

    private Undo.Result turn(Deque<Step> from, Deque<Step> to, boolean back, long roomMillis,
            Consumer<Map<String, byte @Nullable []>> write) {
        Step step = from.peekLast();
        if (step == null) {
            return new Undo.Result(Set.of(), Set.of());
        }
        Map<String, byte @Nullable []> values = new LinkedHashMap<>();
        Set<String> left = new LinkedHashSet<>();
        step.parts().forEach((key, part) -> {
            Version there = back ? part.after() : part.before();
            Version wanted = back ? part.before() : part.after();
            if (there.is(session.held(key), session.clear()) && !there.hasEnded(roomMillis)) {
                values.put(key, wanted.bytes(roomMillis));
            } else {
                left.add(key);
            }
        });
        if (!values.isEmpty()) {
            write.accept(values);
        }
        from.removeLast();
        step.end();
        left.forEach(key -> {
            Part part = step.parts().remove(key);
            if (part != null) {
                forget(key, part);
            }
        });
        step.parts().forEach((key, part) -> rewritten(key, back ? part.before() : part.after()));
        if (!step.parts().isEmpty()) {
            to.addLast(step);
        }
        return new Undo.Result(values.keySet(), left);
    }

    /** Whether there is a step to undo. */
    public boolean canUndo() {
        return !done.isEmpty();
    }

    /** Whether there is a step to redo. */
    public boolean canRedo() {
        return !undone.isEmpty();
    }

    /** How many steps have been forgotten since there was no room for them. */
    public long forgotten() {
        return forgotten;
    }

    /** Tells who asks for it if there is something to undo or redo now where there was nothing, or the reverse. */
    void tell() {
        if (couldUndo != canUndo() || couldRedo != canRedo()) {
            couldUndo = canUndo();
            couldRedo = canRedo();
            changed.run();
        }
    }
}
