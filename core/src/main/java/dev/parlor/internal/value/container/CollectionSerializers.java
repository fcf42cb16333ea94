package dev.parlor.internal.value.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.value.io.LimitedOutput;
import dev.parlor.internal.value.io.Unshareable;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Lists, sets and maps of any class; read as unmodifiable ones that keep the order. */
public final class CollectionSerializers {
    /**
     * Places made for elements that are only announced; more as they come. Each of many collections within each other could
     * announce as many as there are bytes.
     */
    private static final int MAX_ANNOUNCED = 64;

    private CollectionSerializers() {}

    /** A number of things to be read, each of at least one byte, so never more than the bytes that are left. */
    public static int readSize(Input in) {
        int size = in.readVarInt(true);
        if (size < 0 || size > in.limit() - in.position()) {
            throw new KryoException("a collection of " + size + " in " + (in.limit() - in.position()) + " bytes");
        }
        return size;
    }

    /** Elements of a list or of an array that is only announced: as long as it says, made when they are here. */
    static List<Object> readElements(Kryo kryo, Input in) {
        int size = readSize(in);
        List<Object> elements = new ArrayList<>(Math.min(size, MAX_ANNOUNCED));
        for (int i = 0; i < size; i++) {
            elements.add(kryo.readClassAndObject(in));
        }
        return elements;
    }

    /** The capacity of a hash table for so many announced elements. */
    private static int announced(int size) {
        return Math.min(size, MAX_ANNOUNCED) * 2;
    }

    /** Elements as they are now: others may add to the collection meanwhile. Too many are not copied. */
    private static Object[] begin(Output out, Collection<?> elements) {
        LimitedOutput.expect(out, elements.size());
        Object[] copy = elements.toArray();
        out.writeVarInt(copy.length, true);
        return copy;
    }

    /** Lists, and other collections as lists. */
    public static final class Lists extends Serializer<Collection<Object>> {
        @Override
        public void write(Kryo kryo, Output out, Collection<Object> list) {
            for (Object element : begin(out, list)) {
                kryo.writeClassAndObject(out, element);
            }
        }

        @Override
        public List<Object> read(Kryo kryo, Input in, Class<? extends Collection<Object>> type) {
            List<Object> list = readElements(kryo, in);
            return list.isEmpty() ? Collections.emptyList() : Collections.unmodifiableList(list);
        }
    }

    /** Sets. */
    public static final class Sets extends Serializer<Set<Object>> {
        private final HashedKeys keys;

        public Sets(HashedKeys keys) {
            this.keys = keys;
        }

        @Override
        public void write(Kryo kryo, Output out, Set<Object> set) {
            Object[] elements = begin(out, set);
            EncodedOrder order = Orders.isWithout(set.getClass()) && !Orders.sort(elements)
                    ? new EncodedOrder(elements.length) : null;
            HashedKeys.Tally tally = new HashedKeys.Tally();
            for (Object element : elements) {
                if (order != null) {
                    order.begin(out);
                }
                // Hashing what refers to one thing many times may take for ever; writing it ends at the limit.
                keys.write(kryo, out, element);
                tally.add(element);
                if (order != null) {
                    order.endKey(out);
                }
            }
            tally.check();
            // Such as were changed while they were in a set that tells them apart may be equal now.
            boolean toBeCompared = !Orders.tellsApartByEquals(set.getClass()) || tally.hasAlike();
            if (toBeCompared && new HashSet<>(Arrays.asList(elements)).size() < elements.length) {
                throw new Unshareable("a set with elements that equal each other, of which one would arrive: make it a "
                        + "List, or change no element that is in it");
            }
            if (order != null) {
                order.apply(out);
            }
        }

        @Override
        public Set<Object> read(Kryo kryo, Input in, Class<? extends Set<Object>> type) {
            int size = readSize(in);
            if (size == 0) {
                return Collections.emptySet();
            }
            Set<Object> set = new LinkedHashSet<>(announced(size));
            HashedKeys.Tally tally = new HashedKeys.Tally();
            for (int i = 0; i < size; i++) {
                Object element = keys.read(kryo, in);
                if (element != HashedKeys.LACKING) {
                    tally.add(element);
                    set.add(element);
                }
            }
            tally.check();
            return Collections.unmodifiableSet(set);
        }
    }

