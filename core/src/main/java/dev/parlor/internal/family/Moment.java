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
    private final List<String> subKeys = new ArrayList<>();
    private final List<VersionedValue> held = new ArrayList<>();
    private final List<T> values = new ArrayList<>();

    /** What of all belongs to a view. */
    Moment(Belonging<T> belonging, PrefixIndex.Copy<VersionedValue> all) {
        for (int i = 0; i < all.members().size(); i++) {
            VersionedValue value = all.values().get(i);
            T decoded = belonging.of(all.members().get(i).key(), value);
            if (decoded != null) {
                subKeys.add(all.members().get(i).rest(belonging.prefixLength()));
                held.add(value);
                values.add(decoded);
            }
        }
    }

    int size() {
        return subKeys.size();
    }

    /** Whether a reader sees no difference between this and another one. */
    boolean isSameAs(Moment<T> other) {
        if (!subKeys.equals(other.subKeys)) {
            return false;
        }
        for (int i = 0; i < held.size(); i++) {
            if (!VersionedValue.sameForReaders(held.get(i), other.held.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** By sub-key, unmodifiable. */
    NavigableMap<String, T> map() {
        NavigableMap<String, T> map = new TreeMap<>();
        for (int i = 0; i < subKeys.size(); i++) {
            map.put(subKeys.get(i), values.get(i));
        }
        return Collections.unmodifiableNavigableMap(map);
    }
}
