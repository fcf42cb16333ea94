package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parlor.EncodingException;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.UnregisteredTypeException;
import dev.parlor.testkit.ParlorNetwork;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.annotation.ElementType;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What would not arrive equal is refused before anything changed, and what the message says to do works when it is done. */
class RefusedValuesTest {
    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Plan(Object what) {}

    enum Colour { RED }

    /** A value, what the message says, and what it says to share instead. */
    private record Refused(Object value, String says, Object instead) {}

    private static List<Refused> refused() throws MalformedURLException {
        return List.of(new Refused(new StringBuilder("a"), "toString()", "a"),
                new Refused(new AtomicInteger(5), "the value that it holds", 5),
                new Refused(new LongAdder(), "the value that it holds", 0L),
                new Refused(Pattern.compile("a+"), "pattern()", "a+"),
                new Refused(URI.create("http://example.org/").toURL(), "toURI()", URI.create("http://example.org/")),
                new Refused(Path.of("a"), "toString()", "a"), new Refused(new File("a"), "getPath()", "a"),
                new Refused(String.class, "getName()", "java.lang.String"),
                new Refused(List.of(1).iterator(), "into a List", List.of(1)), new Refused(Stream.of(1), "into a List", List.of(1)),
                new Refused(Collections.enumeration(List.of(1)), "into a List", List.of(1)),
                new Refused(ByteBuffer.wrap(new byte[] {1}), "array", new byte[] {1}),
                new Refused(new SimpleDateFormat("yyyy"), "pattern", "yyyy"),
                new Refused(DateTimeFormatter.ISO_DATE, "pattern", "yyyy"), new Refused(new Random(1), "seed", 1L),
                new Refused(new CompletableFuture<>(), "result", 1), new Refused(new IllegalStateException("a"), "message", "a"),
                new Refused(new ByteArrayInputStream(new byte[1]), "byte[]", new byte[1]),
                new Refused(new Calendar.Builder().setCalendarType("buddhist").setInstant(0).build(), "toInstant()",
                        Calendar.getInstance().toInstant()),
                new Refused(new Thread(), "in a record", new Plan("thread")),
                new Refused((Supplier<String> & java.io.Serializable) () -> "a", "share data", new Plan("a")),
                new Refused(new Object() {}, "give it one", new Plan("a")),
                new Refused(new ArrayList<?>[] {new ArrayList<>()}, "an array of List", new List<?>[] {List.of()}),
                new Refused(new HashMap<?, ?>[0][0], "an array of Map", new Map<?, ?>[0][0]),
                new Refused(new ArrayDeque<?>[0], "an array of List", new List<?>[0]),
                new Refused(new StringBuilder[0], "toString()", new String[0]));
    }

    @Test
    void theJdksOtherClassesAreRefusedWithWhatToShareInstead() throws Exception {
        for (Refused each : refused()) {
            try (ParlorNetwork network = ParlorNetwork.create()) {
                Room room = network.join("Ada", b -> b.types(Plan.class));
                for (Object value : List.of(each.value(), List.of(each.value()), new Plan(each.value()))) {
                    assertThatThrownBy(() -> room.sessionData().put("k", value)).as("%s", each.value().getClass())
                            .isInstanceOf(UnregisteredTypeException.class).hasMessageContaining(each.says());
                }
                assertThat(room.sessionData().size()).isZero();
                room.sessionData().put("k", each.instead());
                assertThat(Same.same(each.instead(), room.sessionData().get("k").orElseThrow())).isTrue();
            }
        }
    }

    @Test
    void whoRegistersThemIsToldTheSame() throws Exception {
        for (Refused each : refused()) {
            Class<?> type = each.value().getClass();
            if (type.getModule().isNamed() && !type.isArray()) {
                Throwable thrown = catchThrowable(() -> join(type));
                assertThat(thrown).as("%s", type).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(each.says());
                assertThat(thrown.getMessage()).doesNotContain("opens");
            }
        }
    }

