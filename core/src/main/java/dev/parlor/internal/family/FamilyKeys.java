package dev.parlor.internal.family;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * The sub-keys of a live view as an unmodifiable live set. Thread-safe, as the view is.
 *
 * @param <T> the class of the values
 */
final class FamilyKeys<T> extends LiveSet<String> implements NavigableSet<String> {
    private final FamilyMap<T> map;

    FamilyKeys(FamilyMap<T> map) {
        super(true);
        this.map = map;
    }

    @Override
    public Iterator<String> iterator() {
        return map.subKeys();
    }

    @Override
    public boolean contains(@Nullable Object subKey) {
        return map.containsKey(subKey);
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return map.comparator();
    }

    @Override
    public String first() {
        return map.firstKey();
    }

    @Override
    public String last() {
        return map.lastKey();
    }

    @Override
    public @Nullable String lower(String subKey) {
        return map.lowerKey(subKey);
    }

    @Override
    public @Nullable String floor(String subKey) {
        return map.floorKey(subKey);
    }

    @Override
    public @Nullable String ceiling(String subKey) {
        return map.ceilingKey(subKey);
    }

    @Override
    public @Nullable String higher(String subKey) {
        return map.higherKey(subKey);
    }

    @Override
    public NavigableSet<String> descendingSet() {
        return map.descendingKeySet();
    }

    @Override
    public Iterator<String> descendingIterator() {
        return descendingSet().iterator();
    }

    private static NavigableSet<String> keysOf(NavigableMap<String, ?> part) {
        return part.navigableKeySet();
    }

    @Override
    public NavigableSet<String> subSet(String from, boolean withFrom, String to, boolean withTo) {
        return keysOf(map.subMap(from, withFrom, to, withTo));
    }

    @Override
    public NavigableSet<String> headSet(String to, boolean withTo) {
        return keysOf(map.headMap(to, withTo));
    }

    @Override
    public NavigableSet<String> tailSet(String from, boolean withFrom) {
        return keysOf(map.tailMap(from, withFrom));
    }

    @Override
    public NavigableSet<String> subSet(String from, String to) {
        return subSet(from, true, to, false);
    }

    @Override
    public NavigableSet<String> headSet(String to) {
        return headSet(to, false);
    }

    @Override
    public NavigableSet<String> tailSet(String from) {
        return tailSet(from, true);
    }

    @Override
    public String pollFirst() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String pollLast() {
        throw new UnsupportedOperationException();
    }
}
