package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.EncodingException;
import dev.parlor.InvalidArgumentException;
import dev.parlor.ParlorException;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.time.Duration;
import java.time.chrono.JapaneseEra;
import java.time.temporal.IsoFields;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is put is read by all, or refused at the put: values that nobody else could have read, and orders that fail. */
class UnusualValuesTest {
    interface Named {}

    static final class NamedList extends ArrayList<String> implements Named {
        private static final long serialVersionUID = 1L;
    }

    static final class Pair extends AbstractMap.SimpleEntry<String, Integer> implements Named {
        private static final long serialVersionUID = 1L;

        Pair(String key, Integer value) {
            super(key, value);
        }
    }

    record Holder(Named named) {}

    record Copied(Cloneable content) {}

    record Entry(AbstractMap.SimpleEntry<String, Integer> entry) {}

    record Holding(Object any, Iterable<?> each, Serializable stored, RandomAccess list, Map.Entry<String, Integer> entry) {}

    /** Of a field that may be null, which its order does not expect. */
    record Part(String name) implements Comparable<Part> {
        @Override
        public int compareTo(Part other) {
            return name.compareTo(other.name);
        }
    }

    /** An order that no sort can follow. */
    record Restless(int number) implements Comparable<Restless> {
        @Override
        public int compareTo(Restless other) {
            return Math.floorMod(number - other.number, 3) - 1;
        }
    }

    /** As the compiler of Scala makes it of an object. */
    static final class Stop$ implements Serializable {
        public static final Stop$ MODULE$ = new Stop$();
        private static final long serialVersionUID = 1L;

        private Stop$() {}

        private Object writeReplace() {
            return "not called";
        }
    }

    /** Made when it is asked for first, and changing. */
    static final class Volume {
        private static volatile Volume current;
        private int level;

        private Volume() {}

        static Volume get() {
            current = current == null ? new Volume() : current;
            return current;
        }
    }

    /** Told apart by what it holds, so that a copy is as good. */
    static final class Point {
        private static final Point ORIGIN = new Point();
        private int x;

        private Point() {}

        static Point of(int x) {
            Point point = new Point();
            point.x = x;
            return point;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Point other && other.x == x;
        }

        @Override
        public int hashCode() {
            return x;
        }
    }

    static final class Guarded {
        private final Lock lock = new ReentrantLock();
    }

    static final class Monitored {
        private final Object monitor = new Object();
    }

    @Test
    void whatItsPlaceCouldNotHoldAtTheReaderIsRefused() {
        for (Object value : List.of(new Holder(new NamedList()), new Holder(new Pair("a", 1)), new Copied(new ArrayList<>()),
                new Copied(new HashSet<>()), new Copied(new HashMap<>()), new Entry(new AbstractMap.SimpleEntry<>("a", 1)),
                new Named[] {new NamedList()})) {
            assertThatThrownBy(() -> trip(value, Holder.class, Copied.class, Entry.class, Named[].class)).as("%s", value)
                    .isInstanceOf(EncodingException.class).hasMessageContaining("declare").hasMessageContaining("or Object");
        }
        Holding holding = new Holding(new NamedList(), new NamedList(), new NamedList(), new NamedList(), new Pair("a", 1));
        assertThat(trip(holding, Holding.class)).isEqualTo(holding);
        Object copied = new Copied(new int[] {1});
        assertThat(trip(copied, Copied.class)).isInstanceOf(Copied.class);
    }

    @Test
    void anArrayOfMoreDimensionsThanCanBeReadIsRefused() {
        Object most = Array.newInstance(int.class, new int[65]);
        assertThat(trip(most)).isInstanceOf(most.getClass());
        assertThatThrownBy(() -> trip(Array.newInstance(int.class, new int[66]))).isInstanceOf(EncodingException.class)
                .hasMessageContaining("at most 64");
        assertThatThrownBy(() -> trip(Array.newInstance(String.class, new int[255]))).isInstanceOf(EncodingException.class);
    }

    @Test
    void whatHasAnOrderThatFailsTravelsWithoutIt() {
        Set<Part> parts = new HashSet<>(Arrays.asList(new Part("a"), new Part(null), new Part("b")));
        assertThat(trip(parts, Part.class)).isEqualTo(parts);
        Map<Part, Integer> byPart = new HashMap<>(Map.of(new Part("a"), 1, new Part(null), 2));
        assertThat(trip(byPart, Part.class)).isEqualTo(byPart);
        Set<Restless> restless = IntStream.range(0, 1_000).mapToObj(Restless::new).collect(Collectors.toSet());
        assertThat(trip(restless, Restless.class)).isEqualTo(restless);
    }

    @Test
    void objectsOfScalaArriveAsTheReadersOwn() {
        assertThat(trip(Stop$.MODULE$, Stop$.class)).isSameAs(Stop$.MODULE$);
        assertThatThrownBy(() -> trip(Stop$.MODULE$)).hasMessageContaining(".types(Stop$.class)");
    }

    @Test
    void aSingletonWhoseFieldsChangeIsRefusedWhateverItsConstantIsCalled() {
        assertThatThrownBy(() -> trip(Volume.get(), Volume.class)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("in current").hasMessageContaining("share a record");
        assertThat(trip(Point.of(5), Point.class)).isEqualTo(Point.of(5));
        assertThat(trip(Point.ORIGIN, Point.class)).isEqualTo(Point.ORIGIN);
    }

    /** A class that is the JDK's own cannot be registered by its name, and a lock cannot be shared in a record. */
    @Test
    void theAdviceCanBeFollowed() {
        refused(IsoFields.QUARTER_OF_YEAR, "an enum of your own");
        refused(JapaneseEra.HEISEI, "getValue()");
        refused(new Guarded(), "transient");
        refused(new Monitored(), "transient");
        GregorianCalendar nameless = new GregorianCalendar();
        nameless.setLenient(false);
        nameless.set(Calendar.MONTH, 45);
        refused(nameless, "set them to a date");
    }

    private static void refused(Object value, String says) {
        assertThatThrownBy(() -> trip(value, Guarded.class, Monitored.class)).isInstanceOf(ParlorException.class)
                .hasMessageContaining(says).hasMessageNotContaining(".types(");
    }

    private static Object trip(Object value, Class<?>... types) {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.types(types));
            Room bob = network.join("Bob", b -> b.types(types));
            ada.sessionData().put("k", value);
            ada.flush(Duration.ofSeconds(10));
            return bob.sessionData().get("k").orElse(null);
        }
    }
}
