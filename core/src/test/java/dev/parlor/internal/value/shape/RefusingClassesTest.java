package dev.parlor.internal.value.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Code of the application that throws while its values are registered or read: it is named, with what helps against it. */
class RefusingClassesTest {
    record Sorted(List<String> names) {
        Sorted {
            names.sort(null);
        }
    }

    record Copied(List<String> names) {
        Copied {
            names = new ArrayList<>(names);
            names.sort(null);
        }
    }

    record Older(int x) {}

    record Newer(int x, String name) {
        Newer {
            Objects.requireNonNull(name, "name");
        }
    }

    enum Broken {
        A;

        static final int ZERO = Integer.parseInt("zero");
    }

    @Test
    void aRecordThatChangesItsListIsToldToCopyIt() throws Exception {
        byte[] bytes = encode(codec(Sorted.class), new Sorted(new ArrayList<>(List.of("b", "a"))));
        assertThatThrownBy(() -> codec(Sorted.class).decode(bytes)).isInstanceOfSatisfying(UndecodableValueException.class,
                e -> assertThat(e.advice()).contains("copy lists"));
        Copied copied = new Copied(List.of("b", "a"));
        assertThat(codec(Copied.class).decode(encode(codec(Copied.class), copied))).isEqualTo(copied);
    }

    @Test
    void aRecordThatWantsWhatOlderOnesLackIsToldSo() {
        byte[] bytes = encode(codec(Older.class), new Older(1));
        assertThatThrownBy(() -> codec(Newer.class).decode(bytes)).isInstanceOfSatisfying(UndecodableValueException.class, e -> {
            assertThat(e).hasMessageContaining(Newer.class.getName()).hasMessageContaining("NullPointerException name");
            assertThat(e.advice()).contains("let Newer take", "null or zero");
        });
    }

    @Test
    void aClassThatCannotBeInitializedIsRefused() {
        assertThatThrownBy(() -> codec(Broken.class)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(Broken.class.getName()).hasMessageContaining("NumberFormatException");
    }

    private static byte[] encode(ValueCodec codec, Object value) {
        return codec.encode(value, () -> "the value", 1000, "valueBytes");
    }

    private static ValueCodec codec(Class<?> type) {
        return new ValueCodec(TypeRegistry.of(List.of(), Map.of(type, 7)));
    }
}
