package dev.parlor.internal.value.jdk;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import dev.parlor.UnregisteredTypeException;
import dev.parlor.internal.value.container.ArraySerializer;
import dev.parlor.internal.value.container.CollectionSerializers;
import dev.parlor.internal.value.container.HashedKeys;
import dev.parlor.internal.value.io.LimitedOutput;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.time.chrono.HijrahDate;
import java.time.chrono.HijrahEra;
import java.time.chrono.IsoEra;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.MinguoEra;
import java.time.chrono.ThaiBuddhistDate;
import java.time.chrono.ThaiBuddhistEra;
import java.time.format.FormatStyle;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK that travel without being registered by the application. Their numbers are part of the
 * protocol: new ones are added at the end of the list, none is ever moved.
 */
public final class JdkTypes {
    /** Kryo itself numbers the primitives and String from 0 to 8. */
    private static final int FIRST = 16;

    /** In the order of their numbers. */
    private static final List<Class<?>> TYPES = List.of(List.class, Set.class, Map.class, byte[].class, int[].class,
            long[].class, double[].class, float[].class, boolean[].class, short[].class, char[].class, String[].class,
            Object[].class, UUID.class, Instant.class, Duration.class, LocalDate.class, LocalTime.class,
            LocalDateTime.class, ZonedDateTime.class, OffsetDateTime.class, OffsetTime.class, Period.class, Year.class,
            YearMonth.class, MonthDay.class, ZoneOffset.class, BigInteger.class, BigDecimal.class, Optional.class,
            Date.class, Locale.class, Currency.class, URI.class, BitSet.class, ZoneId.class,
            Collection.class, Map.Entry.class, OptionalInt.class, OptionalLong.class,
            OptionalDouble.class, MathContext.class, DayOfWeek.class, Month.class, ChronoUnit.class, ChronoField.class,
            IsoEra.class, HijrahEra.class, MinguoEra.class, ThaiBuddhistEra.class, TextStyle.class, FormatStyle.class,
            ResolverStyle.class, SignStyle.class, TimeUnit.class, RoundingMode.class, Chronology.class,
            ChronoLocalDate.class, TimeZone.class, GregorianCalendar.class, Charset.class, InetAddress.class,
            InetSocketAddress.class, Object.class, Number.class, Comparable.class, CharSequence.class,
            Serializable.class);

    /** Classes of which arrays are, and nothing else: no object is written as one of these. */
    private static final Set<Class<?>> ONLY_OF_ARRAYS = Set.of(Object.class, Number.class, Comparable.class,
            CharSequence.class, Serializable.class);

    /** Kinds of which any class travels as the kind, in the order in which they are looked for. */
    private static final List<Class<?>> KINDS = List.of(List.class, Set.class, Map.class, Collection.class, Map.Entry.class,
            ZoneId.class, InetAddress.class, Charset.class, TimeZone.class, Chronology.class);

    /** The dates of other calendars. An application's own class may be a date as well, and is not known to a reader. */
    private static final Set<Class<?>> DATES = Set.of(HijrahDate.class, JapaneseDate.class, MinguoDate.class,
            ThaiBuddhistDate.class);

    private JdkTypes() {}

    /** The classes, or kinds, of objects that travel without being registered. */
    public static Stream<Class<?>> ofObjects() {
        Stream<Class<?>> usual = TYPES.stream().filter(each -> !ONLY_OF_ARRAYS.contains(each));
        return Stream.of(usual, ModuleTypes.all(), Stream.<Class<?>>of(String.class, Character.class, Boolean.class, Byte.class,
                Short.class, Integer.class, Long.class, Float.class, Double.class)).flatMap(each -> each);
    }

    /** Whether objects of a class travel without being registered. */
    public static boolean contains(Class<?> type) {
        return TYPES.contains(type) && !ONLY_OF_ARRAYS.contains(type) || ModuleTypes.contains(type) || type == String.class
                || type.isPrimitive();
    }

    /** Whether arrays of a class travel, though none of its objects does. */
    public static boolean isOnlyOfArrays(Class<?> type) {
        return ONLY_OF_ARRAYS.contains(type);
    }

    /** The type under which an object of a class is written if its own class is not registered, or null. */
    public static @Nullable Class<?> generalOf(Class<?> type) {
        if (type.isRecord() || type.isEnum()) {
            return null;
        }
        for (Class<?> kind : KINDS) {
            if (kind.isAssignableFrom(type)) {
                // As what it arrives as, so that it is written alike when it is put again.
                return kind == Collection.class ? List.class : kind;
            }
        }
        return DATES.contains(type) ? ChronoLocalDate.class : null;
    }

