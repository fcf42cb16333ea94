package dev.parlor.internal.machine.repair;

import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the peer of a round holds, beside what is held here: what of it is news, and of which keys this replica holds what the peer
 * lacks. These are looked for step by step, and without the room's lock, where there are many. Guarded by the room's lock.
 */
final class Lacking {
    /**
     * What was written so shortly before a round began, or later, may just be under way. Between two programs a frame takes some
     * milliseconds, and on a machine that is overloaded a second.
     */
    private static final long UNDER_WAY_MILLIS = 2_000;

    private final RoomState state;
    private final Effects effects;
    private final Map<String, VersionedValue> theirs = new HashMap<>();
    /** What was written before this time is not under way any more. */
    private final long oldTime;

    Lacking(RoomState state, Effects effects) {
        this.state = state;
        this.effects = effects;
        this.oldTime = state.time().roomMillis() - UNDER_WAY_MILLIS << Stamp.COUNTER_BITS;
    }

    /** The peer holds this; whether it is anything else than what is held here, and not older. */
    boolean isNews(KeyedValue entry) {
        theirs.put(entry.key(), entry.value());
        VersionedValue ours = state.session().held(entry.key());
        return ours == null || !ours.equals(entry.value()) && !ours.stamp().after(entry.value().stamp());
    }

    /** Whether one of these was written so long ago that it is not under way. */
    boolean anyIsOld(Collection<KeyedValue> entries) {
        return entries.stream().anyMatch(entry -> entry.value().writtenTime() < oldTime);
    }

    /**
     * Finds them.
     *
     * @param differing the buckets that differed
     * @param found takes them, some at a time
     * @param end takes whether one of them was written so long ago that it is not under way
     */
    void find(int[] differing, Consumer<List<String>> found, Consumer<Boolean> end) {
        if (differing.length == 0) {
            // Most often what was missing has come meanwhile.
            end.accept(false);
            return;
        }
        Sweep sweep = new Sweep(state.session(), bucketsOf(differing));
        if (Sweep.isLong(state.session())) {
            step(sweep, false, found, end);
        } else {
            tell(sweep.next(), sweep, false, found, end);
        }
    }

    private void step(Sweep sweep, boolean old, Consumer<List<String>> found, Consumer<Boolean> end) {
        effects.compute("looking for what a participant lacks", sweep::next, some -> tell(some, sweep, old, found, end));
    }

    private void tell(List<KeyedValue> some, Sweep sweep, boolean old, Consumer<List<String>> found, Consumer<Boolean> end) {
        List<KeyedValue> lacking = lacking(some);
        boolean oldToo = old || anyIsOld(lacking);
        found.accept(lacking.stream().map(KeyedValue::key).toList());
        if (sweep.isDone()) {
            end.accept(oldToo);
        } else {
            step(sweep, oldToo, found, end);
        }
    }

    private static boolean[] bucketsOf(int[] differing) {
        boolean[] buckets = new boolean[Digest.BUCKETS];
        for (int bucket : differing) {
            buckets[bucket] = true;
        }
        return buckets;
    }

    private List<KeyedValue> lacking(List<KeyedValue> ours) {
        List<KeyedValue> lacking = new ArrayList<>();
        for (KeyedValue entry : ours) {
            VersionedValue other = theirs.get(entry.key());
            if (other == null || entry.value().stamp().after(other.stamp())) {
                lacking.add(entry);
            }
        }
        return lacking;
    }
}
