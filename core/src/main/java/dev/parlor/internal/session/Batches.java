package dev.parlor.internal.session;

import dev.parlor.internal.session.StateDelta.Batch;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which keys were written as one, for as long as one of them still holds what was written then. Whoever passes on one of
 * them passes on the others. Guarded by the room's lock.
 */
final class Batches {
    /** Batches kept before those that are overwritten are looked for. */
    private static final int FIRST_SWEEP = 256;

    private final Map<Stamp, Batch> byStamp = new HashMap<>();
    private int sweepAt = FIRST_SWEEP;

    /** Takes note of batches of which something is here. */
    void learn(List<Batch> learnt, Predicate<Batch> isHeld) {
        for (Batch batch : learnt) {
            if (isHeld.test(batch)) {
                byStamp.put(batch.stamp(), batch);
            }
        }
        if (byStamp.size() > sweepAt) {
            byStamp.values().removeIf(isHeld.negate());
            sweepAt = Math.max(FIRST_SWEEP, 2 * byStamp.size());
        }
    }

    /** Whether none is known: then nobody need ask for one. */
    boolean isEmpty() {
        return byStamp.isEmpty();
    }

    Batch of(Stamp stamp) {
        return byStamp.get(stamp);
    }

    /** Adds the batch of a stamp and its keys; false if there is none or it was added before. */
    boolean with(Stamp stamp, Collection<Batch> together, Collection<String> keys) {
        Batch batch = byStamp.get(stamp);
        boolean added = batch != null && together.add(batch);
        if (added) {
            keys.addAll(batch.keys());
        }
        return added;
    }
}