    /** The number of a class of the list. */
    public static int numberOf(Class<?> type) {
        return FIRST + TYPES.indexOf(type);
    }

    public static void register(Kryo kryo) {
        HashedKeys keys = new HashedKeys();
        for (int i = 0; i < TYPES.size(); i++) {
            Class<?> type = TYPES.get(i);
            kryo.register(new Registration(type, serializerOf(kryo, type, keys), FIRST + i));
        }
        ModuleTypes.register(kryo);
    }

    /** Those that Kryo's own serializers are not used for. */
    private static Serializer<?> serializerOf(Kryo kryo, Class<?> type, HashedKeys keys) {
        if (ONLY_OF_ARRAYS.contains(type)) {
            return new Nothing();
        } else if (type.isEnum()) {
            @SuppressWarnings("unchecked") // it is an enum
            Class<? extends Enum<?>> constants = (Class<? extends Enum<?>>) type;
            return new EnumNameSerializer(constants);
        } else if (type == List.class || type == Collection.class) {
            return new CollectionSerializers.Lists();
        } else if (type == Set.class) {
            return new CollectionSerializers.Sets(keys);
        } else if (type == Map.class) {
            return new CollectionSerializers.Maps(keys);
        } else if (type == Map.Entry.class) {
            return new CollectionSerializers.Entries();
        } else if (type == String[].class || type == Object[].class) {
            return new ArraySerializer(type);
        } else if (type == boolean[].class) {
            return new Booleans();
        }
        Serializer<?> ofValue = serializerOfValue(type);
        return ofValue != null ? ofValue : kryo.getDefaultSerializer(type);
    }

    private static @Nullable Serializer<?> serializerOfValue(Class<?> type) {
        if (type == URI.class) {
            return JdkValues.URI_OF_TEXT;
        } else if (type == UUID.class) {
            return new DefaultSerializers.UUIDSerializer();
        } else if (type == BigInteger.class) {
            return Parts.<BigInteger>sized(new DefaultSerializers.BigIntegerSerializer(), number -> number.bitLength() / 8);
        } else if (type == BigDecimal.class) {
            return Parts.<BigDecimal>sized(new DefaultSerializers.BigDecimalSerializer(),
                    number -> number.unscaledValue().bitLength() / 8);
        } else if (type == BitSet.class) {
            return Parts.<BitSet>sized(new DefaultSerializers.BitSetSerializer(), bits -> bits.length() / 8);
        } else if (type == Date.class) {
            return JdkValues.DATE;
        } else if (type == ZonedDateTime.class) {
            return JdkValues.ZONED_DATE_TIME;
        } else if (type == Locale.class) {
            return JdkValues.LOCALE;
        } else if (type == OptionalInt.class) {
            return JdkValues.OPTIONAL_INT;
        } else if (type == OptionalLong.class) {
            return JdkValues.OPTIONAL_LONG;
        } else if (type == OptionalDouble.class) {
            return JdkValues.OPTIONAL_DOUBLE;
        } else if (type == MathContext.class) {
            return JdkValues.MATH_CONTEXT;
        } else if (type == Chronology.class) {
            return JdkValues.CHRONOLOGY;
        } else if (type == ChronoLocalDate.class) {
            return JdkValues.CHRONO_DATE;
        } else if (type == TimeZone.class) {
            return JdkValues.TIME_ZONE;
        } else if (type == GregorianCalendar.class) {
            return JdkValues.CALENDAR;
        } else if (type == Charset.class) {
            return JdkValues.CHARSET;
        } else if (type == InetAddress.class) {
            return JdkValues.ADDRESS;
        }
        return type == InetSocketAddress.class ? JdkValues.SOCKET_ADDRESS : null;
    }

    /** Refuses an object of a class of which there may be arrays, but which says nothing of what its objects are. */
    private static final class Nothing extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output out, Object object) {
            throw new UnregisteredTypeException(object.getClass().getName(), Instead.of(object.getClass()));
        }

        @Override
        public Object read(Kryo kryo, Input in, Class<?> type) {
            throw new KryoException("an object of " + type + ", of which only arrays are known");
        }
    }

    /** Kryo's own makes an array of whatever length the bytes say. */
    private static final class Booleans extends Serializer<boolean[]> {
        @Override
        public void write(Kryo kryo, Output out, boolean[] array) {
            out.writeVarInt(array.length, true);
            LimitedOutput.expect(out, array.length);
            out.writeBooleans(array, 0, array.length);
        }

        @Override
        public boolean[] read(Kryo kryo, Input in, Class<? extends boolean[]> type) {
            return in.readBooleans(CollectionSerializers.readSize(in));
        }
    }
}
