package dev.parlor.internal.machine.undo;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is undone at once: by key what it held before and holds after. Guarded by the room's lock. */
final class Step {
    /** A key of it. */
    static final class Part {
        private Version before;
        private Version after;

        Part(Version before, Version after) {
            this.before = before;
            this.after = after;
        }

        /** What undo writes. */
        Version before() {
            return before;
        }

        /** What redo writes. */
        Version after() {
            return after;
        }

        void become(Version from, Version to) {
            before = from;
            after = to;
        }
    }

    private final long number;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private boolean ended;

    /** @param number the steps of a room are numbered in the order of their beginning */
    Step(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /** In the order in which they were written. */
    Map<String, Part> parts() {
        return parts;
    }

    /** Nothing is added any more: it has been undone, or forgotten. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
