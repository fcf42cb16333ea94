package dev.parlor.internal.family;

import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What belonged to a view at one moment.
 *
 * @param <T> the class of the values
 */
final class Moment<T> {
    /**
     * The keys and what they held, encoded: enough to tell two moments apart.
     *
     * @param subKeys sorted
     * @param values of each of them
     */
    record Held(List<String> subKeys, List<VersionedValue> values) {
        /** Whether a reader sees no difference between this and another one. */
        boolean isSameAs(Held other) {
            if (!subKeys.equals(other.subKeys)) {
                return false;
            }
            for (int i = 0; i < values.size(); i++) {
                if (!VersionedValue.sameForReaders(values.get(i), other.values.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Held held = new Held(new ArrayList<>(), new ArrayList<>());
    private final List<T> decoded = new ArrayList<>();

    /** What of all belongs to a view. */
    Moment(Belonging<T> belonging, PrefixIndex.Copy<VersionedValue> all) {
        for (int i = 0; i < all.members().size(); i++) {
            VersionedValue value = all.values().get(i);
            T object = belonging.of(all.members().get(i).key(), value);
            if (object != null) {
                held.subKeys().add(all.members().get(i).rest(belonging.prefixLength()));
                held.values().add(value);
                decoded.add(object);
            }
        }
    }

    int size() {
        return decoded.size();
    }

    Held held() {
        return held;
    }

    /** By sub-key, unmodifiable. */
    NavigableMap<String, T> map() {
        NavigableMap<String, T> map = new TreeMap<>();
        for (int i = 0; i < decoded.size(); i++) {
            map.put(held.subKeys().get(i), decoded.get(i));
        }
        return Collections.unmodifiableNavigableMap(map);
    }
}
