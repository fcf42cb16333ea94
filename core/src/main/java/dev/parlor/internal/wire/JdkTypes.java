package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
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
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
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
        HashedKeys keys = new HashedKeys();
        for (int i = 0; i < TYPES.size(); i++) {
            Class<?> type = TYPES.get(i);
            kryo.register(new Registration(type, serializerOf(kryo, type, keys), FIRST + i));
        }
    }

    private static Serializer<?> serializerOf(Kryo kryo, Class<?> type, HashedKeys keys) {
        if (type == List.class) {
            return new CollectionSerializers.Lists();
        } else if (type == Set.class) {
            return new CollectionSerializers.Sets(keys);
        } else if (type == Map.class) {
            return new CollectionSerializers.Maps(keys);
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

    /** Kryo's own makes an array of whatever length the bytes say. */
    private static final class Booleans extends Serializer<boolean[]> {
        @Override
        public void write(Kryo kryo, Output out, boolean[] array) {
            out.writeVarInt(array.length, true);
            out.writeBooleans(array, 0, array.length);
        }

        @Override
        public boolean[] read(Kryo kryo, Input in, Class<? extends boolean[]> type) {
            return in.readBooleans(CollectionSerializers.readSize(in));
        }
    }
}
