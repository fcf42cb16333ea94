package dev.parlor.internal.value.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.EncodingException;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would arrive as another object, or in another field, is refused or left out. */
class OneFieldForAnotherTest {
    static final class One {
        static final One INSTANCE = new One();
        private final int number = 1;

        private One() {}

        static One another() {
            return new One();
        }
    }

    static class Base {
        private String name;
    }

    static final class Hiding extends Base {
        private String name;
    }

    static final class NotHiding extends Base {
        private int more;
    }

    static final class Alone {
        private String name;
    }

    private final ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(One.class), Map.of()));

    private byte[] encode(Object value) {
        return codec.encode(value, () -> "the value", 1 << 20, "valueBytes");
    }

    @Test
    void anObjectThatIsNotTheOneOfItsClassIsRefused() throws Exception {
        assertThat(codec.decode(encode(One.INSTANCE))).isSameAs(One.INSTANCE);
        assertThatThrownBy(() -> encode(One.another())).isInstanceOf(EncodingException.class)
                .hasMessageContaining("other than its INSTANCE").hasMessageContaining("share One.INSTANCE");
    }

    /** Of versions of a class, under one number. */
    @Test
    void theValueOfAFieldThatHidesAnotherNeverLandsInThatOne() throws Exception {
        ValueCodec[] versions = new ValueCodec[3];
        Class<?>[] types = {Hiding.class, NotHiding.class, Alone.class};
        for (int i = 0; i < types.length; i++) {
            versions[i] = new ValueCodec(TypeRegistry.of(List.of(), Map.of(types[i], 7)));
        }
        Hiding hiding = new Hiding();
        hiding.name = "its own";
        ((Base) hiding).name = "the hidden one";
        byte[] bytes = versions[0].encode(hiding, () -> "the value", 1000, "valueBytes");
        Hiding same = (Hiding) versions[0].decode(bytes);
        assertThat(same.name).isEqualTo("its own");
        assertThat(((Base) same).name).isEqualTo("the hidden one");
        assertThat(((Base) versions[1].decode(bytes)).name).isNull();
        assertThat(((Alone) versions[2].decode(bytes)).name).isNull();
        NotHiding base = new NotHiding();
        ((Base) base).name = "of the base";
        Alone alone = new Alone();
        alone.name = "alone";
        for (byte[] sent : List.of(versions[1].encode(base, () -> "the value", 1000, "valueBytes"),
                versions[2].encode(alone, () -> "the value", 1000, "valueBytes"))) {
            assertThatThrownBy(() -> versions[0].decode(sent)).isInstanceOfSatisfying(UndecodableValueException.class,
                    e -> assertThat(e.advice()).contains("rename"));
        }
    }
}