    /** Maps. */
    public static final class Maps extends Serializer<Map<Object, Object>> {
        /** Of all that the methods of {@code Collections} give that begin with "synchronized" and end with "Map". */
        private static final Class<?> SYNCHRONIZED = Collections.synchronizedMap(Map.of()).getClass();

        private final HashedKeys keys;

        public Maps(HashedKeys keys) {
            this.keys = keys;
        }

        @Override
        public void write(Kryo kryo, Output out, Map<Object, Object> map) {
            // A key and a value have a byte each.
            LimitedOutput.expect(out, 2L * map.size());
            Object[] entries = entriesOf(map);
            boolean unordered = Orders.isWithout(map.getClass());
            EncodedOrder order = unordered && !Orders.sortByKey(entries) ? new EncodedOrder(entries.length) : null;
            HashedKeys.Tally tally = new HashedKeys.Tally();
            out.writeVarInt(entries.length, true);
            for (Object each : entries) {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
                if (order != null) {
                    order.begin(out);
                }
                keys.write(kryo, out, entry.getKey());
                tally.add(entry.getKey());
                if (order != null) {
                    order.endKey(out);
                }
                kryo.writeClassAndObject(out, entry.getValue());
            }
            tally.check();
            if (unordered && tally.hasAlike()) {
                requireDifferentKeys(entries);
            }
            if (order != null) {
                order.apply(out);
            }
        }

        /** What it holds now, in order: others may write to it meanwhile. */
        private static Object[] entriesOf(Map<Object, Object> map) {
            if (map instanceof IdentityHashMap) {
                throw new Unshareable("an IdentityHashMap, whose keys are equal only to themselves: copy it into a HashMap");
            }
            if (map instanceof Properties properties && !properties.keySet().containsAll(properties.stringPropertyNames())) {
                throw new Unshareable("Properties with defaults, which would not arrive: copy all its "
                        + "stringPropertyNames() into one");
            }
            if (Orders.isWithout(map.getClass()) || map.size() <= 1) {
                // One key equals no other, and may have been hashed by nobody yet.
                return map.entrySet().toArray();
            }
            List<Object> entries = new ArrayList<>();
            if (SYNCHRONIZED.isInstance(map)) {
                // It holds its lock meanwhile, which it does for no iterator.
                map.forEach((key, value) -> entries.add(new SimpleImmutableEntry<>(key, value)));
            } else {
                // Some maps have one entry that changes with each step.
                map.entrySet().forEach(entry -> entries.add(new SimpleImmutableEntry<>(entry.getKey(), entry.getValue())));
            }
            Object[] array = entries.toArray();
            requireDifferentKeys(array);
            return array;
        }

        private static void requireDifferentKeys(Object[] entries) {
            Set<Object> different = new HashSet<>();
            for (Object entry : entries) {
                if (!different.add(((Map.Entry<?, ?>) entry).getKey())) {
                    throw new Unshareable("a map with keys that equal each other, of which one would arrive: make its keys "
                            + "differ by equals(), and change none that is in it");
                }
            }
        }

        @Override
        public Map<Object, Object> read(Kryo kryo, Input in, Class<? extends Map<Object, Object>> type) {
            int size = readSize(in);
            if (size == 0) {
                return Collections.emptyMap();
            }
            Map<Object, Object> map = new LinkedHashMap<>(announced(size));
            HashedKeys.Tally tally = new HashedKeys.Tally();
            for (int i = 0; i < size; i++) {
                Object key = keys.read(kryo, in);
                Object value = kryo.readClassAndObject(in);
                if (key != HashedKeys.LACKING) {
                    tally.add(key);
                    map.put(key, value);
                }
            }
            tally.check();
            return Collections.unmodifiableMap(map);
        }
    }

    /** Entries of maps, apart from their map. */
    public static final class Entries extends Serializer<Map.Entry<Object, Object>> {
        @Override
        public void write(Kryo kryo, Output out, Map.Entry<Object, Object> entry) {
            kryo.writeClassAndObject(out, entry.getKey());
            kryo.writeClassAndObject(out, entry.getValue());
        }

        @Override
        public Map.Entry<Object, Object> read(Kryo kryo, Input in, Class<? extends Map.Entry<Object, Object>> type) {
            Object key = kryo.readClassAndObject(in);
            return new SimpleImmutableEntry<>(key, kryo.readClassAndObject(in));
        }
    }
}
