package dev.parlor.internal.family;

import dev.parlor.internal.index.Member;
import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.session.VersionedValue;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The live view of a family, or of a part of it, as an unmodifiable map by sub-key. It is a sorted map of whole keys, read through what
 * belongs to the view. Thread-safe; iterators and streams are weakly consistent.
 *
 * @param <T> the class of the values
 */
final class FamilyMap<T> extends AbstractMap<String, T> implements NavigableMap<String, T> {
    private final Belonging<T> belonging;
    private final PrefixIndex<VersionedValue> index;
    private final NavigableMap<String, Member<VersionedValue>> members;
    private final Set<Map.Entry<String, T>> entries = new Entries();
    private final Collection<T> values = Collections.unmodifiableCollection(new OneByOne());

    /** All members of an index that belong to a view. */
    FamilyMap(Belonging<T> belonging, PrefixIndex<VersionedValue> index) {
        this(belonging, index, index.members());
    }

    private FamilyMap(Belonging<T> belonging, PrefixIndex<VersionedValue> index,
            NavigableMap<String, Member<VersionedValue>> members) {
        this.belonging = belonging;
        this.index = index;
        this.members = members;
    }

    private String whole(String subKey) {
        return index.prefix().concat(subKey);
    }

    // ---- one member

    @Override
    public @Nullable T get(@Nullable Object subKey) {
        if (!(subKey instanceof String name)) {
            return null;
        }
        String key = whole(name);
        VersionedValue held = index.get(members, key);
        return held == null ? null : belonging.of(key, held);
    }

    @Override
    public T getOrDefault(Object subKey, T other) {
        T value = get(subKey);
        return value != null ? value : other;
    }

    @Override
    public boolean containsKey(@Nullable Object subKey) {
        return get(subKey) != null;
    }

    /** The first from a member on that belongs to the view; null if there is none. */
    private Map.@Nullable Entry<String, T> from(Map.@Nullable Entry<String, Member<VersionedValue>> first, boolean down) {
        for (Map.Entry<String, Member<VersionedValue>> at = first; at != null;
                at = down ? members.lowerEntry(at.getKey()) : members.higherEntry(at.getKey())) {
            T value = belonging.of(at.getKey(), at.getValue().value());
            if (value != null) {
                return Map.entry(at.getValue().rest(belonging.prefixLength()), value);
            }
        }
        return null;
    }

    @Override
    public Map.@Nullable Entry<String, T> firstEntry() {
        return from(members.firstEntry(), false);
    }

    @Override
    public Map.@Nullable Entry<String, T> lastEntry() {
        return from(members.lastEntry(), true);
    }

    @Override
    public Map.@Nullable Entry<String, T> lowerEntry(String subKey) {
        return from(members.lowerEntry(whole(subKey)), true);
    }

    @Override
    public Map.@Nullable Entry<String, T> floorEntry(String subKey) {
        return from(members.floorEntry(whole(subKey)), true);
    }

    @Override
    public Map.@Nullable Entry<String, T> ceilingEntry(String subKey) {
        return from(members.ceilingEntry(whole(subKey)), false);
    }

    @Override
    public Map.@Nullable Entry<String, T> higherEntry(String subKey) {
        return from(members.higherEntry(whole(subKey)), false);
    }

    private @Nullable String keyOf(Map.@Nullable Entry<String, T> entry) {
        return entry == null ? null : entry.getKey();
    }

    @Override
    public @Nullable String lowerKey(String subKey) {
        return keyOf(lowerEntry(subKey));
    }

    @Override
    public @Nullable String floorKey(String subKey) {
        return keyOf(floorEntry(subKey));
    }

    @Override
    public @Nullable String ceilingKey(String subKey) {
        return keyOf(ceilingEntry(subKey));
    }

    @Override
    public @Nullable String higherKey(String subKey) {
        return keyOf(higherEntry(subKey));
    }

    @Override
    public String firstKey() {
        return present(firstEntry()).getKey();
    }

    @Override
    public String lastKey() {
        return present(lastEntry()).getKey();
    }

