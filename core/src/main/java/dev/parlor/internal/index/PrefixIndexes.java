package dev.parlor.internal.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a replica's keys by prefix. One is made when it is first asked for, on the thread of whoever asks, and kept from then
 * on. Prefixes may lie within each other: a key is in the index of each that it begins with. Thread-safe; {@link #changed} is called
 * under the replica's write lock.
 *
 * @param <V> what keys hold
 */
public final class PrefixIndexes<V> {
    /**
     * As many indexes as a room may have. To find those of a key takes no longer with more of them, but each is kept for the life of
     * the room and takes some hundred bytes: who makes a prefix of each of its objects is told before the memory is gone.
     */
    public static final int MOST = 10_000;
    /** Keys that are put into a new index in one piece: some 100 µs, for which a write waits at most. */
    private static final int FILLED_AT_ONCE = 256;

    private final Supplier<ConcurrentMap<String, V>> entries;
    private final StampedLock lock;
    private final BiFunction<String, @Nullable V, @Nullable V> live;
    private final ConcurrentHashMap<String, PrefixIndex<V>> byPrefix = new ConcurrentHashMap<>();
    /** The same by the keys that belong to them. Null until the first is made: so that rooms without any pay for one look at this. */
    private @Nullable PrefixTable<PrefixIndex<V>> table;

    /**
     * No indexes yet.
     *
     * @param entries what the keys hold by now, changed under the write lock
     * @param lock the replica's
     * @param live what a key and its value are to readers: the value, null if to them the key holds nothing
     */
    public PrefixIndexes(Supplier<ConcurrentMap<String, V>> entries, StampedLock lock,
            BiFunction<String, @Nullable V, @Nullable V> live) {
        this.entries = entries;
        this.lock = lock;
        this.live = live;
    }

    /**
     * A key holds something else. Under the write lock, in the same step.
     *
     * @param now what it holds, or null
     */
    public void changed(String key, @Nullable V now) {
        PrefixTable<PrefixIndex<V>> indexes = table;
        if (indexes != null) {
            V lives = live.apply(key, now);
            indexes.forEachOf(key, (prefix, index) -> index.set(key, lives));
        }
    }

    /** All keys but some hold nothing any more, and these what they held. Under the write lock, in the same step. */
    public void wiped(Set<String> left) {
        byPrefix.values().forEach(index -> index.wiped(left));
    }

    /**
     * The index of a prefix. The first who asks for it has it filled on its own thread: a look at all keys, or at those of an index
     * of a shorter prefix. Not under the replica's lock, nor under the room's.
     *
     * @return null if there are {@link #MOST} others
     */
    public @Nullable PrefixIndex<V> of(String prefix) {
        PrefixIndex<V> known = byPrefix.get(prefix);
        return known != null && known.isComplete() ? known : make(prefix);
    }

    private synchronized @Nullable PrefixIndex<V> make(String prefix) {
        // One that is here and not complete was given up by who filled it, for want of memory.
        PrefixIndex<V> index = byPrefix.get(prefix);
        if (index == null) {
            if (byPrefix.size() >= MOST) {
                return null;
            }
            index = new PrefixIndex<>(prefix, lock);
            fill(index, register(index));
        } else if (!index.isComplete()) {
            fill(index, null);
        }
        return index;
    }

    /** From now on an index hears of changes. @return that of the longest shorter prefix, which has all of its keys; or null */
    private @Nullable PrefixIndex<V> register(PrefixIndex<V> index) {
        long held = lock.writeLock();
        try {
            PrefixTable<PrefixIndex<V>> indexes = table;
            if (indexes == null) {
                indexes = new PrefixTable<>();
            }
            PrefixIndex<V> around = indexes.longestWithin(index.prefix());
            indexes.add(index.prefix(), index);
            table = indexes;
            byPrefix.put(index.prefix(), index);
            return around;
        } finally {
            lock.unlockWrite(held);
        }
    }

    /** @param around an index that has all of the keys, and others; null if there is none */
    private void fill(PrefixIndex<V> index, @Nullable PrefixIndex<V> around) {
        String prefix = index.prefix();
        boolean within = around != null && around.isComplete();
        List<String> some = new ArrayList<>(FILLED_AT_ONCE);
        for (String key : within && around != null ? around.members().tailMap(prefix).keySet() : entries.get().keySet()) {
            if (key.startsWith(prefix)) {
                if (key.length() > prefix.length()) {
                    some.add(key);
                }
            } else if (within) {
                break;
            }
            if (some.size() == FILLED_AT_ONCE) {
                put(index, some);
                some.clear();
            }
        }
        put(index, some);
        index.complete();
    }

    /** Puts in what some keys hold by now: they may have changed since they were met, and be in it already. */
    private void put(PrefixIndex<V> index, List<String> keys) {
        long held = lock.writeLock();
        try {
            for (String key : keys) {
                index.set(key, live.apply(key, entries.get().get(key)));
            }
        } finally {
            lock.unlockWrite(held);
        }
    }
}
