package dev.parlor.internal.value.container;

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
import java.util.function.UnaryOperator;

/**
 * The order in which sets and maps are written. Those that have one keep it. Of the others equal ones are written as equal
 * bytes, whatever they have been through, in the order of their nature where they have one: {@code Set.of} has another order
 * in each JVM, a {@code HashSet} one for each capacity. Others are put in the order of their bytes, see {@link EncodedOrder}.
 */
final class Orders {
    private static final Set<Class<?>> WITHOUT = Set.of(HashMap.class, HashSet.class, Hashtable.class, Properties.class,
            ConcurrentHashMap.class, ConcurrentHashMap.KeySetView.class, WeakHashMap.class,
            new HashMap<>().keySet().getClass(), Map.of().getClass(), Map.of(1, 1).getClass(), Set.of().getClass(),
            Set.of(1).getClass());

    /** Sets that tell elements apart by {@code equals}, so that none of what is in them is lost where they are read. */
    private static final Set<Class<?>> BY_EQUALS = Set.of(LinkedHashSet.class, Collections.emptySet().getClass(),
            Collections.singleton(1).getClass(), new HashMap<>().entrySet().getClass());

    @SuppressWarnings("unchecked") // all are of one class that is Comparable
    private static final Comparator<Object> BY_NATURE = (one, other) -> ((Comparable<Object>) one).compareTo(other);
    private static final Comparator<Object> BY_KEY = (one, other) -> BY_NATURE.compare(keyOf(one), keyOf(other));

    private Orders() {}

    /** Whether the order of a set's elements or a map's keys says nothing. */
    static boolean isWithout(Class<?> type) {
        return WITHOUT.contains(type);
    }

    /** Whether a set of this class surely tells its elements apart by {@code equals}. */
    static boolean tellsApartByEquals(Class<?> type) {
        return WITHOUT.contains(type) || BY_EQUALS.contains(type);
    }

    /**
     * Sorts entries of a map in the order of their keys' nature.
     *
     * @return whether they are in an order now that depends on nothing but the keys: not if these are of several classes or of
     *     one without an order, or if some that differ are the same in that order
     */
    static boolean sortByKey(Object[] entries) {
        return sort(entries, Orders::keyOf, BY_KEY);
    }

    private static Object keyOf(Object entry) {
        return ((Map.Entry<?, ?>) entry).getKey();
    }

    /** Sorts elements in the order of their nature; the result as of {@link #sortByKey}. */
    static boolean sort(Object[] elements) {
        return sort(elements, UnaryOperator.identity(), BY_NATURE);
    }

    private static boolean sort(Object[] things, UnaryOperator<Object> keyOf, Comparator<Object> by) {
        if (things.length < 2) {
            return true;
        } else if (!(keyOf.apply(things[0]) instanceof Comparable)) {
            return false;
        }
        Class<?> type = classOf(keyOf.apply(things[0]));
        for (Object thing : things) {
            Object key = keyOf.apply(thing);
            if (key == null || classOf(key) != type) {
                return false;
            }
        }
        if (HashedKeys.isOrdered(type)) {
            Arrays.sort(things, by);
            return true;
        }
        return sortStrictly(things, by);
    }

    /** Of a constant its enum, as one with a body has a class of its own. */
    private static Class<?> classOf(Object key) {
        return key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
    }

    /** Leaves them as they are if the application's own order fails, as it may for what lacks a part. */
    private static boolean sortStrictly(Object[] things, Comparator<Object> by) {
        Object[] sorted = things.clone();
        try {
            Arrays.sort(sorted, by);
            for (int i = 1; i < sorted.length; i++) {
                if (by.compare(sorted[i - 1], sorted[i]) >= 0) {
                    return false;
                }
            }
        } catch (RuntimeException e) {
            return false;
        }
        System.arraycopy(sorted, 0, things, 0, things.length);
        return true;
    }
}
