package dev.parlor.internal.value.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Bounds;
import dev.parlor.SeededRandom;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A field whose number type is another in another version of a program: the same number, or a value that is not read. */
class LosslessTest {
    record Bytes(byte n) {}

    record Shorts(short n) {}

    record Ints(int n) {}

    record Longs(long n) {}

    record Floats(float n) {}

    record Doubles(double n) {}

    record BoxedBytes(Byte n) {}

    record BoxedShorts(Short n) {}

    record BoxedInts(Integer n) {}

    record BoxedLongs(Long n) {}

    record BoxedFloats(Float n) {}

    record BoxedDoubles(Double n) {}

    record Wholes(BigInteger n) {}

    record Decimals(BigDecimal n) {}

    record Numbers(Number n) {}

    record Texts(String n) {}

    record Flags(boolean n) {}

    record Letters(char n) {}

    private static final List<Class<?>> TYPES = List.of(Bytes.class, Shorts.class, Ints.class, Longs.class, Floats.class,
            Doubles.class, BoxedBytes.class, BoxedShorts.class, BoxedInts.class, BoxedLongs.class, BoxedFloats.class,
            BoxedDoubles.class, Wholes.class, Decimals.class);

    private static final Map<Class<?>, ValueCodec> CODECS = new HashMap<>();
    private static final BigInteger HUGE = BigInteger.TWO.pow(70);

    /** What was sent, what the reader has, and what it reads; null where nothing must be read. */
    private record Row(Object sent, Class<?> reader, Object read) {}

    private static final List<Row> ROWS = List.of(
            new Row(new Bytes((byte) -7), Shorts.class, new Shorts((short) -7)),
            new Row(new Shorts((short) 7), Ints.class, new Ints(7)),
            new Row(new Ints(7), Longs.class, new Longs(7)),
            new Row(new Ints(7), Doubles.class, new Doubles(7)),
            new Row(new Ints(7), Floats.class, new Floats(7)),
            new Row(new Ints((1 << 24) + 1), Floats.class, null),
            new Row(new Longs(1L << 40), Ints.class, null),
            new Row(new Longs(-1), Ints.class, new Ints(-1)),
            new Row(new Longs(128), Bytes.class, null),
            new Row(new Longs(-128), Bytes.class, new Bytes((byte) -128)),
            new Row(new Ints(32_768), Shorts.class, null),
            new Row(new Longs(Long.MAX_VALUE), Doubles.class, null),
            new Row(new Longs(Long.MIN_VALUE), Doubles.class, new Doubles(-0x1p63)),
            new Row(new Longs((1L << 53) + 1), Doubles.class, null),
            new Row(new Longs(5), Wholes.class, new Wholes(BigInteger.valueOf(5))),
            new Row(new Longs(5), Decimals.class, new Decimals(BigDecimal.valueOf(5))),
            new Row(new Doubles(3.75), Longs.class, null),
            new Row(new Doubles(3.0), Longs.class, new Longs(3)),
            new Row(new Doubles(-0.0), Longs.class, null),
            new Row(new Doubles(-0.0), Floats.class, new Floats(-0.0f)),
            new Row(new Doubles(Double.NaN), Floats.class, new Floats(Float.NaN)),
            new Row(new Doubles(Double.NaN), Ints.class, null),
            new Row(new Doubles(Double.POSITIVE_INFINITY), Decimals.class, null),
            new Row(new Doubles(1e300), Floats.class, null),
            new Row(new Doubles(0.1), Floats.class, null),
            new Row(new Doubles(0.5), Floats.class, new Floats(0.5f)),
            new Row(new Doubles(0.1), Decimals.class, new Decimals(new BigDecimal("0.1"))),
            new Row(new Doubles(0x1p70), Decimals.class, new Decimals(new BigDecimal(HUGE))),
            new Row(new Doubles(0x1p70), Wholes.class, new Wholes(HUGE)),
            new Row(new Floats(0.1f), Doubles.class, new Doubles(0.1f)),
            new Row(new Floats(1234567936f), Decimals.class, new Decimals(new BigDecimal("1234567936"))),
            new Row(new Wholes(HUGE), Longs.class, null),
            new Row(new Wholes(HUGE), Doubles.class, new Doubles(0x1p70)),
            new Row(new Wholes(HUGE.add(BigInteger.ONE)), Doubles.class, null),
            new Row(new Wholes(HUGE), Decimals.class, new Decimals(new BigDecimal(HUGE))),
            new Row(new Wholes(BigInteger.TEN), Bytes.class, new Bytes((byte) 10)),
            new Row(new Decimals(new BigDecimal("0.1")), Doubles.class, new Doubles(0.1)),
            new Row(new Decimals(new BigDecimal("0.12345678901234567890")), Doubles.class, null),
            new Row(new Decimals(new BigDecimal("1E-400")), Doubles.class, null),
            new Row(new Decimals(new BigDecimal("7.00")), Ints.class, new Ints(7)),
            new Row(new Decimals(new BigDecimal("7.01")), Ints.class, null),
            new Row(new Decimals(new BigDecimal("7.01")), Wholes.class, null),
            new Row(new Decimals(new BigDecimal("1E+3")), Wholes.class, new Wholes(BigInteger.valueOf(1000))),
            new Row(new Decimals(new BigDecimal("1E+2000000000")), Wholes.class, null),
            new Row(new Decimals(new BigDecimal("1E-2000000000")), Longs.class, null),
            new Row(new BoxedLongs(null), Longs.class, null),
            new Row(new BoxedLongs(null), BoxedInts.class, new BoxedInts(null)),
            new Row(new BoxedInts(null), Wholes.class, new Wholes(null)),
            new Row(new Longs(5), BoxedInts.class, new BoxedInts(5)),
            new Row(new BoxedInts(5), Longs.class, new Longs(5)),
            new Row(new Texts("5"), Ints.class, null),
            new Row(new Ints(5), Texts.class, null),
            new Row(new Flags(true), Ints.class, null),
            new Row(new Letters('a'), Ints.class, null),
            new Row(new Ints(97), Letters.class, null),
            new Row(new Ints(5), Numbers.class, new Numbers(5)));

