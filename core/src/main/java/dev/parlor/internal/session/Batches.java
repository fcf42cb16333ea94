package dev.parlor.internal.session;

import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which keys were written as one, for as long as one of them still holds what was written then. Whoever passes on one of
 * them passes on the others. Guarded by the room's lock.
 *
 * <p>Each batch that is learnt pays for looking at others, the ones not looked at for longest first, twice as many keys as it
 * has itself; so no sweep is long, and of those that are overwritten no more keys are kept than of those that live. Batches
 * of which all but a few keys are overwritten may still add up, where each keeps one key alive and names thousands. When the
 * keys that are kept exceed twice those that there are, all batches become one: more is then passed on together than was
 * written together, which is never wrong.
 */
final class Batches {
    /** A batch takes so much beside its keys: its stamp, its lists, and its entries here. */
    private static final int BATCH_OVERHEAD_BYTES = 200;
    /** A key of a batch is a reference to the string that the map has, or in a merge of known keys one of its own. */
    private static final int KEY_BYTES = 40;
    /** So few kept keys are never too many. */
    private static final int FREE_KEYS = 4_096;
    /** Keys looked at with each batch that is learnt, beside twice its own. */
    private static final int LOOKED_AT = 16;

    private final Supplier<Map<String, VersionedValue>> held;
    private final Map<Stamp, Batch> byStamp = new HashMap<>();
    /** Each batch once, the ones not looked at for longest first. */
    private final Deque<Batch> all = new ArrayDeque<>();
    private long keptKeys;

    /** @param held what the keys hold by now */
    Batches(Supplier<Map<String, VersionedValue>> held) {
        this.held = held;
    }

    /**
     * Takes note of batches of which something is here.
     *
     * @param clear the clear stamp, which what was written with it belongs to as well
     */
    void learn(List<Batch> learnt, Stamp clear) {
        long keys = LOOKED_AT;
        for (Batch batch : learnt) {
            keys += batch.keys().size();
            Batch news = living(batch, clear, byStamp.keySet());
            if (news != null) {
                keep(news);
            }
        }
        sweep(2 * keys, clear);
        if (keptKeys > 2L * held.get().size() + FREE_KEYS && all.size() > 1) {
            unite();
        }
    }

    private void keep(Batch batch) {
        all.addLast(batch);
        batch.stamps().forEach(stamp -> byStamp.put(stamp, batch));
        keptKeys += batch.keys().size();
    }

    /**
     * What of a batch is held here, and not known yet; null if nothing. Of a clear that a newer one has replaced the stamp is kept
     * beside what is held: whoever lacks it must get the newer one with that.
     */
    private @Nullable Batch living(Batch batch, Stamp clear, Set<Stamp> known) {
        // In the order that all see, so that all keep the same.
        Set<Stamp> left = new LinkedHashSet<>(batch.stamps());
        left.removeAll(known);
        int unknown = left.size();
        if (unknown == 0) {
            return null;
        }
        List<Stamp> living = new ArrayList<>(unknown);
        Map<String, VersionedValue> entries = held.get();
        if (left.remove(clear)) {
            living.add(clear);
        }
        for (int i = 0; i < batch.keys().size() && !left.isEmpty(); i++) {
            VersionedValue value = entries.get(batch.keys().get(i));
            if (value != null) {
                Stamp stamp = value.stamp();
                if (left.remove(stamp)) {
                    living.add(stamp);
                }
            }
        }
        if (!living.isEmpty() && clear.author() != Stamp.LO) {
            for (Stamp stamp : left) {
                if (!stamp.after(clear)) {
                    living.add(stamp);
                    break;
                }
            }
        }
        return living.isEmpty() ? null : living.size() == batch.stamps().size() ? batch : new Batch(living, batch.keys());
    }

    private void sweep(long keys, Stamp clear) {
        long left = keys;
        for (int rounds = all.size(); rounds > 0 && left > 0; rounds--) {
            Batch oldest = all.pollFirst();
            left -= 1 + oldest.keys().size();
            keptKeys -= oldest.keys().size();
            oldest.stamps().forEach(byStamp::remove);
            Batch living = living(oldest, clear, Set.of());
            if (living != null) {
                keep(living);
            }
        }
    }

