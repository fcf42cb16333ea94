package dev.parlor.internal.index;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of some prefixes, found by a key that begins with them. A look-up reads the beginning of the key once, and
 * takes one probe for each length that a prefix has, however many prefixes there are: the hash of a beginning is made from that of a
 * shorter one, and is that of the prefix as a string. Not thread-safe.
 *
 * @param <E> what there is for a prefix
 */
public final class PrefixTable<E> {
    private record Slot<E>(String prefix, E of) {}

    /** Open addressing; the size is a power of two, and at least half of it is free. */
    private @Nullable Slot<E>[] slots = slots(4);
    /** The lengths that prefixes have, each once, the shortest first. */
    private int[] lengths = {};
    private int size;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class
    private static <E> @Nullable Slot<E>[] slots(int count) {
        return new Slot[count];
    }

    /** One more prefix, which is not here yet. */
    public void add(String prefix, E of) {
        if (2 * (size + 1) > slots.length) {
            @Nullable Slot<E>[] before = slots;
            slots = slots(2 * before.length);
            for (Slot<E> slot : before) {
                if (slot != null) {
                    place(slot);
                }
            }
        }
        place(new Slot<>(prefix, of));
        size++;
        int at = Arrays.binarySearch(lengths, prefix.length());
        if (at < 0) {
            int[] more = Arrays.copyOf(lengths, lengths.length + 1);
            more[lengths.length] = prefix.length();
            Arrays.sort(more);
            lengths = more;
        }
    }

    private void place(Slot<E> slot) {
        int at = placeOf(slot.prefix().hashCode());
        while (slots[at] != null) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = slot;
    }

    private int placeOf(int hash) {
        // The low bits of a string's hash are mostly those of its last characters, which prefixes have in common.
        return (hash ^ hash >>> 15) * 0x9E3779B9 >>> 7 & slots.length - 1;
    }

    /** How many prefixes there are. */
    public int size() {
        return size;
    }

    /** What there is for just this prefix, or null. */
    public @Nullable E get(String prefix) {
        Slot<E> found = find(prefix, prefix.hashCode(), prefix.length());
        return found == null ? null : found.of();
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
        int at = placeOf(hash);
        for (Slot<E> slot; (slot = slots[at]) != null; at = at + 1 & slots.length - 1) {
            if (slot.prefix().length() == length && key.startsWith(slot.prefix())) {
                return slot;
            }
        }
        return null;
    }
}