    @Test
    void aNumberIsTheSameNumberOrIsNotRead() throws Exception {
        for (Row row : ROWS) {
            if (row.read() != null) {
                assertThat(trip(row.sent(), row.reader())).as("%s -> %s", row.sent(), row.reader()).isEqualTo(row.read());
            } else {
                assertThatThrownBy(() -> trip(row.sent(), row.reader())).as("%s -> %s", row.sent(), row.reader())
                        .isInstanceOfSatisfying(UndecodableValueException.class, e -> {
                            assertThat(e.getMessage()).contains("the field n of " + row.reader().getName(),
                                    row.reader().getRecordComponents()[0].getType().getTypeName());
                            assertThat(e.advice()).doesNotContain("regist");
                        });
            }
        }
    }

    @Test
    void whatDoesNotFitIsNamedWithBothTypesAndTheValue() {
        assertThatThrownBy(() -> trip(new Doubles(3.75), Longs.class)).isInstanceOfSatisfying(
                UndecodableValueException.class, e -> {
                    assertThat(e).hasMessageContaining("is long here").hasMessageContaining("java.lang.Double")
                            .hasMessageContaining("3.75");
                    assertThat(e.reason()).as("the same for all values").doesNotContain("3.75");
                });
        assertThatThrownBy(() -> trip(new BoxedInts(null), Ints.class)).hasMessageContaining("null was sent");
    }

    /** Whatever the classes: there and back is the same number, or the reader refuses it. */
    @Test
    void whatWasReadIsTheSameNumberWhenItIsSentBack() throws Exception {
        Random random = SeededRandom.of(this);
        List<Function<Class<?>, Object>> numbers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long whole = random.nextLong() >> random.nextInt(64);
            double broken = Double.longBitsToDouble(random.nextLong());
            float small = Float.intBitsToFloat(random.nextInt());
            int digits = random.nextInt(40);
            numbers.add(type -> made(type, new Number[] {(byte) whole, (short) whole, (int) whole, whole, small, broken,
                (byte) whole, (short) whole, (int) whole, whole, small, broken, BigInteger.valueOf(whole).pow(3),
                new BigDecimal(BigInteger.valueOf(whole), digits)}[TYPES.indexOf(type)]));
        }
        for (Function<Class<?>, Object> number : numbers) {
            for (Class<?> from : TYPES) {
                Object sent = number.apply(from);
                for (Class<?> to : TYPES) {
                    Object read;
                    try {
                        read = trip(sent, to);
                    } catch (UndecodableValueException refused) {
                        continue;
                    }
                    Object back = trip(read, from);
                    assertThat(numberOf(back)).as("%s -> %s", sent, read).usingComparator(LosslessTest::compare)
                            .isEqualTo(numberOf(sent));
                }
            }
        }
    }

    @Test
    void longNumbersCostNoMoreThanTheyHold() {
        BigDecimal large = new BigDecimal(BigInteger.ONE.shiftLeft(6_000_000).add(BigInteger.ONE), 1_000_000);
        for (Class<?> reader : List.of(Longs.class, Wholes.class, Doubles.class)) {
            byte[] bytes = encode(numbered(Decimals.class), new Decimals(large));
            Bounds.check(bytes.length, () -> {
                assertThatThrownBy(() -> numbered(reader).decode(bytes)).isInstanceOf(UndecodableValueException.class)
                        .hasMessageContaining("bits");
                return null;
            });
        }
    }

    private static int compare(Number one, Number other) {
        if (one instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) other);
        }
        return one.equals(other) ? 0 : 1;
    }

    private static Object made(Class<?> type, Number number) {
        try {
            return type.getDeclaredConstructors()[0].newInstance(number);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Number numberOf(Object made) throws ReflectiveOperationException {
        return (Number) made.getClass().getDeclaredMethod("n").invoke(made);
    }

    private static Object trip(Object sent, Class<?> reader) throws UndecodableValueException {
        return numbered(reader).decode(encode(numbered(sent.getClass()), sent));
    }

    private static byte[] encode(ValueCodec codec, Object value) {
        return codec.encode(value, () -> "the value", 2 << 20, "valueBytes");
    }

    private static ValueCodec numbered(Class<?> type) {
        return CODECS.computeIfAbsent(type, each -> new ValueCodec(TypeRegistry.of(List.of(), Map.of(each, 7))));
    }
}
