package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.testkit.ParlorAssertions;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every value of the JDK that travels is what it was where it was written, at a peer, after a repair and at a participant that
 * joins late: by itself, as an element, as a value of a map, in a record, in an array, and as a key if it can be one.
 */
class JdkValuesTest {
    enum Colour { RED, TEAL { @Override public String toString() { return "teal!"; } } }

    record Box(Object value) {}

    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Object> all = JdkSamples.all();
        for (int i = 0; i < all.size(); i++) {
            Object value = all.get(i);
            String name = i + " " + value.getClass().getTypeName();
            values.put(name, value);
            values.put(name + " in a list", Arrays.asList(null, value));
            values.put(name + " in a map", Collections.singletonMap("k", value));
            values.put(name + " in a record", new Box(value));
            values.put(name + " in an array", new Object[] {value});
        }
        for (Object key : JdkSamples.keys()) {
            values.put(values.size() + " key " + key.getClass().getTypeName(), Collections.singletonMap(key, 1));
            values.put(values.size() + " element " + key.getClass().getTypeName(), Collections.singleton(key));
        }
        return values;
    }

    @Test
    void eachIsWhatItWasEverywhere() {
        Map<String, Object> values = values();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.types(Box.class, Colour.class));
            Room bob = network.join("Bob", b -> b.types(Box.class, Colour.class));
            Map<String, Object> half = new LinkedHashMap<>();
            List<String> names = new ArrayList<>(values.keySet());
            names.subList(0, names.size() / 2).forEach(name -> half.put(name, values.get(name)));
            ada.sessionData().merge(half);
            half.forEach((name, value) -> ada.sessionData().put(name, value));
            ada.flush(Duration.ofSeconds(20));
            network.partition(List.of(ada), List.of(bob));
            values.forEach((name, value) -> {
                if (!half.containsKey(name)) {
                    ada.sessionData().put(name, value);
                }
            });
            network.heal();
            Room late = network.join("Late", b -> b.types(Box.class, Colour.class));
            ParlorAssertions.assertThat(List.of(ada, bob, late)).eventuallyAgree();
            List<String> wrong = new ArrayList<>();
            for (Room room : List.of(ada, bob, late)) {
                values.forEach((name, value) -> {
                    Object arrived = room.sessionData().get(name).orElse(null);
                    if (!Same.same(value, arrived)) {
                        wrong.add(name + " at " + room.me().name() + ": " + arrived + ", was " + value);
                    }
                });
                assertThat(room.stats().undecodableValues()).isZero();
            }
            assertThat(wrong).isEmpty();
        }
    }
}
