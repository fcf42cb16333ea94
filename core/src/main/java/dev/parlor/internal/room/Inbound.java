package dev.parlor.internal.room;

import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * What has come from one member: which of its frames to all are part of our state, and the messages that wait until all
 * before them is. Session data is applied as it comes, since its order does not matter; messages are held while a frame
 * before them is missing, or one to us alone that was sent before. Guarded by the room's lock.
 */
final class Inbound {
    /** Messages held for one member. More come only while a repair fails for seconds. */
    static final int MAX_HELD = 65_536;

    private record Held(AppMessage message, boolean direct, long afterNumber, long afterDirects) {}

    /** All frames up to this number are part of our state. */
    private long covered;
    /** The frames runFirst to runLast have come as well, after a gap. */
    private long runFirst = 1;
    private long runLast;
    private long directs;
    private final Deque<Held> held = new ArrayDeque<>();
    private long heldSinceNanos;
    private long gapSinceNanos;

    /**
     * A frame to all has come.
     *
     * @return how many frames are newly found missing before it; -1 if it came before
     */
    long frameToAll(long number, long nowNanos) {
        if (number <= covered || (number >= runFirst && number <= runLast)) {
            return -1;
        }
        long missing = 0;
        if (number == runLast + 1 && runLast > covered) {
            runLast = number;
        } else if (number == covered + 1) {
            covered = number;
            join();
        } else {
            missing = number - Math.max(covered, runLast) - 1;
            runFirst = number;
            runLast = number;
            gapSinceNanos = nowNanos;
        }
        return missing;
    }

    /** Our state is known to hold all frames up to this number. */
    void cover(long number) {
        covered = Math.max(covered, number);
        join();
    }

    private void join() {
        if (runFirst <= covered + 1 && runLast > covered) {
            covered = runLast;
        }
    }

    boolean hasGap() {
        return runLast > covered;
    }

    long gapSinceNanos() {
        return gapSinceNanos;
    }

    long covered() {
        return covered;
    }

    /** A frame to us alone has come; false if it came before. */
    boolean frameToUs(long count) {
        if (count <= directs) {
            return false;
        }
        directs = count;
        return true;
    }

    /**
     * Holds a message until all before it has come; false if too many are held.
     *
     * @param afterNumber frames to all before it
     * @param afterDirects frames to us alone before it
     */
    boolean hold(AppMessage message, boolean direct, long afterNumber, long afterDirects, long nowNanos) {
        if (held.size() >= MAX_HELD) {
            return false;
        }
        if (held.isEmpty()) {
            heldSinceNanos = nowNanos;
        }
        held.add(new Held(message, direct, afterNumber, afterDirects));
        return true;
    }

    /** Hands on the messages before which nothing is missing any more, in order. */
    void release(long nowNanos, BiConsumer<AppMessage, Boolean> deliver) {
        while (!held.isEmpty() && held.peek().afterNumber() <= covered && held.peek().afterDirects() <= directs) {
            Held next = held.poll();
            heldSinceNanos = nowNanos;
            deliver.accept(next.message(), next.direct());
        }
    }

    /** What is missing will not come: go on without it. */
    void giveUp() {
        cover(runLast);
        if (!held.isEmpty()) {
            cover(held.peek().afterNumber());
            directs = Math.max(directs, held.peek().afterDirects());
        }
    }

    int heldMessages() {
        return held.size();
    }

    long heldSinceNanos() {
        return heldSinceNanos;
    }
}
