package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import java.lang.annotation.ElementType;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.temporal.Temporal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A class that a reader asks for has objects that arrive, or is refused: nobody waits for what cannot come. */
class TypesAskedForTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void primitiveClassesStandForTheirBoxes() throws Exception {
        Map<Class<?>, Object> values = Map.of(int.class, 5, long.class, 5L, double.class, 0.5, float.class, 1f, boolean.class, true,
                char.class, 'c', byte.class, (byte) 1, short.class, (short) 2);
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob", b -> {
                b.onMessage(int.class, (n, from) -> heard.add("builder " + n));
                b.onRequest(int.class, (n, from) -> n + 1);
                return b;
            });
            for (Map.Entry<Class<?>, Object> each : values.entrySet()) {
                check(ada, bob, each.getKey(), each.getValue());
            }
            bob.onMessage(int.class, (n, from) -> heard.add("room " + n));
            bob.onRequest(long.class, (n, from) -> n + 1);
            ada.send(7);
            assertThat(List.of(heard.poll(10, TimeUnit.SECONDS), heard.poll(10, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder("builder 7", "room 7");
            assertThat(ada.request(1, bob.me(), int.class, SOON).get(10, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(ada.request(1L, bob.me(), long.class, SOON).get(10, TimeUnit.SECONDS)).isEqualTo(2L);
        }
    }

    private static <T> void check(Room ada, Room bob, Class<T> type, Object value) throws Exception {
        String name = type.getName();
        Key<T> key = Key.of(name, type);
        assertThat(key).isEqualTo(Key.of(name, value.getClass()));
        ada.sessionData().put(name, value);
        ada.flush(SOON);
        assertThat(bob.sessionData().get(key)).contains(cast(value));
        assertThat(bob.sessionData().get(name, type)).contains(cast(value));
        assertThat(bob.sessionData().when(key, v -> true).get(10, TimeUnit.SECONDS)).isEqualTo(value);
        BlockingQueue<Optional<?>> bound = new LinkedBlockingQueue<>();
        bob.sessionData().bind(key, bound::add);
        assertThat(bound.poll(10, TimeUnit.SECONDS)).isEqualTo(Optional.of(value));
    }

    @SuppressWarnings("unchecked") // of the class that the test's table says
    private static <T> T cast(Object value) {
        return (T) value;
    }

    static final class Tags extends AbstractList<String> {
        private final List<String> tags;

        Tags(String... tags) {
            this.tags = List.of(tags);
        }

        @Override
        public String get(int i) {
            return tags.get(i);
        }

        @Override
        public int size() {
            return tags.size();
        }
    }

    /** They arrive as what they contain if they are not registered. */
    @Test
    void listsOfOnesOwnAreRefusedUnlessTheyAreRegistered() {
        Key<Tags> key = Key.of("tags", Tags.class);
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room without = network.join("Ada");
            without.sessionData().put(key, new Tags("a"));
            assertThat(without.sessionData().get("tags", Collection.class)).isPresent();
            assertThatThrownBy(() -> without.sessionData().get(key)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(".types(Tags.class)").hasMessageContaining("ask for List.class");
            assertThatThrownBy(() -> without.sessionData().when(key, tags -> true)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> network.join("Bob", b -> b.onMessage(Tags.class, (tags, from) -> {})))
                    .isInstanceOf(InvalidArgumentException.class);
            network.join("Eve", b -> b.onMessage(Tags.class, (tags, from) -> {}).types(Tags.class));
        }
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room with = network.join("Ada", b -> b.types(Tags.class));
            with.sessionData().put(key, new Tags("a"));
            assertThat(with.sessionData().get(key)).contains(new Tags("a"));
            assertThat(with.sessionData().get("tags", Tags[].class)).isEmpty();
        }
    }

    /** What cannot be put never arrives; what others of the JDK arrive as, and what a class of one's own may be, may be asked for. */
    @Test
    void classesOfTheJdkThatDoNotTravelAreRefused() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada", b -> b.types(TypesAskedFor.class));
            room.sessionData().put("k", true);
            for (Class<?> type : List.of(AbstractMap.SimpleEntry.class, StringBuilder.class, ArrayList[].class, StringBuilder[][].class,
                    AtomicInteger.class, Path.class, Runnable.class, ElementType.class)) {
                assertThatThrownBy(() -> room.sessionData().get("k", type)).as("%s", type)
                        .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("nothing arrives as");
            }
            assertThatThrownBy(() -> room.sessionData().get("k", StringBuilder.class)).hasMessageContaining("toString()");
            for (Class<?> type : List.of(Number.class, CharSequence.class, Iterable.class, Temporal.class, Calendar.class, Date.class,
                    IsoChronology.class, ZoneOffset.class, Inet4Address.class, DayOfWeek.class, List[].class, int[][].class,
                    Object[].class, Integer[].class, AbstractMap.SimpleImmutableEntry.class, RandomAccess.class, Callable.class,
                    Record.class, Room.class, TypesAskedForTest.class)) {
                assertThat(room.sessionData().get("k", type)).as("%s", type).isEmpty();
            }
        }
    }

    /** Of a class of one's own, an interface of the JDK may be asked for. */
    record TypesAskedFor(int x) implements Callable<Integer> {
        @Override
        public Integer call() {
            return x;
        }
    }

    @Test
    void classesThatNothingArrivesAsAreRefused() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada");
            room.sessionData().put("list", new ArrayList<>(List.of(1)));
            room.sessionData().put("map", new HashMap<>());
            room.sessionData().put("queue", new ArrayDeque<>(List.of(1)));
            assertThat(room.sessionData().get("list", List.class)).isPresent();
            assertThat(room.sessionData().get("queue", Collection.class)).isPresent();
            assertThat(room.sessionData().get("map", List.class)).isEmpty();
            for (Class<?> nothing : List.of(void.class, Void.class)) {
                assertThatThrownBy(() -> room.sessionData().get("list", nothing)).isInstanceOf(InvalidArgumentException.class)
                        .hasMessageContaining("pass Object.class");
                assertThatThrownBy(() -> room.onMessage(nothing, (message, from) -> {})).isInstanceOf(InvalidArgumentException.class);
            }
            assertThatThrownBy(() -> room.sessionData().get("list", ArrayList.class))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("ask for List.class");
            assertThatThrownBy(() -> room.sessionData().get("queue", Deque.class))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("ask for List.class");
            assertThatThrownBy(() -> room.sessionData().get(Key.of("map", HashMap.class)))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("ask for Map.class");
            var keyOfSet = Key.of("set", NavigableSet.class);
            assertThatThrownBy(() -> room.sessionData().bind(keyOfSet, java.util.Objects::requireNonNull))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("ask for Set.class");
            assertThatThrownBy(() -> room.sessionData().when(Key.of("list", ArrayList.class), list -> true))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> room.onMessage(ArrayDeque.class, (queue, from) -> {}))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> room.onRequest(HashMap.class, (map, from) -> 1))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> room.request(1, room.me(), ArrayList.class, SOON))
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }
}
