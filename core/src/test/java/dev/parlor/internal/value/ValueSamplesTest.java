package dev.parlor.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Registration;
import dev.parlor.ProtocolDocument;
import java.time.DayOfWeek;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The numbers of classes, and encoded values, are those of docs/protocol.md. */
class ValueSamplesTest {
    private static final TypeRegistry JDK = TypeRegistry.of(List.of(), Map.of());

    @Test
    void classesHaveTheNumbersThatTheDocumentGivesThem() {
        ParlorKryo kryo = JDK.newKryo();
        Map<String, String> numbers = new LinkedHashMap<>();
        for (int number = 0; number < TypeRegistry.ARRAYS; number++) {
            Registration registered = kryo.getRegistration(number);
            if (registered != null) {
                numbers.put(Integer.toString(number), registered.getType().getTypeName().replace('$', '.'));
            }
        }
        assertThat(ProtocolDocument.map("number", "class")).containsExactlyEntriesOf(numbers);
    }

    @Test
    void valuesAreTheBytesThatTheDocumentShows() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("the text `hi`", "hi");
        values.put("the text `hü`", "hü");
        values.put("the int 300", 300);
        values.put("the long 5", 5L);
        values.put("the list of `a` and 1", List.of("a", 1));
        values.put("the map of `a` to 1", Map.of("a", 1));
        values.put("the bytes 1, 2", new byte[] {1, 2});
        values.put("`DayOfWeek.MONDAY`", DayOfWeek.MONDAY);
        ValueCodec codec = new ValueCodec(JDK);
        Map<String, String> encoded = new LinkedHashMap<>();
        values.forEach((name, value) -> encoded.put(name,
                HexFormat.of().formatHex(codec.encode(value, () -> name, 100, "valueBytes"))));
        assertThat(ProtocolDocument.map("value", "encoded")).containsExactlyEntriesOf(encoded);
    }
}