    private void unite() {
        List<Stamp> stamps = new ArrayList<>(byStamp.size());
        Set<String> keys = new LinkedHashSet<>();
        for (Batch batch : all) {
            stamps.addAll(batch.stamps());
            keys.addAll(batch.keys());
        }
        all.clear();
        keptKeys = 0;
        keep(new Batch(stamps, List.copyOf(keys)));
    }

    /** Whether something of a batch was written with this clear, or with one that this one has replaced. */
    private static boolean isOfClear(Batch batch, Stamp clear) {
        for (Stamp stamp : batch.stamps()) {
            if (!stamp.after(clear)) {
                return true;
            }
        }
        return false;
    }

    /** Whether none is known: then nobody need ask for one. */
    boolean isEmpty() {
        return byStamp.isEmpty();
    }

    /** By the stamp of each write. A copy. */
    Map<Stamp, Batch> all() {
        return new HashMap<>(byStamp);
    }

    /** Bytes that are taken, about. */
    long bytes() {
        return keptKeys * KEY_BYTES + (long) byStamp.size() * BATCH_OVERHEAD_BYTES;
    }

    /**
     * Adds the batch of a stamp and its keys; false if there is none or it was added before.
     *
     * @param together batches by their first stamp, since to compare the keys of two would take as long as reading them
     */
    private boolean with(Stamp stamp, Map<Stamp, Batch> together, Collection<String> keys) {
        Batch batch = byStamp.get(stamp);
        if (batch == null || together.putIfAbsent(batch.stamps().get(0), batch) != null) {
            return false;
        }
        keys.addAll(batch.keys());
        return true;
    }

    /**
     * What some keys hold now, with all that was written as one with it.
     *
     * @param clears whether the clear stamp goes with it
     * @param clear the clear stamp
     */
    StateDelta whole(Collection<String> keys, boolean clears, Stamp clear) {
        if (isEmpty() && !clears) {
            StateDelta single = singly(keys);
            if (single != null) {
                return single;
            }
        }
        Map<String, VersionedValue> taken = new LinkedHashMap<>();
        Map<Stamp, Batch> together = new LinkedHashMap<>();
        boolean withClear = clears;
        boolean compacted = clear.author() == Stamp.LO;
        Map<String, VersionedValue> entries = held.get();
        Deque<String> left = new ArrayDeque<>(keys);
        if (clears && compacted) {
            // Without all that lives it would look like a removal, also of what has been written anew since.
            left.addAll(entries.keySet());
        }
        while (true) {
            for (String key; (key = left.poll()) != null;) {
                VersionedValue value = entries.get(key);
                if (value == null) {
                    // A clear has killed it, which is what now holds there; or all had it when a compaction forgot it.
                    withClear |= !compacted;
                } else if (taken.put(key, value) == null) {
                    with(value.stamp(), together, left);
                    withClear |= value.stamp().equals(clear);
                }
            }
            // What was written over a key of the future has a stamp of its own, and belongs to the clear that it was written with.
            for (Batch batch : together.values()) {
                withClear |= !compacted && isOfClear(batch, clear);
            }
            if (!withClear || !with(clear, together, left)) {
                break;
            }
        }
        List<KeyedValue> all = new ArrayList<>(taken.size());
        taken.forEach((key, value) -> all.add(new KeyedValue(key, value)));
        return new StateDelta(withClear ? clear : Stamp.ZERO, all, List.copyOf(together.values()));
    }

    /** What some keys hold now, where nothing is known to have been written as one; null if one of them is gone. */
    private @Nullable StateDelta singly(Collection<String> keys) {
        List<KeyedValue> all = new ArrayList<>(keys.size());
        Map<String, VersionedValue> entries = held.get();
        for (String key : keys) {
            VersionedValue value = entries.get(key);
            if (value == null) {
                return null;
            }
            all.add(new KeyedValue(key, value));
        }
        return StateDelta.of(all);
    }
}
