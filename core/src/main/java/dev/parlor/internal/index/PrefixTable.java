package dev.parlor.internal.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of some prefixes, found by a key that begins with them. A look-up reads the beginning of the key once, and
 * takes one probe for each length that a prefix has, however many prefixes there are: the hash of a beginning is made from that of a
 * shorter one, and is that of the prefix as a string. Immutable.
 *
 * @param <E> what there is for a prefix
 */
public final class PrefixTable<E> {
    private record Slot<E>(String prefix, E of) {}

    private final Map<String, E> all;
    /** The lengths that prefixes have, each once, the shortest first. */
    private final int[] lengths;
    /** Open addressing; the size is a power of two, and at least half of it is free. */
    private final @Nullable Slot<E>[] slots;

    private PrefixTable(Map<String, E> all) {
        this.all = all;
        this.lengths = lengthsOf(all);
        this.slots = slotsOf(all);
    }

    private static int[] lengthsOf(Map<String, ?> all) {
        TreeSet<Integer> sorted = new TreeSet<>();
        all.keySet().forEach(prefix -> sorted.add(prefix.length()));
        int[] lengths = new int[sorted.size()];
        int count = 0;
        for (int length : sorted) {
            lengths[count++] = length;
        }
        return lengths;
    }

    /** A table without prefixes. */
    public static <E> PrefixTable<E> empty() {
        return new PrefixTable<>(Map.of());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class
    private static <E> @Nullable Slot<E>[] slotsOf(Map<String, E> all) {
        @Nullable Slot<E>[] slots = new Slot[Math.max(2, Integer.highestOneBit(all.size()) * 4)];
        all.forEach((prefix, of) -> {
            int at = placeOf(prefix.hashCode(), slots.length);
            while (slots[at] != null) {
                at = at + 1 & slots.length - 1;
            }
            slots[at] = new Slot<>(prefix, of);
        });
        return slots;
    }

    private static int placeOf(int hash, int size) {
        // The low bits of a string's hash are mostly those of its last characters, which prefixes have in common.
        return (hash ^ hash >>> 15) * 0x9E3779B9 >>> 7 & size - 1;
    }

    /** This table with one more prefix, or another thing for one that is here. */
    public PrefixTable<E> with(String prefix, E of) {
        Map<String, E> more = new HashMap<>(all);
        more.put(prefix, of);
        return new PrefixTable<>(more);
    }

    /** How many prefixes there are. */
    public int size() {
        return all.size();
    }

    /** What there is for just this prefix, or null. */
    public @Nullable E get(String prefix) {
        return all.get(prefix);
    }

    /** Hands over what there is for each prefix that a key begins with and is longer than, the shortest first. */
    public void forEachOf(String key, BiConsumer<String, ? super E> action) {
        int hash = 0;
        int read = 0;
        for (int length : lengths) {
            if (length >= key.length()) {
                return;
            }
            while (read < length) {
                hash = 31 * hash + key.charAt(read++);
            }
            Slot<E> found = find(key, hash, length);
            if (found != null) {
                action.accept(found.prefix(), found.of());
            }
        }
    }

    /** What there is for the longest of them, or null. */
    public @Nullable E longestWithin(String key) {
        int hash = 0;
        int read = 0;
        E longest = null;
        for (int i = 0; i < lengths.length && lengths[i] < key.length(); i++) {
            while (read < lengths[i]) {
                hash = 31 * hash + key.charAt(read++);
            }
            Slot<E> found = find(key, hash, lengths[i]);
            longest = found == null ? longest : found.of();
        }
        return longest;
    }

    private @Nullable Slot<E> find(String key, int hash, int length) {
        int at = placeOf(hash, slots.length);
        for (Slot<E> slot; (slot = slots[at]) != null; at = at + 1 & slots.length - 1) {
            if (slot.prefix().length() == length && key.startsWith(slot.prefix())) {
                return slot;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        String[] prefixes = all.keySet().toArray(String[]::new);
        Arrays.sort(prefixes);
        return Arrays.toString(prefixes);
    }
}
