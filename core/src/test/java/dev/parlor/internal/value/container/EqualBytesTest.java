package dev.parlor.internal.value.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Which values are encoded as equal bytes, so that to put one again can be seen to change nothing. */
class EqualBytesTest {
    private final ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(), Map.of()));
    private final Random random = SeededRandom.of(this);

    private byte[] encode(Object value) {
        return codec.encode(value, () -> "the value", 1 << 20, "valueBytes");
    }

    private List<Object> keys(int count) {
        List<Object> keys = new ArrayList<>();
        int kind = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            keys.add(kind == 0 ? "key" + i * 7919 : kind == 1 ? (Object) (i * 65_536) : kind == 2 ? new UUID(i, -i) : (long) i << 33);
        }
        Collections.shuffle(keys, random);
        return keys;
    }

    @Test
    void whatWasReadHasTheBytesThatItWasReadOf() throws Exception {
        Map<Object, Object> linked = new LinkedHashMap<>();
        linked.put("z", Optional.of(1));
        linked.put("a", new TreeSet<>(Set.of(3, 1)));
        Map<Object, Object> mixed = new HashMap<>();
        mixed.put(null, 1);
        mixed.put("a", List.of(1));
        mixed.put(5, new HashSet<>(Arrays.asList("x", null, 3)));
        for (Object value : List.of(linked, mixed, Map.of("a", 1, "b", 2, "c", 3), Set.of("x", "y", 5), new ArrayDeque<>(List.of(1)),
                new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 1, DayOfWeek.MONDAY, 2)), List.of(Map.entry(1, 2)), new TreeMap<>(Map.of(1, 2, 3, 4)),
                new int[][] {{1}}, Optional.of(Set.of("a", "b", "c")))) {
            byte[] bytes = encode(value);
            assertThat(encode(codec.decode(bytes))).as("%s", value).isEqualTo(bytes);
        }
    }

    @Test
    void mapsAndSetsWithoutAnOrderHaveTheSameBytesWhateverTheyHaveBeenThrough() {
        for (int round = 0; round < 200; round++) {
            List<Object> keys = keys(random.nextInt(40));
            Map<Object, Object> one = new HashMap<>();
            Map<Object, Object> other = new HashMap<>(1 << random.nextInt(12));
            keys.forEach(key -> one.put(key, key));
            other.put("gone", 1);
            Collections.shuffle(keys, random);
            keys.forEach(key -> other.put(key, key));
            other.remove("gone");
            byte[] bytes = encode(one);
            assertThat(encode(other)).isEqualTo(bytes);
            assertThat(encode(new ConcurrentHashMap<>(other))).isEqualTo(bytes);
            assertThat(encode(new Hashtable<>(other))).isEqualTo(bytes);
            assertThat(encode(Map.copyOf(other))).isEqualTo(bytes);
            byte[] set = encode(new HashSet<>(keys));
            assertThat(encode(Set.copyOf(keys))).isEqualTo(set);
            assertThat(encode(one.keySet())).isEqualTo(set);
            assertThat(encode(other.keySet())).isEqualTo(set);
        }
    }

    enum Op {
        PLUS { },
        MINUS { },
        TIMES { }
    }

    record Place(int x, int y) {}

    record Board(Map<Place, String> stones, Set<Place> free) {
        Board {
            stones = Map.copyOf(stones);
            free = Set.copyOf(free);
        }
    }

    @Test
    void constantsWithBodiesAreSortedAsOthersAre() {
        Map<Op, Integer> one = new HashMap<>();
        Map<Op, Integer> other = new HashMap<>(1024);
        for (Op op : Op.values()) {
            one.put(op, 1);
            other.put(Op.values()[Op.values().length - 1 - op.ordinal()], 1);
        }
        ValueCodec ops = new ValueCodec(TypeRegistry.of(List.of(Op.class), Map.of()));
        byte[] sorted = ops.encode(new EnumMap<>(one), () -> "the value", 1000, "valueBytes");
        assertThat(ops.encode(one, () -> "the value", 1000, "valueBytes")).isEqualTo(sorted);
        assertThat(ops.encode(other, () -> "the value", 1000, "valueBytes")).isEqualTo(sorted);
    }

    /** Classes without an order, several classes, and an order in which two that differ are the same. */
    @Test
    void keysWithoutAnOrderHaveTheSameBytesWhateverTheyHaveBeenThrough() throws Exception {
        ValueCodec boards = new ValueCodec(TypeRegistry.of(List.of(Place.class, Board.class), Map.of()));
        for (int round = 0; round < 200; round++) {
            List<Object> keys = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                keys.add(switch (random.nextInt(4)) {
                    case 0 -> new Place(random.nextInt(), i);
                    case 1 -> new BigDecimal(i).setScale(random.nextInt(3));
                    case 2 -> Set.of("a" + i, i, List.of(i));
                    default -> "text " + i;
                });
            }
            keys.add(new BigDecimal("1.0"));
            keys.add(new BigDecimal("1.00"));
            Map<Object, Object> one = new HashMap<>();
            Map<Object, Object> other = new HashMap<>(1 << random.nextInt(12));
            keys.forEach(key -> one.put(key, List.of(key)));
            Collections.shuffle(keys, random);
            keys.forEach(key -> other.put(key, List.of(key)));
            byte[] bytes = boards.encode(one, () -> "the value", 1 << 20, "valueBytes");
            assertThat(boards.encode(other, () -> "the value", 1 << 20, "valueBytes")).isEqualTo(bytes);
            assertThat(boards.decode(bytes)).isEqualTo(one);
            assertThat(boards.encode(other.keySet(), () -> "the value", 1 << 20, "valueBytes"))
                    .isEqualTo(boards.encode(new HashSet<>(keys), () -> "the value", 1 << 20, "valueBytes"));
        }
    }

    @Test
    void whatARecordCopiesWhenItIsReadHasTheBytesThatItWasReadOf() throws Exception {
        ValueCodec boards = new ValueCodec(TypeRegistry.of(List.of(Place.class, Board.class), Map.of()));
        Map<Place, String> stones = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            stones.put(new Place(random.nextInt(), i), "stone " + i);
        }
        Board board = new Board(stones, stones.keySet());
        byte[] bytes = boards.encode(board, () -> "the value", 1 << 20, "valueBytes");
        assertThat(boards.decode(bytes)).isEqualTo(board);
        assertThat(boards.encode(boards.decode(bytes), () -> "the value", 1 << 20, "valueBytes")).isEqualTo(bytes);
        assertThat(boards.encode(new HashMap<>(stones), () -> "the value", 1 << 20, "valueBytes"))
                .isEqualTo(boards.encode(Map.copyOf(stones), () -> "the value", 1 << 20, "valueBytes"));
    }

    @Test
    void anOrderIsKept() throws Exception {
        List<String> order = List.of("z", "a", "m");
        assertThat(new ArrayList<>((Set<?>) codec.decode(encode(new LinkedHashSet<>(order))))).isEqualTo(order);
        Map<String, Integer> map = new LinkedHashMap<>();
        order.forEach(key -> map.put(key, 1));
        assertThat(new ArrayList<>(((Map<?, ?>) codec.decode(encode(map))).keySet())).isEqualTo(order);
        Set<String> descending = new TreeSet<>(order).descendingSet();
        assertThat(new ArrayList<>((Set<?>) codec.decode(encode(descending)))).isEqualTo(List.of("z", "m", "a"));
    }
}
