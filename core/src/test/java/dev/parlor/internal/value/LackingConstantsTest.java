package dev.parlor.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Constants of an enum that the reader lacks, wherever they are in a value. */
class LackingConstantsTest {
    enum NewColour { RED, GREEN, BLUE, GOLD { @Override public String toString() { return "gold!"; } } }

    enum OldColour { RED, GREEN }

    record NewCard(String text, NewColour colour, Object more) {}

    record OldCard(String text, OldColour colour, Object more) {}

    record NewStrict(NewColour colour) {}

    record OldStrict(OldColour colour) {
        OldStrict {
            Objects.requireNonNull(colour, "colour");
        }
    }

    static final class NewThing {
        NewColour colour = NewColour.BLUE;
        int size = 5;
    }

    static final class OldThing {
        OldColour colour = OldColour.RED;
        int size;
    }

    enum NotAnEnumAnyMore { A }

    record NowARecord(int a) {}

    private static final ValueCodec NEWER = codec(NewCard.class, NewColour.class, NewStrict.class, NewThing.class);
    private static final ValueCodec OLDER = codec(OldCard.class, OldColour.class, OldStrict.class, OldThing.class);

    /** What the newer program wrote, and what the older one reads. */
    private static Map<Object, Object> rows() {
        Map<Object, Object> rows = new LinkedHashMap<>();
        rows.put(new NewCard("a", NewColour.BLUE, 1), new OldCard("a", null, 1));
        rows.put(new NewCard("a", NewColour.GOLD, List.of(NewColour.BLUE)),
                new OldCard("a", null, Collections.singletonList(null)));
        rows.put(List.of(NewColour.RED, NewColour.BLUE, NewColour.GREEN),
                Arrays.asList(OldColour.RED, null, OldColour.GREEN));
        rows.put(Set.of(NewColour.RED, NewColour.BLUE, NewColour.GOLD), Set.of(OldColour.RED));
        rows.put(Set.of(NewColour.BLUE), Set.of());
        rows.put(Map.of(NewColour.RED, 1, NewColour.BLUE, 2, NewColour.GOLD, 3), Map.of(OldColour.RED, 1));
        Map<Object, Object> value = new HashMap<>();
        value.put("a", OldColour.RED);
        value.put("b", null);
        rows.put(Map.of("a", NewColour.RED, "b", NewColour.BLUE), value);
        rows.put(Optional.of(NewColour.BLUE), Optional.empty());
        rows.put(List.of(Map.of("deep", List.of(new NewCard("a", NewColour.BLUE, Set.of(NewColour.GOLD))))),
                List.of(Map.of("deep", List.of(new OldCard("a", null, Set.of())))));
        return rows;
    }

    @Test
    void theValueIsReadWithoutThem() throws Exception {
        for (Map.Entry<Object, Object> row : rows().entrySet()) {
            StringBuilder told = new StringBuilder();
            Object read = OLDER.decode(encode(NEWER, row.getKey()), told::append);
            assertThat(read).as("%s", row.getKey()).isEqualTo(row.getValue());
            assertThat(told.toString()).contains("the constant ", OldColour.class.getName());
        }
    }

    @Test
    void inArraysAndClassesTheyAreNull() throws Exception {
        assertThat(decode(new NewColour[] {NewColour.BLUE, NewColour.RED})).isEqualTo(new OldColour[] {null, OldColour.RED});
        assertThat(decode(new NewColour[][] {{NewColour.GOLD}})).isEqualTo(new OldColour[][] {{null}});
        assertThat(decode(new NewThing())).isInstanceOfSatisfying(OldThing.class, thing -> {
            assertThat(thing.colour).isNull();
            assertThat(thing.size).isEqualTo(5);
        });
    }

    @Test
    void nothingIsToldWhereNoneIsLacking() throws Exception {
        Object read = OLDER.decode(encode(NEWER, new NewCard("a", NewColour.RED, Set.of(NewColour.GREEN))), lacking -> {
            throw new AssertionError(lacking.toString());
        });
        assertThat(read).isEqualTo(new OldCard("a", OldColour.RED, Set.of(OldColour.GREEN)));
    }

    @Test
    void byThemselvesOrWhereTheyMustBeTheyAreUndecodableAndNamed() {
        for (Object value : List.of(NewColour.BLUE, new NewStrict(NewColour.BLUE))) {
            assertThatThrownBy(() -> decode(value)).isInstanceOfSatisfying(UndecodableValueException.class, e -> {
                assertThat(e).hasMessageContaining("BLUE").hasMessageContaining(OldColour.class.getName());
                assertThat(e.advice()).doesNotContain("regist").isNotEmpty();
            });
        }
    }

    @Test
    void anEnumThatBecameSomethingElseIsNotTakenForALackingConstant() {
        ValueCodec enums = numbered(NotAnEnumAnyMore.class);
        ValueCodec records = numbered(NowARecord.class);
        assertThatThrownBy(() -> records.decode(encode(enums, NotAnEnumAnyMore.A))).isInstanceOf(UndecodableValueException.class);
        assertThatThrownBy(() -> enums.decode(encode(records, new NowARecord(1)))).isInstanceOf(UndecodableValueException.class)
                .hasMessageContaining("no constant");
        assertThatThrownBy(() -> enums.decode(encode(records, new NowARecord(0x41424344))))
                .isInstanceOf(UndecodableValueException.class);
    }

    private static Object decode(Object value) throws UndecodableValueException {
        return OLDER.decode(encode(NEWER, value));
    }

    private static byte[] encode(ValueCodec codec, Object value) {
        return codec.encode(value, () -> "the value", 1 << 20, "valueBytes");
    }

    private static ValueCodec numbered(Class<?> type) {
        return new ValueCodec(TypeRegistry.of(List.of(), Map.of(type, 7)));
    }

    private static ValueCodec codec(Class<?>... types) {
        Map<Class<?>, Integer> numbers = new LinkedHashMap<>();
        for (Class<?> type : types) {
            numbers.put(type, numbers.size() + 1);
        }
        return new ValueCodec(TypeRegistry.of(List.of(), numbers));
    }
}
