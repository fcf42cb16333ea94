package dev.parlor.internal.machine;

import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;

/**
 * Frames that came before the view that has their senders in it. JGroups hands frames and views up on different threads, so
 * that where many join at once, a new member's first frame is often here sooner than the view; refused, it would have to be
 * asked for. Guarded by the room's lock.
 */
final class EarlyFrames {
    /** Frames held. A view comes milliseconds later, and few frames with it. */
    static final int MAX_FRAMES = 4_096;

    /** A frame, as {@link Reception} takes it. */
    record Early(long from, boolean toAll, Frame.Numbered numbered) {}

    private final Deque<Early> frames = new ArrayDeque<>();
    /** What they may take: what strangers can make us hold. */
    private final Budget budget;
    private long bytes;

    EarlyFrames(Budget budget) {
        this.budget = budget;
    }

    /**
     * Holds a frame; false if too many are held.
     *
     * @param length of the frame, encoded
     */
    boolean hold(Early frame, int length) {
        if (frames.size() >= MAX_FRAMES || !budget.take(Use.EARLY, length)) {
            return false;
        }
        bytes += length;
        return frames.add(frame);
    }

    /**
     * There is a new view: gives the frames of its members, in the order in which they came. The others are forgotten.
     *
     * @param isMember of the new view
     * @param refuse told of each frame that is forgotten
     */
    Deque<Early> take(LongPredicate isMember, Runnable refuse) {
        Deque<Early> taken = new ArrayDeque<>();
        for (Early frame : frames) {
            if (isMember.test(frame.from())) {
                taken.add(frame);
            } else {
                refuse.run();
            }
        }
        frames.clear();
        budget.free(Use.EARLY, bytes);
        bytes = 0;
        return taken;
    }
}
