package dev.parlor.internal.value.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.EncodingException;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sets and maps that are changed where they should not be, or by others. */
class ChangingCollectionsTest {
    private final ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(), Map.of()));

    private byte[] encode(Object value) {
        return codec.encode(value, () -> "the value", 1 << 20, "valueBytes");
    }

    @Test
    void elementsAndKeysThatWereMadeEqualInTheirSetAreRefused() {
        List<Integer> one = new ArrayList<>(List.of(1));
        List<Integer> other = new ArrayList<>(List.of(2));
        Set<Object> set = new HashSet<>(Set.of(one, other));
        Map<Object, Object> map = new HashMap<>(Map.of(one, "a", other, "b"));
        other.set(0, 1);
        assertThatThrownBy(() -> encode(set)).isInstanceOf(EncodingException.class).hasMessageContaining("equal each other");
        assertThatThrownBy(() -> encode(map)).isInstanceOf(EncodingException.class).hasMessageContaining("equal each other");
        assertThatThrownBy(() -> encode(map.keySet())).isInstanceOf(EncodingException.class);
    }

    @Test
    void aSynchronizedMapIsWrittenUnderItsLock() throws Exception {
        Map<?, ?>[] outer = new Map<?, ?>[1];
        Map<Object, Object> inner = new AbstractMap<>() {
            @Override
            public Set<Entry<Object, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<Object, Object>> iterator() {
                        if (!Thread.holdsLock(outer[0])) {
                            throw new ConcurrentModificationException();
                        }
                        return Map.<Object, Object>of("a", 1, "b", 2).entrySet().iterator();
                    }

                    @Override
                    public int size() {
                        return 2;
                    }
                };
            }
        };
        outer[0] = Collections.synchronizedMap(inner);
        assertThat(codec.decode(encode(outer[0]))).isEqualTo(Map.of("a", 1, "b", 2));
    }
}
