package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.testkit.ParlorAssertions;
import dev.parlor.testkit.ParlorNetwork;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Objects of an application's classes are what they were where they were written, at a peer, after a repair and at a
 * participant that joins late: by themselves, in containers, in fields, and in arrays of which no class is registered.
 */
class OwnClassesTest {
    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object sample : OwnClasses.samples()) {
            String name = values.size() + " " + sample.getClass().getSimpleName();
            values.put(name, sample);
            values.put(name + " in a list", Arrays.asList(sample, null, sample));
            values.put(name + " in a map", Map.of("k", sample));
            values.put(name + " in a record", new OwnClasses.Box<>(sample));
            values.put(name + " in arrays", arraysOf(sample));
            values.put(name + " in an array of objects", new Object[] {sample});
            if (!(sample instanceof OwnClasses.Everything || sample instanceof OwnClasses.Tagged)) {
                values.put(name + " as an element", Collections.singleton(sample));
                values.put(name + " as a key", Collections.singletonMap(sample, 1));
            }
        }
        return values;
    }

    @Test
    void eachIsWhatItWasEverywhere() {
        Map<String, Object> values = values();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            network.defaults("test", OwnClasses.types());
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            List<String> names = new ArrayList<>(values.keySet());
            List<String> before = names.subList(0, names.size() / 2);
            before.forEach(name -> ada.sessionData().put(name, values.get(name)));
            ada.flush(Duration.ofSeconds(20));
            network.partition(List.of(ada), List.of(bob));
            names.subList(before.size(), names.size()).forEach(name -> ada.sessionData().put(name, values.get(name)));
            network.heal();
            Room late = network.join("Late");
            ParlorAssertions.assertThat(List.of(ada, bob, late)).eventuallyAgree();
            List<String> wrong = new ArrayList<>();
            for (Room room : List.of(ada, bob, late)) {
                values.forEach((name, value) -> {
                    Object arrived = room.sessionData().get(name).orElse(null);
                    if (!same(value, arrived)) {
                        wrong.add(name + " at " + room.me().name() + ": " + arrived + ", was " + value);
                    }
                });
                assertThat(room.stats().undecodableValues()).isZero();
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void oneObjectsAreTheOneObject() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            network.defaults("test", OwnClasses.types());
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            for (Object one : List.of(OwnClasses.Stop.INSTANCE, OwnClasses.Pause.get(), OwnClasses.Play.INSTANCE,
                    OwnClasses.Suit.of("hearts"), OwnClasses.Colour.TEAL)) {
                ada.sessionData().put("k", one);
                ada.flush(Duration.ofSeconds(20));
                assertThat(ada.sessionData().get("k").orElseThrow()).isSameAs(one);
                assertThat(bob.sessionData().get("k").orElseThrow()).isSameAs(one);
            }
        }
    }

    /** Equal, in arrays and in the arrays of {@link OwnClasses.Everything} element by element. */
    private static boolean same(Object one, Object other) {
        if (one instanceof OwnClasses.Everything a && other instanceof OwnClasses.Everything b) {
            return Arrays.deepEquals(parts(a), parts(b)) && (a.next() == null ? b.next() == null : same(a.next(), b.next()));
        } else if (one instanceof OwnClasses.Tagged a && other instanceof OwnClasses.Tagged b) {
            return a.tags().equals(b.tags()) && Arrays.equals(a.more(), b.more());
        } else if (one instanceof OwnClasses.Box<?> a && other instanceof OwnClasses.Box<?> b) {
            return same(a.value(), b.value());
        } else if (one instanceof List<?> a && !(one instanceof OwnClasses.Tags) && other instanceof List<?> b) {
            return same(a.toArray(), b.toArray());
        } else if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b && a.containsKey("k")) {
            return same(a.get("k"), b.get("k"));
        } else if (one instanceof Object[] a && other instanceof Object[] b) {
            boolean same = a.length == b.length && (a.getClass() == b.getClass() || a.getClass() == Object[].class);
            for (int i = 0; same && i < a.length; i++) {
                same = same(a[i], b[i]);
            }
            return same;
        }
        return Objects.deepEquals(one, other) && (one == null || one instanceof java.util.Set<?>
                || one instanceof Map<?, ?> || one.getClass() == other.getClass());
    }

    private static Object[] parts(OwnClasses.Everything it) {
        return new Object[] {it.weights(), it.names(), it.circles(), it.byColour(), it.maybe(), it.shape(), it.anything(),
            it.number(), it.text(), it.array(), it.grid(), it.id()};
    }

    /** Arrays of samples, of their own class and nested. */
    private static Object arraysOf(Object sample) {
        Class<?> type = sample instanceof Enum<?> constant ? constant.getDeclaringClass() : sample.getClass();
        Object one = Array.newInstance(type, 2);
        Array.set(one, 1, sample);
        Object[] two = (Object[]) Array.newInstance(type.arrayType(), 3);
        two[0] = one;
        two[2] = Array.newInstance(type, 0);
        Object[] three = (Object[]) Array.newInstance(type.arrayType().arrayType(), 1);
        three[0] = two;
        return three;
    }
}
