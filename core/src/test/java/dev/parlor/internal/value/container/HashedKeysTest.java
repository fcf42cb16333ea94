package dev.parlor.internal.value.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Bounds;
import dev.parlor.EncodingException;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keys of maps and elements of sets: what takes too long to hash or to compare is neither written nor read. */
class HashedKeysTest {
    private final ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(), Map.of()));

    /** The first bytes of what is written of a list and of a set. */
    private final byte classOfList = encode(List.of())[0];
    private final byte classOfSet = encode(Set.of())[0];

    @Test
    void keysWithinKeysHaveALimitForWritersAndReaders() throws Exception {
        Object allowed = 1;
        for (int i = 0; i < HashedKeys.MAX_NESTED; i++) {
            allowed = i % 2 == 0 ? Set.of(allowed) : Map.of(allowed, 1);
        }
        assertThat(copy(List.of(allowed, allowed))).isEqualTo(List.of(allowed, allowed));
        Object tooDeep = Set.of(allowed);
        assertThatThrownBy(() -> encode(tooDeep)).isInstanceOf(EncodingException.class)
                .hasMessageContaining("more than " + HashedKeys.MAX_NESTED + " deep");
        assertThat(copy(allowed)).isEqualTo(allowed);

        // Thousands of sets, each within sets to the depth that objects may have: each level would hash all below again.
        Object deep = List.of();
        for (int i = 0; i < TypeRegistry.MAX_DEPTH - 3; i++) {
            deep = List.of(deep);
        }
        byte[] hostile = encode(Collections.nCopies(5_000, deep));
        for (int i = 1; i < hostile.length; i++) {
            hostile[i] = hostile[i] == classOfList ? classOfSet : hostile[i];
        }
        assertThatThrownBy(() -> codec.decode(hostile)).isInstanceOf(UndecodableValueException.class)
                .hasMessageContaining("more than " + HashedKeys.MAX_NESTED + " deep");
        assertThat(copy(allowed)).isEqualTo(allowed);
    }

    @Test
    void keysOfOneHashCodeHaveALimitForWritersAndReaders() throws Exception {
        List<Object> alike = alike(20_000);
        List<Object> allowed = alike.subList(0, HashedKeys.MAX_ALIKE);
        List<Object> tooMany = alike.subList(0, HashedKeys.MAX_ALIKE + 1);
        assertThat(copy(new HashSet<>(allowed))).isEqualTo(new HashSet<>(allowed));
        for (Object value : List.of(new HashSet<>(tooMany),
                tooMany.stream().collect(Collectors.toMap(key -> key, key -> 1)))) {
            assertThatThrownBy(() -> encode(value)).isInstanceOf(EncodingException.class)
                    .hasMessageContaining("better hashCode()");
        }

        byte[] hostile = encode(alike);
        hostile[0] = classOfSet;
        Bounds.check(hostile.length, () -> {
            assertThatThrownBy(() -> codec.decode(hostile)).isInstanceOf(UndecodableValueException.class)
                    .hasMessageContaining("the same hash code");
            return null;
        });
    }

    @Test
    void manyKeysOfWellSpreadHashCodesAreNoMatter() throws Exception {
        Map<Object, Integer> pairs = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            pairs.put(List.of(i % 300, i / 300), i);
        }
        assertThat(codec.decode(codec.encode(pairs, () -> "", Integer.MAX_VALUE, ""))).isEqualTo(pairs);
    }

    /** Lists of one hash code: 0, 31 and 1, 0 have the same. */
    private static List<Object> alike(int count) {
        List<Object> alike = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> list = new ArrayList<>();
            for (int bit = 0; bit < 15; bit++) {
                list.addAll((i >> bit & 1) == 0 ? List.of(0, 31) : List.of(1, 0));
            }
            alike.add(list);
        }
        return alike;
    }

    private Object copy(Object value) throws UndecodableValueException {
        return codec.decode(encode(value));
    }

    private byte[] encode(Object value) {
        return codec.encode(value, () -> "the value", 2 << 20, "valueBytes");
    }
}
