package dev.parlor.internal.machine.undo;

import dev.parlor.Undo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an undo is, as plainly as it can be said: each write has a number, and a step is restored where its own number still stands. */
final class NaiveUndo {
    /** What a step did to a key: a value of null is none. */
    private static final class Part {
        private Byte oldValue;
        private long oldWrite;
        private Byte newValue;
        private long newWrite;
    }

    private final int mostSteps;
    final Map<String, Byte> values = new TreeMap<>();
    private final Map<String, Long> writes = new HashMap<>();
    private final List<Map<String, Part>> done = new ArrayList<>();
    private final List<Map<String, Part>> undone = new ArrayList<>();
    private final Map<Object, Map<String, Part>> groups = new HashMap<>();
    private long number;

    NaiveUndo(int mostSteps) {
        this.mostSteps = mostSteps;
    }

    /** Another has written; null for removed. */
    void theirs(String key, Byte value) {
        writes.put(key, ++number);
        set(key, value);
    }

    private void set(String key, Byte value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    private long writeOf(String key) {
        return writes.computeIfAbsent(key, any -> ++number);
    }

    void begin(Object writer) {
        groups.put(writer, new LinkedHashMap<>());
    }

    void end(Object writer) {
        groups.remove(writer);
    }

    /** This participant has written these as one. */
    void ours(Map<String, Byte> batch, Object writer) {
        Map<String, Part> step = groups.getOrDefault(writer, new LinkedHashMap<>());
        boolean news = false;
        for (Map.Entry<String, Byte> entry : batch.entrySet()) {
            String key = entry.getKey();
            long before = writeOf(key);
            long now = ++number;
            Byte old = values.get(key);
            writes.put(key, now);
            set(key, entry.getValue());
            if (java.util.Objects.equals(old, entry.getValue())) {
                replace(key, before, now);
                continue;
            }
            news = true;
            Part part = step.get(key);
            if (part == null || part.newWrite != before) {
                part = new Part();
                part.oldValue = old;
                part.oldWrite = before;
                step.put(key, part);
            }
            part.newValue = entry.getValue();
            part.newWrite = now;
        }
        if (news) {
            undone.clear();
            if (done.stream().noneMatch(each -> each == step)) {
                done.add(step);
            }
            if (done.size() > mostSteps) {
                ended(done.remove(0));
            }
        }
    }

    /** Nothing is added to a step any more: what its group writes further is another. */
    private void ended(Map<String, Part> step) {
        groups.replaceAll((writer, open) -> open == step ? new LinkedHashMap<>() : open);
    }

    /** What was one write is now another. */
    private void replace(String key, long before, long now) {
        for (List<Map<String, Part>> all : List.of(done, undone)) {
            for (Map<String, Part> step : all) {
                Part part = step.get(key);
                if (part != null) {
                    part.oldWrite = part.oldWrite == before ? now : part.oldWrite;
                    part.newWrite = part.newWrite == before ? now : part.newWrite;
                }
            }
        }
    }

    Undo.Result undo() {
        return turn(done, undone, true);
    }

    Undo.Result redo() {
        return turn(undone, done, false);
    }

    private Undo.Result turn(List<Map<String, Part>> from, List<Map<String, Part>> to, boolean back) {
        if (from.isEmpty()) {
            return new Undo.Result(Set.of(), Set.of());
        }
        Map<String, Part> step = from.remove(from.size() - 1);
        ended(step);
        Set<String> left = new LinkedHashSet<>(step.keySet());
        left.removeIf(key -> writeOf(key) == (back ? step.get(key).newWrite : step.get(key).oldWrite));
        step.keySet().removeAll(left);
        if (!step.isEmpty()) {
            to.add(step);
        }
        step.forEach((key, part) -> {
            long now = ++number;
            writes.put(key, now);
            set(key, back ? part.oldValue : part.newValue);
            replace(key, back ? part.oldWrite : part.newWrite, now);
        });
        return new Undo.Result(step.keySet(), left);
    }

    boolean canUndo() {
        return !done.isEmpty();
    }

    boolean canRedo() {
        return !undone.isEmpty();
    }
}
