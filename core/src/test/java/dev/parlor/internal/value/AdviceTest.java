package dev.parlor.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import dev.parlor.EncodingException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a value is told together with what helps against it. */
class AdviceTest {
    record Key(int x) {
        private static volatile boolean failing;

        @Override
        public int hashCode() {
            if (failing) {
                throw new AssertionError("planted");
            }
            return x;
        }
    }

    record Shy(int x) {
        @Override
        public int x() {
            throw new IllegalStateException("planted");
        }
    }

    private final ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(Key.class, Shy.class), Map.of()));

    private byte[] encode(Object value) {
        return codec.encode(value, () -> "the value", 1 << 20, "valueBytes");
    }

    @Test
    void whatAMethodOfTheApplicationThrowsIsNamed() throws Exception {
        assertThatThrownBy(() -> encode(new Shy(1))).isInstanceOf(EncodingException.class)
                .hasMessageContaining("accessor x").hasMessageContaining("not throw").hasMessageNotContaining("refer to itself");
        byte[] bytes = encode(Map.of(new Key(1), 1));
        Map<Key, Integer> map = Map.of(new Key(1), 1);
        Key.failing = true;
        try {
            assertThatThrownBy(() -> encode(map)).isInstanceOf(EncodingException.class)
                    .hasMessageContaining("AssertionError: planted").hasMessageContaining("hashCode()");
            assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOfSatisfying(UndecodableValueException.class,
                    e -> assertThat(e.advice()).contains("hashCode()"));
        } finally {
            Key.failing = false;
        }
    }

    @Test
    void whatChangesWhileItIsWrittenIsToBeCopied() {
        List<Integer> changing = new ArrayList<>(List.of(1)) {
            private static final long serialVersionUID = 1L;

            @Override
            public Object[] toArray() {
                throw new ConcurrentModificationException();
            }
        };
        assertThatThrownBy(() -> encode(changing)).isInstanceOf(EncodingException.class)
                .hasMessageContaining("changed meanwhile").hasMessageNotContaining("refer to itself");
    }

    @Test
    void aNumberOfAModuleThatIsNotThereNamesTheModule() {
        // What Kryo adds to a number, and two numbers of which no class is.
        assertThatThrownBy(() -> codec.decode(number(515))).isInstanceOfSatisfying(UndecodableValueException.class, e ->
                assertThat(e.advice()).contains("requires java.sql;", "--add-modules java.sql"));
        assertThatThrownBy(() -> codec.decode(number(540))).isInstanceOfSatisfying(UndecodableValueException.class, e ->
                assertThat(e.advice()).contains("java.desktop"));
        assertThatThrownBy(() -> codec.decode(number(700))).isInstanceOfSatisfying(UndecodableValueException.class, e ->
                assertThat(e.advice()).contains("version of Parlor"));
        assertThatThrownBy(() -> codec.decode(number(TypeRegistry.HASHED | 0xabc))).isInstanceOfSatisfying(
                UndecodableValueException.class, e -> assertThat(e).hasMessageContaining("0x20000abc"));
    }

    private static byte[] number(int number) {
        try (Output out = new Output(16)) {
            out.writeVarInt(number + 2, true);
            return out.toBytes();
        }
    }
}
