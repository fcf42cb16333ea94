package dev.parlor.internal.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The order in which sets and maps are written. Those that have one keep it. Of the others equal ones are written as equal
 * bytes, whatever they have been through, if their elements or keys have an order by nature: {@code Set.of} has another order
 * in each JVM, a {@code HashSet} one for each capacity.
 */
final class Orders {
    private static final Set<Class<?>> WITHOUT = Set.of(HashMap.class, HashSet.class, Hashtable.class, Properties.class,
            ConcurrentHashMap.class, ConcurrentHashMap.KeySetView.class, WeakHashMap.class,
            new HashMap<>().keySet().getClass(), Map.of().getClass(), Map.of(1, 1).getClass(), Set.of().getClass(),
            Set.of(1).getClass());

    /** Sets that tell elements apart by {@code equals}, so that none of what is in them is lost where they are read. */
    private static final Set<Class<?>> BY_EQUALS = Set.of(LinkedHashSet.class, Collections.emptySet().getClass(),
            Collections.singleton(1).getClass(), new HashMap<>().entrySet().getClass());

    @SuppressWarnings("unchecked") // all keys are of one class that is Comparable
    private static final Comparator<Object> BY_KEY = (one, other) -> ((Comparable<Object>) keyOf(one)).compareTo(keyOf(other));

    private Orders() {}

    /** Whether the order of a set's elements or a map's keys says nothing. */
    static boolean isWithout(Class<?> type) {
        return WITHOUT.contains(type);
    }

    /** Whether a set of this class surely tells its elements apart by {@code equals}. */
    static boolean tellsApartByEquals(Class<?> type) {
        return WITHOUT.contains(type) || BY_EQUALS.contains(type);
    }

    /** Sorts entries of a map in the order of their keys' nature, if all keys are of one class that has one. */
    static void sortByKey(Object[] entries) {
        if (entries.length < 2 || !(keyOf(entries[0]) instanceof Comparable)) {
            return;
        }
        Class<?> type = keyOf(entries[0]).getClass();
        for (Object entry : entries) {
            if (keyOf(entry) == null || keyOf(entry).getClass() != type) {
                return;
            }
        }
        sort(entries, keyOf(entries[0]), BY_KEY);
    }

    private static Object keyOf(Object entry) {
        return ((Map.Entry<?, ?>) entry).getKey();
    }

    /** Sorts elements in the order of their nature, if all are of one class that has one. */
    static void sort(Object[] elements) {
        if (elements.length < 2 || !(elements[0] instanceof Comparable)) {
            return;
        }
        for (Object element : elements) {
            if (element == null || element.getClass() != elements[0].getClass()) {
                return;
            }
        }
        sort(elements, elements[0], null);
    }

    /** Leaves them as they are if the application's own order fails, as it may for what lacks a part. */
    private static void sort(Object[] things, Object first, Comparator<Object> by) {
        if (Fields.isOfTheJdk(first.getClass())) {
            Arrays.sort(things, by);
            return;
        }
        Object[] sorted = things.clone();
        try {
            Arrays.sort(sorted, by);
        } catch (RuntimeException e) {
            return;
        }
        System.arraycopy(sorted, 0, things, 0, things.length);
    }
}
