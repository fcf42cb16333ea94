package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists, sets and maps of any class; read as unmodifiable ones that keep the order. */
final class CollectionSerializers {
    /**
     * Places made for elements that are only announced; more as they come. Each of many collections within each other could
     * announce as many as there are bytes.
     */
    private static final int MAX_ANNOUNCED = 64;

    private CollectionSerializers() {}

    /** A number of things to be read, each of at least one byte, so never more than the bytes that are left. */
    static int readSize(Input in) {
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

    /** Elements as they are now: others may add to the collection meanwhile. */
    private static Object[] begin(Output out, Collection<?> elements) {
        Object[] copy = elements.toArray();
        out.writeVarInt(copy.length, true);
        return copy;
    }

    /** Lists. */
    static final class Lists extends Serializer<List<Object>> {
        @Override
        public void write(Kryo kryo, Output out, List<Object> list) {
            for (Object element : begin(out, list)) {
                kryo.writeClassAndObject(out, element);
            }
        }

        @Override
        public List<Object> read(Kryo kryo, Input in, Class<? extends List<Object>> type) {
            List<Object> list = readElements(kryo, in);
            return list.isEmpty() ? Collections.emptyList() : Collections.unmodifiableList(list);
        }
    }

    /** Sets. */
    static final class Sets extends Serializer<Set<Object>> {
        private final HashedKeys keys;

        Sets(HashedKeys keys) {
            this.keys = keys;
        }

        @Override
        public void write(Kryo kryo, Output out, Set<Object> set) {
            HashedKeys.Tally tally = new HashedKeys.Tally();
            for (Object element : begin(out, set)) {
                tally.add(element);
                keys.write(kryo, out, element);
            }
            tally.check();
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
    static final class Maps extends Serializer<Map<Object, Object>> {
        private final HashedKeys keys;

        Maps(HashedKeys keys) {
            this.keys = keys;
        }

        @Override
        public void write(Kryo kryo, Output out, Map<Object, Object> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            HashedKeys.Tally tally = new HashedKeys.Tally();
            out.writeVarInt(copy.size(), true);
            copy.forEach((key, value) -> {
                tally.add(key);
                keys.write(kryo, out, key);
                kryo.writeClassAndObject(out, value);
            });
            tally.check();
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
}
