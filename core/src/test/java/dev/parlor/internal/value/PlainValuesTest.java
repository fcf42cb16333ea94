package dev.parlor.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.SeededRandom;
import dev.parlor.internal.value.io.BoundedInput;
import dev.parlor.internal.value.jdk.JdkTypes;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That what is written and read without Kryo is what Kryo writes and reads. */
class PlainValuesTest {
    private static final int ROUNDS = 20_000;
    private static final int LONGEST = 20_000;
    private static final int[] LENGTHS = {0, 1, 2, 31, 32, 33, 62, 63, 64, 126, 127, 128, 8190, 8191, 8192, 16383, 16384};

    private final ParlorKryo kryo = TypeRegistry.of(Set.of(), Map.of()).newKryo();

    private byte[] byKryo(Object value) {
        try (Output out = new Output(64, -1)) {
            kryo.writeClassAndObject(out, value);
            return out.toBytes();
        }
    }

    private Object readByKryo(byte[] bytes) {
        try (Input in = new BoundedInput(bytes)) {
            Object value = kryo.readClassAndObject(in);
            return in.position() == in.limit() ? value : new KryoException("left over");
        } catch (RuntimeException e) {
            kryo.reset();
            return e;
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        int kind = random.nextInt(4);
        while (text.length() < length) {
            boolean odd = kind > 0 && random.nextInt(kind == 1 ? 50 : 3) == 0;
            text.append(odd ? "\u007f\u0080é€\ud83d\ude00\ud800\udc00\ufffd".charAt(random.nextInt(9)) : (char) random.nextInt(128));
        }
        return text.toString();
    }

    private static int length(Random random) {
        return random.nextInt(3) == 0 ? LENGTHS[random.nextInt(LENGTHS.length)] : random.nextInt(random.nextInt(40) == 0 ? LONGEST : 200);
    }

    @Test
    void byteArraysHaveTheNumberThatKryoKnowsThemBy() {
        assertThat(PlainValues.BYTE_ARRAY).isEqualTo(JdkTypes.numberOf(byte[].class));
    }

    @Test
    void isWrittenAsKryoWritesIt() {
        Random random = SeededRandom.of(this);
        int plain = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int length = length(random);
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            Object value = random.nextBoolean() ? bytes : text(random, length);
            byte[] expected = byKryo(value);
            byte[] encoded = PlainValues.encode(value, Integer.MAX_VALUE);
            if (encoded != null) {
                plain++;
                assertThat(encoded).as("%s", value).isEqualTo(expected);
                assertThat(PlainValues.decode(encoded)).isEqualTo(value);
                assertThat(PlainValues.encode(value, encoded.length)).isEqualTo(expected);
                assertThat(PlainValues.encode(value, encoded.length - 1)).as("one more than the limit").isNull();
            }
            Object read = PlainValues.decode(expected);
            if (read != null) {
                assertThat(read).isEqualTo(value);
            }
        }
        assertThat(plain).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void readsWhateverBytesAsKryoDoesOrNotAtAll() {
        Random random = SeededRandom.of(this);
        int read = 0;
        for (int i = 0; i < 5 * ROUNDS; i++) {
            int length = random.nextInt(random.nextInt(20) == 0 ? 9_000 : 70);
            Object value = random.nextBoolean() ? text(random, length) : new byte[length];
            byte[] bytes = byKryo(value);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(Math.min(bytes.length, 6))] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Object plain = PlainValues.decode(bytes);
            if (plain != null) {
                read++;
                assertThat(readByKryo(bytes)).isEqualTo(plain);
            }
        }
        assertThat(read).isGreaterThan(ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00", "?\ud800", "é", "a\ufffd", ""})
    void leavesWhatIsNotAsciiToKryo(String text) {
        assertThat(PlainValues.encode(text, Integer.MAX_VALUE)).isNull();
    }

    @Test
    void leavesOtherValuesToKryo() {
        assertThat(PlainValues.encode(7, 100)).isNull();
        assertThat(PlainValues.decode(byKryo(7))).isNull();
        assertThat(PlainValues.decode(new byte[0])).isNull();
        assertThat(PlainValues.isPlain(byKryo(7))).isFalse();
        assertThat(PlainValues.isPlain(byKryo("é"))).isTrue();
    }
}
