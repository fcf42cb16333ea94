package dev.parlor.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Bounds;
import dev.parlor.EncodingException;
import dev.parlor.InvalidArgumentException;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.SeededRandom;
import dev.parlor.UnregisteredTypeException;
import java.lang.annotation.ElementType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecTest {
    enum Colour { RED, TEAL { @Override public String toString() { return "teal!"; } } }

    record Poll(String question, List<String> options, Map<String, Integer> votes, Colour colour, int[] weights) {}

    record Nested(Poll poll, Object anything) {}

    record Closed(int from, int to) {
        Closed {
            if (from > to) {
                throw new IllegalArgumentException("from > to");
            }
        }
    }

    static final class Bean {
        private String name;
        private int size;

        private Bean() {}

        Bean(String name, int size) {
            this.name = name;
            this.size = size;
        }
    }

    static final class NoDefaultConstructor {
        private final String name;

        NoDefaultConstructor(String name) {
            this.name = name;
        }
    }

    /** The same class in two versions of a program, under one number. */
    record PointV1(int x, int y) {}

    record PointV2(String label, long y, int x, boolean marked) {}

    static final class ThingV1 {
        int a = 1;
        String gone = "old";
    }

    static final class ThingV2 {
        String added = "here";
        int a;
    }

    private final ValueCodec codec = codec(Poll.class, Nested.class, Closed.class, Colour.class, Bean.class,
            NoDefaultConstructor.class, Poll[].class);

    @Test
    void theJdksValueClassesTravelUnregistered() throws Exception {
        List<Object> values = List.of("text", 1, 2L, 3.0, 4f, true, 'c', (byte) 5, (short) 6, new BigInteger("123"),
                new BigDecimal("1.50"), UUID.randomUUID(), Instant.now(), Duration.ofMillis(5), LocalDate.now(),
                LocalTime.now(), LocalDateTime.now(), ZonedDateTime.now(ZoneId.of("Europe/Vienna")), ZoneOffset.UTC,
                ZoneId.of("Europe/Vienna"), Optional.of("x"), Optional.empty(), Locale.GERMAN,
                URI.create("http://example.org/"), List.of(1, "a"), Set.of(1), Map.of("a", List.of(Map.of("b", 2L))),
                new ArrayList<>(List.of(1)), new TreeMap<>(Map.of("z", 1, "a", 2)), Arrays.asList(1, null, 3));
        for (Object value : values) {
            assertThat(copy(value)).as(value.getClass().getName()).isEqualTo(value);
        }
        assertThat(copy(new int[] {1, 2})).isEqualTo(new int[] {1, 2});
        assertThat(copy(new byte[] {1, 2})).isEqualTo(new byte[] {1, 2});
        assertThat(copy(new String[] {"a", null})).isEqualTo(new String[] {"a", null});
        assertThat(copy(new Object[] {"a", 1})).isEqualTo(new Object[] {"a", 1});
    }

    @Test
    void recordsEnumsAndClassesTravelWhenRegistered() throws Exception {
        Poll poll = new Poll("Tea?", List.of("yes", "no"), new LinkedHashMap<>(Map.of("yes", 2)), Colour.TEAL,
                new int[] {1});
        assertThat(copy(poll)).usingRecursiveComparison().isEqualTo(poll);
        assertThat(copy(Colour.TEAL)).isSameAs(Colour.TEAL);
        assertThat(copy(new Nested(null, new Bean("a", 3)))).usingRecursiveComparison()
                .isEqualTo(new Nested(null, new Bean("a", 3)));
        assertThat(copy(new NoDefaultConstructor("n"))).usingRecursiveComparison()
                .isEqualTo(new NoDefaultConstructor("n"));
    }

    @Test
    void theOrderOfRegistrationDoesNotMatter() throws Exception {
        byte[] bytes = encode(codec(Poll.class, Closed.class), new Closed(1, 2));
        assertThat(codec(Closed.class).decode(bytes)).isEqualTo(new Closed(1, 2));
    }

    @Test
    void whatComesOutCannotBeChanged() throws Exception {
        List<?> list = (List<?>) copy(new ArrayList<>(List.of(1)));
        Map<?, ?> map = (Map<?, ?>) copy(new HashMap<>(Map.of(1, 2)));
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anUnregisteredClassIsNamedWithTheCallThatRegistersIt() {
        assertThatThrownBy(() -> encode(codec(), new Poll("", List.of(), Map.of(), null, null)))
                .isInstanceOf(UnregisteredTypeException.class)
                .hasMessageContaining(Poll.class.getName()).hasMessageContaining(".types(Poll.class)");
        assertThatThrownBy(() -> encode(codec(), List.of(Map.of("a", ElementType.FIELD))))
                .isInstanceOf(UnregisteredTypeException.class).hasMessageContaining(".types(ElementType.class)");
        assertThatThrownBy(() -> encode(codec, new Nested(null, new StringBuilder())))
                .isInstanceOf(UnregisteredTypeException.class).hasMessageContaining("StringBuilder");
    }

    @Test
    void aFailedEncodingHarmsNoLaterOne() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> encode(codec, List.of(1, new Object())))
                    .isInstanceOf(UnregisteredTypeException.class);
            assertThat(copy(List.of(1, 2))).isEqualTo(List.of(1, 2));
        }
    }

    @Test
    void anUnregisteredClassOnTheWireIsUndecodableAndNothingElse() {
        byte[] bytes = encode(codec, new Closed(1, 2));
        assertThatThrownBy(() -> codec().decode(bytes)).isInstanceOf(UndecodableValueException.class);
    }

    @Test
    void aRecordThatRefusesItsValuesIsUndecodable() throws Exception {
        byte[] bytes = encode(codec, new Closed(1, 2));
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf(4);
        bytes[at] = 0;
        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(UndecodableValueException.class)
                .hasMessageContaining("from > to");
    }

    @Test
    void whatRefersToItselfIsRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThatThrownBy(() -> encode(codec, self)).isInstanceOf(EncodingException.class)
                .hasMessageContaining("refer to itself");
    }

    @Test
    void tooLargeIsRefusedWithBytesAndLimit() {
        assertThatThrownBy(() -> codec.encode("x".repeat(200), () -> "the value of \"k\"", 100, "valueBytes"))
                .isInstanceOfSatisfying(PayloadTooLargeException.class, e -> {
                    assertThat(e.bytes()).isGreaterThan(200);
                    assertThat(e.limitBytes()).isEqualTo(100);
                }).hasMessageContaining("Limits.valueBytes");
    }

    @Test
    void recordsOfTwoVersionsReadEachOther() throws Exception {
        ValueCodec v1 = numbered(PointV1.class), v2 = numbered(PointV2.class);
        assertThat(v2.decode(encode(v1, new PointV1(1, 2)))).isEqualTo(new PointV2(null, 2, 1, false));
        assertThat(v1.decode(encode(v2, new PointV2("a", 2, 1, true)))).isInstanceOfSatisfying(PointV1.class,
                point -> assertThat(point.x()).isEqualTo(1));
    }

    @Test
    void classesOfTwoVersionsReadEachOther() throws Exception {
        ValueCodec v1 = numbered(ThingV1.class), v2 = numbered(ThingV2.class);
        assertThat(((ThingV2) v2.decode(encode(v1, new ThingV1()))).a).isEqualTo(1);
        ThingV2 thing = new ThingV2();
        thing.a = 9;
        assertThat(((ThingV1) v1.decode(encode(v2, thing))).a).isEqualTo(9);
    }

    @Test
    void interfacesAndWrongNumbersAreRefused() {
        assertThatThrownBy(() -> codec(Runnable.class)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> TypeRegistry.of(List.of(), Map.of(Poll.class, 0)))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> TypeRegistry.of(List.of(), Map.of(Poll.class, 3, Closed.class, 3)))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("same number");
    }

    /** A field of a class that nothing read could be put into. */
    record Concrete(ArrayList<String> list) {}

    record Outer(Bean added, Bean keep) {}

    record OlderOuter(Bean keep) {}

    static final class Holder {
        private List<Object> list;
        private Object anything;
    }

    @Test
    void aFieldOfAConcreteCollectionIsRefusedAtRegistration() {
        assertThatThrownBy(() -> codec(Concrete.class)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("declare it as List");
    }

    @Test
    void largeValuesInFieldsOfClassesComeBack() throws Exception {
        ValueCodec holders = codec(Holder.class, Closed.class);
        for (int size : new int[] {0, 100, 1100, 5000}) {
            Holder holder = new Holder();
            holder.list = new ArrayList<>(Collections.nCopies(size, List.of(1, "x".repeat(size / 50))));
            holder.anything = new Closed(1, size + 1);
            assertThat(holders.decode(encode(holders, holder))).usingRecursiveComparison().isEqualTo(holder);
        }
    }

    @Test
    void aSkippedFieldTakesNothingWithItThatALaterOneNeeds() throws Exception {
        ValueCodec newer = new ValueCodec(TypeRegistry.of(List.of(Bean.class), Map.of(Outer.class, 9)));
        ValueCodec older = new ValueCodec(TypeRegistry.of(List.of(Bean.class), Map.of(OlderOuter.class, 9)));
        Object read = older.decode(encode(newer, new Outer(new Bean("a", 1), new Bean("b", 2))));
        assertThat(read).usingRecursiveComparison().isEqualTo(new OlderOuter(new Bean("b", 2)));
    }

    @Test
    void bytesThatAnnounceMoreThanTheyHoldAllocateNothing() {
        Random random = SeededRandom.of(this);
        List<Object> values = List.of("text", "tüxt".repeat(20), new byte[100], new int[100], new String[] {"a", "b"},
                List.of(1, 2), Map.of("a", 1), new BigInteger("12345678901234567890"), new Closed(1, 2));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = encode(codec, values.get(random.nextInt(values.size())));
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                bytes[random.nextInt(Math.min(12, bytes.length))] = (byte) random.nextInt();
            }
            try {
                codec.decode(bytes);
            } catch (UndecodableValueException refused) {
                assertThat(refused.getCause() instanceof OutOfMemoryError).isFalse();
            }
        }
    }

    /** Of collections that are within each other each announces as many elements as there are bytes. */
    @ParameterizedTest
    @ValueSource(classes = {List.class, Set.class, Map.class, Object[].class})
    void collectionsWithinEachOtherAllocateNoMoreThanIsThere(Class<?> type) {
        Object empty = type == List.class ? List.of() : type == Set.class ? Set.of() : type == Map.class ? Map.of()
                : new Object[0];
        byte[] one = encode(codec, empty);
        byte[] hostile = new byte[1 << 20];
        int at = 0;
        for (int depth = 0; depth < TypeRegistry.MAX_DEPTH; depth++) {
            System.arraycopy(one, 0, hostile, at, one.length - 1);
            at += one.length - 1;
            // A million and a bit less, seven bits a byte.
            int size = hostile.length - at - 3;
            for (int shift = 0; shift < 21; shift += 7) {
                hostile[at++] = (byte) (size >> shift & 0x7F | (shift < 14 ? 0x80 : 0));
            }
        }
        Bounds.check(hostile.length, () -> {
            assertThatThrownBy(() -> codec.decode(hostile)).isInstanceOf(UndecodableValueException.class);
            return null;
        });
    }

    /** The most that a byte can be made to take: sets of two small things, each with a hash table of its own. */
    @Test
    void theSmallestCollectionsAllocateInProportionToTheirBytes() {
        for (Object small : List.of(List.of(), Set.of(), Map.of(), List.of(1), Set.of(1, 2), Map.of(1, 2, 3, 4),
                java.util.Optional.of(1), new Object[] {1})) {
            byte[] bytes = encode(codec, Collections.nCopies(100_000, small));
            Bounds.check(bytes.length, 96, () -> codec.decode(bytes));
        }
    }

    @Test
    void whatIsNestedTooDeepIsRefusedWhenItIsRead() {
        byte[] one = encode(codec, List.of(List.of()));
        byte[] deep = new byte[100_000];
        for (int at = 0; at + 2 < deep.length; at += 2) {
            System.arraycopy(one, 0, deep, at, 2);
        }
        assertThatThrownBy(() -> codec.decode(deep)).isInstanceOf(UndecodableValueException.class);
    }

    private Object copy(Object value) throws UndecodableValueException {
        return codec.decode(encode(codec, value));
    }

    private static byte[] encode(ValueCodec codec, Object value) {
        return codec.encode(value, () -> "the value", 2 << 20, "valueBytes");
    }

    private static ValueCodec codec(Class<?>... types) {
        return new ValueCodec(TypeRegistry.of(List.of(types), Map.of()));
    }

    private static ValueCodec numbered(Class<?> type) {
        return new ValueCodec(TypeRegistry.of(List.of(), Map.of(type, 7)));
    }
}
