package dev.parlor.internal.lifespan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Entries with a limited life: which of them readers do not see, since their author is not present or their time is over. They stay in
 * the replica as they are, so all replicas go on being equal; what is seen follows from the entry, from who is present and from the
 * room's time. Changed under the room's lock within the replica's own; {@link #isHidden} is for everybody.
 */
public final class Lives {
    private final LongSupplier roomMillis;
    private final Set<Long> present = new HashSet<>();
    /** By author the keys of what lives while it is present. */
    private final Map<Long, Set<String>> byAuthor = new HashMap<>();
    /** By the millisecond of its end the keys of what ends by itself and has not ended. */
    private final TreeMap<Long, Set<String>> ending = new TreeMap<>();
    /** The same of what has ended and is still here. */
    private final TreeMap<Long, Set<String>> ended = new TreeMap<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    /** @param roomMillis the room's time */
    public Lives(LongSupplier roomMillis) {
        this.roomMillis = roomMillis;
    }

    /** Whether what this key holds is not for readers. */
    public boolean isHidden(String key) {
        return hidden.contains(key);
    }

    /** How many entries are not for readers. */
    public int hidden() {
        return hidden.size();
    }

    /** The keys of entries that are not for readers. A copy. */
    public Set<String> hiddenKeys() {
        return Set.copyOf(hidden);
    }

    /** The keys of all entries with a limited life. A copy. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        byAuthor.values().forEach(keys::addAll);
        ending.values().forEach(keys::addAll);
        ended.values().forEach(keys::addAll);
        return keys;
    }

    /** A key holds this no more. @param encoded the value; what has no end is left out here */
    public void remove(String key, byte[] encoded, long author) {
        if (Lifespan.isLimited(encoded)) {
            boolean wasHidden = hidden.remove(key);
            if (Lifespan.ends(encoded)) {
                forget(wasHidden ? ended : ending, Lifespan.endMillis(encoded), key);
            } else {
                forget(byAuthor, author, key);
            }
        }
    }

    /** A key holds this. @param encoded the value; what has no end is left out here */
    public void add(String key, byte[] encoded, long author) {
        if (!Lifespan.isLimited(encoded)) {
            return;
        }
        boolean over;
        if (Lifespan.ends(encoded)) {
            long end = Lifespan.endMillis(encoded);
            over = end <= roomMillis.getAsLong();
            note(over ? ended : ending, end, key);
        } else {
            over = !present.contains(author);
            note(byAuthor, author, key);
        }
        if (over) {
            hidden.add(key);
        }
    }

    private static void note(Map<Long, Set<String>> to, long of, String key) {
        to.computeIfAbsent(of, any -> new HashSet<>()).add(key);
    }

    private static void forget(Map<Long, Set<String>> from, long of, String key) {
        Set<String> keys = from.get(of);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            from.remove(of);
        }
    }

    /** A participant is present, or is not. @return the keys of which readers see something else now */
    public List<String> present(long author, boolean is) {
        boolean changed = is ? present.add(author) : present.remove(author);
        List<String> keys = new ArrayList<>();
        if (changed) {
            for (String key : byAuthor.getOrDefault(author, Set.of())) {
                if (is ? hidden.remove(key) : hidden.add(key)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** @return the keys of which the time is over and readers do not see any more what they held */
    public List<String> expire() {
        long now = roomMillis.getAsLong();
        List<String> keys = new ArrayList<>();
        while (!ending.isEmpty() && ending.firstKey() <= now) {
            Map.Entry<Long, Set<String>> first = ending.pollFirstEntry();
            ended.merge(first.getKey(), first.getValue(), Lives::both);
            keys.addAll(first.getValue());
        }
        hidden.addAll(keys);
        return keys;
    }

    /**
     * The room's time may have been set back, where most found that it was wrong.
     *
     * @return the keys that have ended and whose time is not over
     */
    public List<String> revive() {
        long now = roomMillis.getAsLong();
        List<String> keys = new ArrayList<>();
        while (!ended.isEmpty() && ended.lastKey() > now) {
            Map.Entry<Long, Set<String>> last = ended.pollLastEntry();
            ending.merge(last.getKey(), last.getValue(), Lives::both);
            keys.addAll(last.getValue());
        }
        keys.forEach(hidden::remove);
        return keys;
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        some.addAll(others);
        return some;
    }

    /** When the next that readers see ends by itself, in room time; {@link Long#MAX_VALUE} if none does. */
    public long nextEndMillis() {
        return ending.isEmpty() ? Long.MAX_VALUE : ending.firstKey();
    }

    /** When the last that has ended and is still here did so, in room time; {@link Long#MIN_VALUE} if none has. */
    public long lastEndedMillis() {
        return ended.isEmpty() ? Long.MIN_VALUE : ended.lastKey();
    }

    /** The keys of what ended before a time, at most so many. */
    public List<String> endedBefore(long millis, int most) {
        List<String> keys = new ArrayList<>();
        for (Set<String> some : ended.headMap(millis, false).values()) {
            for (String key : some) {
                if (keys.size() == most) {
                    return keys;
                }
                keys.add(key);
            }
        }
        return keys;
    }

    /** Those who are not present and have written what lives while they are. */
    public Set<Long> absentAuthors() {
        Set<Long> absent = new HashSet<>(byAuthor.keySet());
        absent.removeAll(present);
        return absent;
    }

    /** The keys of what lives while an author is present. */
    public Set<String> keysOf(long author) {
        return byAuthor.getOrDefault(author, Set.of());
    }
}