    /** The advice is a call: it is made. */
    @Test
    void theCallThatAMessageNamesWorks() {
        Map<Object, Class<?>> advised = new java.util.LinkedHashMap<>();
        advised.put(new Circle(1), Circle.class);
        advised.put(List.of(new Circle(1)), Circle.class);
        advised.put(new Circle[] {new Circle(1)}, Circle.class);
        advised.put(new Circle[][] {{new Circle(1)}}, Circle.class);
        advised.put(Colour.RED, Colour.class);
        advised.put(new Colour[] {Colour.RED}, Colour.class);
        advised.put(ElementType.FIELD, ElementType.class);
        advised.put(new ElementType[] {ElementType.FIELD}, ElementType.class);
        advised.put(new Shape[0], Shape[].class);
        advised.put(new Shape[1][1], Shape[].class);
        advised.forEach((value, type) -> {
            assertThatThrownBy(() -> {
                try (ParlorNetwork network = ParlorNetwork.create()) {
                    network.join("Ada").sessionData().put("k", value);
                }
            }).isInstanceOf(UnregisteredTypeException.class).hasMessageContaining(".types(" + type.getSimpleName() + ".class)");
            assertThat(Same.same(value, trip(value, type))).as("%s", type).isTrue();
        });
        assertThat(Same.same(new Shape[] {new Circle(1)}, trip(new Shape[] {new Circle(1)}, Shape[].class, Circle.class))).isTrue();
    }

    @Test
    void registeringWhatTravelsAlreadyDoesNoHarm() {
        for (Object value : JdkSamples.all()) {
            Class<?> type = value.getClass();
            if (type.getModule().isNamed()) {
                assertThat(Same.same(value, trip(value, type))).as("%s", type).isTrue();
            }
        }
        trip(1, int.class, Integer.class, List.class, Set.class, Map.class, Map.Entry.class, java.util.Collection.class, int[].class,
                int[][].class, String[][].class, java.time.LocalDate[].class);
        assertThat(trip(new Circle[] {new Circle(1)}, Circle[].class, Circle.class)).isEqualTo(new Circle[] {new Circle(1)});
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada", b -> b.type(5, ArrayList.class).type(6, Integer.class));
            room.sessionData().put("k", new ArrayList<>(List.of(1)));
            assertThat(room.sessionData().get("k")).contains(List.of(1));
        }
    }

    @Test
    void whatWouldArriveAsSomethingElseIsRefused() {
        Map<String, Integer> identity = new IdentityHashMap<>(Map.of("a", 1));
        Set<Object> twice = Collections.newSetFromMap(new IdentityHashMap<>());
        twice.add(List.of(1));
        twice.add(new ArrayList<>(List.of(1)));
        Map<List<Integer>, Integer> unequal = new TreeMap<>(Comparator.comparing(System::identityHashCode));
        unequal.put(new ArrayList<>(List.of(1)), 1);
        unequal.put(new ArrayList<>(List.of(1)), 2);
        Properties withDefaults = new Properties(new Properties());
        Properties defaults = new Properties();
        defaults.setProperty("k", "v");
        Properties over = new Properties(defaults);
        over.setProperty("own", "v");
        List<Object> refused = List.of(identity, twice, unequal, unequal.keySet(), over, Map.of(new int[] {1}, 1),
                Set.of(new ArrayDeque<>(List.of(1))), Map.of(List.of(new byte[1]), 1), Set.of(Map.entry(1, new int[1])),
                Set.of(java.util.Optional.of(new int[1])), new HashSet<>(List.of(Map.of(1, new ArrayDeque<>()))),
                new SimpleTimeZone(3_600_000, "Europe/Vienna"), new SimpleTimeZone(1, "mine"));
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada");
            for (Object each : refused) {
                assertThatThrownBy(() -> room.sessionData().put("k", each)).as("%s", each).isInstanceOf(EncodingException.class);
            }
            assertThat(room.sessionData().size()).isZero();
            room.sessionData().put("k", withDefaults);
            assertThat(room.sessionData().get("k")).contains(withDefaults);
        }
    }

    private static Room join(Class<?>... types) {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            return network.join("Ada", b -> b.types(types));
        }
    }

    private static Object trip(Object value, Class<?>... types) {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.types(types));
            Room bob = network.join("Bob", b -> b.types(types));
            ada.sessionData().put("k", value);
            ada.flush(java.time.Duration.ofSeconds(10));
            return bob.sessionData().get("k").orElse(null);
        }
    }
}
