package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The classes of the JDK that travel without being registered by the application. Their numbers are part of the
 * protocol: new ones are added at the end of the list, none is ever moved.
 */
final class JdkTypes {
    /** Kryo itself numbers the primitives and String from 0 to 8. */
    private static final int FIRST = 16;
    /**
     * Places made for elements that are only announced; more as they come. Each of many collections within each other could
     * announce as many as there are bytes.
     */
    private static final int MAX_ANNOUNCED = 64;

    /** In the order of their numbers. */
    private static final List<Class<?>> TYPES = List.of(List.class, Set.class, Map.class, byte[].class, int[].class,
            long[].class, double[].class, float[].class, boolean[].class, short[].class, char[].class, String[].class,
            Object[].class, UUID.class, Instant.class, Duration.class, LocalDate.class, LocalTime.class,
            LocalDateTime.class, ZonedDateTime.class, OffsetDateTime.class, OffsetTime.class, Period.class, Year.class,
            YearMonth.class, MonthDay.class, ZoneOffset.class, BigInteger.class, BigDecimal.class, Optional.class,
            Date.class, Locale.class, Currency.class, URI.class, BitSet.class, ZoneId.class);

    private JdkTypes() {}

    static boolean contains(Class<?> type) {
        return TYPES.contains(type) || type == String.class || type.isPrimitive();
    }

    /** The type under which an object of a class is written if its own class is not registered, or null. */
    static Class<?> generalOf(Class<?> type) {
        if (List.class.isAssignableFrom(type)) {
            return List.class;
        } else if (Set.class.isAssignableFrom(type)) {
            return Set.class;
        } else if (Map.class.isAssignableFrom(type)) {
            return Map.class;
        } else if (ZoneId.class.isAssignableFrom(type)) {
            return ZoneId.class;
        }
        return null;
    }

    static void register(Kryo kryo) {
        for (int i = 0; i < TYPES.size(); i++) {
            Class<?> type = TYPES.get(i);
            kryo.register(new Registration(type, serializerOf(kryo, type), FIRST + i));
        }
    }

    private static Serializer<?> serializerOf(Kryo kryo, Class<?> type) {
        if (type == List.class) {
            return new Elements<List<Object>>() {
                @Override
                List<Object> make(int size) {
                    return size == 0 ? Collections.emptyList() : new ArrayList<>(Math.min(size, MAX_ANNOUNCED));
                }

                @Override
                List<Object> seal(List<Object> made) {
                    return made.isEmpty() ? made : Collections.unmodifiableList(made);
                }
            };
        } else if (type == Set.class) {
            return new Elements<Set<Object>>() {
                @Override
                Set<Object> make(int size) {
                    return size == 0 ? Collections.emptySet() : new LinkedHashSet<>(announced(size));
                }

                @Override
                Set<Object> seal(Set<Object> made) {
                    return made.isEmpty() ? made : Collections.unmodifiableSet(made);
                }
            };
        } else if (type == Map.class) {
            return new Pairs();
        } else if (type == URI.class) {
            return new DefaultSerializers.URISerializer();
        } else if (type == String[].class || type == Object[].class) {
            return new ArraySerializer(type);
        } else if (type == boolean[].class) {
            return new Booleans();
        } else if (type == UUID.class) {
            return new DefaultSerializers.UUIDSerializer();
        }
        return kryo.getDefaultSerializer(type);
    }

    /** A number of things to be read, each of at least one byte, so never more than the bytes that are left. */
    static int readSize(Input in) {
        int size = in.readVarInt(true);
        if (size < 0 || size > in.limit() - in.position()) {
            throw new KryoException("a collection of " + size + " in " + (in.limit() - in.position()) + " bytes");
        }
        return size;
    }

    /** Elements of an array that is only announced: as long as it says, made when they are here. */
    static List<Object> readElements(Kryo kryo, Input in) {
        int size = readSize(in);
        return readInto(new ArrayList<>(Math.min(size, MAX_ANNOUNCED)), size, kryo, in);
    }

    private static <C extends Collection<Object>> C readInto(C elements, int size, Kryo kryo, Input in) {
        for (int i = 0; i < size; i++) {
            elements.add(kryo.readClassAndObject(in));
        }
        return elements;
    }

    /** The capacity of a hash table for so many announced elements. */
    private static int announced(int size) {
        return Math.min(size, MAX_ANNOUNCED) * 2;
    }

    /** Lists and sets of any class; read as unmodifiable ones that keep the order. */
    private abstract static class Elements<C extends Collection<Object>> extends Serializer<C> {
        abstract C make(int size);

        abstract C seal(C made);

        @Override
        public void write(Kryo kryo, Output out, C elements) {
            Object[] copy = elements.toArray();
            out.writeVarInt(copy.length, true);
            for (Object element : copy) {
                kryo.writeClassAndObject(out, element);
            }
        }

        @Override
        public C read(Kryo kryo, Input in, Class<? extends C> type) {
            int size = readSize(in);
            return seal(readInto(make(size), size, kryo, in));
        }
    }

    /** Kryo's own makes an array of whatever length the bytes say. */
    private static final class Booleans extends Serializer<boolean[]> {
        @Override
        public void write(Kryo kryo, Output out, boolean[] array) {
            out.writeVarInt(array.length, true);
            out.writeBooleans(array, 0, array.length);
        }

        @Override
        public boolean[] read(Kryo kryo, Input in, Class<? extends boolean[]> type) {
            return in.readBooleans(readSize(in));
        }
    }

    /** Maps of any class; read as unmodifiable ones that keep the order. */
    private static final class Pairs extends Serializer<Map<Object, Object>> {
        @Override
        public void write(Kryo kryo, Output out, Map<Object, Object> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            out.writeVarInt(copy.size(), true);
            copy.forEach((key, value) -> {
                kryo.writeClassAndObject(out, key);
                kryo.writeClassAndObject(out, value);
            });
        }

        @Override
        public Map<Object, Object> read(Kryo kryo, Input in, Class<? extends Map<Object, Object>> type) {
            int size = readSize(in);
            if (size == 0) {
                return Collections.emptyMap();
            }
            Map<Object, Object> map = new LinkedHashMap<>(announced(size));
            for (int i = 0; i < size; i++) {
                map.put(kryo.readClassAndObject(in), kryo.readClassAndObject(in));
            }
            return Collections.unmodifiableMap(map);
        }
    }
}