    private Map.Entry<String, T> present(Map.@Nullable Entry<String, T> entry) {
        if (entry == null) {
            throw new NoSuchElementException();
        }
        return entry;
    }

    // ---- parts

    private FamilyMap<T> part(NavigableMap<String, Member<VersionedValue>> some) {
        return new FamilyMap<>(belonging, index, some);
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return members.comparator();
    }

    @Override
    public NavigableMap<String, T> descendingMap() {
        return part(members.descendingMap());
    }

    @Override
    public NavigableMap<String, T> subMap(String from, boolean withFrom, String to, boolean withTo) {
        return part(members.subMap(whole(from), withFrom, whole(to), withTo));
    }

    @Override
    public NavigableMap<String, T> headMap(String to, boolean withTo) {
        return part(members.headMap(whole(to), withTo));
    }

    @Override
    public NavigableMap<String, T> tailMap(String from, boolean withFrom) {
        return part(members.tailMap(whole(from), withFrom));
    }

    @Override
    public NavigableMap<String, T> subMap(String from, String to) {
        return subMap(from, true, to, false);
    }

    @Override
    public NavigableMap<String, T> headMap(String to) {
        return headMap(to, false);
    }

    @Override
    public NavigableMap<String, T> tailMap(String from) {
        return tailMap(from, true);
    }

    @Override
    public NavigableSet<String> navigableKeySet() {
        return new FamilyKeys<>(this);
    }

    @Override
    public NavigableSet<String> keySet() {
        return navigableKeySet();
    }

    @Override
    public NavigableSet<String> descendingKeySet() {
        return descendingMap().navigableKeySet();
    }

    @Override
    public Set<Map.Entry<String, T>> entrySet() {
        return entries;
    }

    @Override
    public Collection<T> values() {
        return values;
    }

    // ---- all

    Iterator<String> subKeys() {
        return new Found<>() {
            @Override
            String made(String subKey, T value) {
                return subKey;
            }
        };
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private Map<String, T> copy() {
        Map<String, T> copy = new TreeMap<>(comparator());
        entries.forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || other instanceof Map<?, ?> && copy().equals(other);
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }

    @Override
    public String toString() {
        return copy().toString();
    }

    // ---- what those of the superclasses would do only where they find something

    @Override
    public T remove(@Nullable Object subKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map.Entry<String, T> pollFirstEntry() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map.Entry<String, T> pollLastEntry() {
        throw new UnsupportedOperationException();
    }

    private final class Entries extends LiveSet<Map.Entry<String, T>> {
        Entries() {
            super(true);
        }

        @Override
        public Iterator<Map.Entry<String, T>> iterator() {
            return new Found<>() {
                @Override
                Map.Entry<String, T> made(String subKey, T value) {
                    return Map.entry(subKey, value);
                }
            };
        }

        @Override
        public boolean contains(@Nullable Object entry) {
            return entry instanceof Map.Entry<?, ?> wanted && wanted.getValue() != null
                    && wanted.getValue().equals(get(wanted.getKey()));
        }
    }

    /** The values: one may be there several times, so this is a set to nobody outside. */
    private final class OneByOne extends LiveSet<T> {
        OneByOne() {
            super(true);
        }

        @Override
        public Iterator<T> iterator() {
            return new Found<>() {
                @Override
                T made(String subKey, T value) {
                    return value;
                }
            };
        }
    }

    /** The members that belong to the view, in order. */
    private abstract class Found<E> implements Iterator<E> {
        private final Iterator<Member<VersionedValue>> all = members.values().iterator();
        private final int prefixLength = belonging.prefixLength();
        private @Nullable Member<VersionedValue> next;
        private @Nullable T value;

        abstract E made(String subKey, T value);

        @Override
        public boolean hasNext() {
            while (value == null && all.hasNext()) {
                Member<VersionedValue> member = all.next();
                next = member;
                value = belonging.of(member.key(), member.value());
            }
            return value != null;
        }

        @Override
        public E next() {
            if (!hasNext() || next == null || value == null) {
                throw new NoSuchElementException();
            }
            E made = made(next.rest(prefixLength), value);
            value = null;
            return made;
        }
    }
}
