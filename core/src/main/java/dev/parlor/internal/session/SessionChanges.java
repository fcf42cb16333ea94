package dev.parlor.internal.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one delta changed for readers: keys, each once, with what they held before and hold now. Kept in arrays, since the changes
 * of a frame are some hundred, and an object for each is most of what they would cost. Filled by one thread and not changed after.
 */
public final class SessionChanges {
    /** No changes. */
    public static final SessionChanges NONE = new SessionChanges(0, Stamp.ZERO);
    private static final int FEWEST = 4;

    private final Stamp clear;
    private String[] keys;
    private @Nullable VersionedValue[] before;
    private @Nullable VersionedValue[] after;
    private int size;
    /** The keys, from the first on that held something before; until then none can come again. */
    private @Nullable Set<String> seen;
    /** Whether one has come again. */
    private boolean repeats;
    /** What was held before a clear that came first, and which of it readers did not see. */
    private Map<String, VersionedValue> wiped = Map.of();
    private Set<String> hidden = Set.of();

    /**
     * Room for so many, which may become more.
     *
     * @param clear the clear stamp once all is applied
     */
    SessionChanges(int expected, Stamp clear) {
        this.clear = clear;
        keys = new String[expected];
        before = new @Nullable VersionedValue[expected];
        after = new @Nullable VersionedValue[expected];
    }

    /** Room for so many changes that follow from who is present and from the time: who wrote what was there has made them. */
    static SessionChanges ofLives(int expected) {
        return new SessionChanges(expected, new Stamp(0, Stamp.LO));
    }

    /** Room for single changes that are written one after the other, in which a key may come again. To be filled by {@link #append}. */
    public static SessionChanges run() {
        return new SessionChanges(FEWEST, Stamp.ZERO);
    }

    /**
     * A clear comes first. Of the keys that it kills those that are written again are added as one change, from what they held before the
     * clear, and the others by {@link #withWiped}.
     *
     * @param before what was held until then; not changed any more
     * @param unseen the keys of it that readers did not see
     */
    void wiped(Map<String, VersionedValue> before, Set<String> unseen) {
        wiped = before;
        hidden = unseen;
    }

    private @Nullable VersionedValue beforeWipe(String key) {
        return hidden.contains(key) ? null : wiped.get(key);
    }

    /** Adds the keys that a clear has killed. @param held what is held by now @return this */
    SessionChanges withWiped(Map<String, VersionedValue> held) {
        if (!wiped.isEmpty()) {
            makeRoom(size + wiped.size());
            wiped.forEach((key, old) -> {
                if (!old.isTombstone() && !held.containsKey(key) && !hidden.contains(key)) {
                    append(key, old, null);
                }
            });
            wiped = Map.of();
            hidden = Set.of();
        }
        return this;
    }

    /**
     * A key that held this before, or null, holds something else. A key that held nothing cannot have come before, which most often
     * saves the looking.
     */
    void add(String key, @Nullable VersionedValue old, @Nullable VersionedValue now) {
        if (old != null && seen == null) {
            seen = new HashSet<>(Arrays.asList(keys).subList(0, size));
        }
        if (seen == null || seen.add(key)) {
            append(key, old == null ? beforeWipe(key) : old, now);
        } else {
            repeats = true;
        }
    }

    /** A key that held this before, or null, holds something else that was written to it by itself, as one more of a run. */
    public void append(String key, @Nullable VersionedValue old, @Nullable VersionedValue now) {
        if (size == keys.length) {
            makeRoom(Math.max(FEWEST, 2 * size));
        }
        keys[size] = key;
        before[size] = old;
        after[size] = now;
        size++;
    }

    private void makeRoom(int room) {
        keys = Arrays.copyOf(keys, room);
        before = Arrays.copyOf(before, room);
        after = Arrays.copyOf(after, room);
    }

    /**
     * Leaves out those of which a reader sees no difference.
     *
     * @param seen what a key holds by now, as readers see it
     * @return this
     */
    SessionChanges seenByReaders(Function<String, @Nullable VersionedValue> seen) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            VersionedValue now = repeats ? seen.apply(keys[i]) : after[i];
            if (!VersionedValue.sameForReaders(before[i], now)) {
                keys[kept] = keys[i];
                before[kept] = before[i];
                after[kept] = now;
                kept++;
            }
        }
        Arrays.fill(before, kept, size, null);
        Arrays.fill(after, kept, size, null);
        size = kept;
        this.seen = null;
        return this;
    }

    /** Those of some keys. @param wanted which */
    public SessionChanges of(Predicate<String> wanted) {
        int from = 0;
        while (from < size && wanted.test(keys[from])) {
            from++;
        }
        if (from == size) {
            return this;
        }
        SessionChanges some = new SessionChanges(from, clear);
        for (int i = 0; i < size; i++) {
            if (i < from || i > from && wanted.test(keys[i])) {
                some.append(keys[i], before[i], after[i]);
            }
        }
        return some.isEmpty() ? NONE : some;
    }

    /** One of them. */
    public SessionChanges only(int index) {
        SessionChanges one = new SessionChanges(1, clear);
        one.append(keys[index], before[index], after[index]);
        return one;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public String key(int index) {
        return keys[index];
    }

    /** What the key held, null if nothing or a tombstone. */
    public @Nullable VersionedValue before(int index) {
        return VersionedValue.liveOrNull(before[index]);
    }

    /** What the key holds, null if nothing or a tombstone. */
    public @Nullable VersionedValue after(int index) {
        return VersionedValue.liveOrNull(after[index]);
    }

    /** Who made it so. */
    public long author(int index) {
        VersionedValue now = after[index];
        return now == null ? removerOf(before[index]) : now.by().author();
    }

    /** A compaction has forgotten who removed what it forgets; who wrote it last is then named in its place. */
    private long removerOf(@Nullable VersionedValue removed) {
        return clear.author() == Stamp.LO && removed != null ? removed.by().author() : clear.author();
    }
}
