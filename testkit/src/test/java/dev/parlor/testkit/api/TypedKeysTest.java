package dev.parlor.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Batch;
import dev.parlor.Change;
import dev.parlor.Entry;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Room;
import dev.parlor.SessionData;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.ParlorTest;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Keys that know the class of their value, wherever a key can be named. */
class TypedKeysTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Key<Integer> VOTES = Key.of("votes", int.class);
    private static final Key<String> TITLE = Key.of("title", String.class);

    @ParlorTest
    void areTakenWhereverAStringIs() {
        Stream.of(SessionData.class, Batch.class).flatMap(type -> Arrays.stream(type.getMethods()))
                // The class comes with the key, and a prefix is no key.
                .filter(method -> method.getParameterCount() > 0 && method.getParameterTypes()[0] == String.class
                        && !method.getName().equals("onChangeOfPrefix")
                        && !Arrays.asList(method.getParameterTypes()).contains(Class.class))
                .forEach(method -> assertThat(Arrays.stream(method.getDeclaringClass().getMethods())).as(method.toString())
                        .anyMatch(other -> isTheSameWithATypedKey(method, other)));
    }

    private static boolean isTheSameWithATypedKey(Method method, Method other) {
        return other.getName().equals(method.getName()) && other.getParameterCount() == method.getParameterCount()
                && other.getParameterTypes()[0] == Key.class;
    }

    @ParlorTest
    void readWhatIsOfTheirClass(Room room) {
        SessionData data = room.sessionData();
        assertThat(data.entry(VOTES)).isEmpty();
        assertThat(data.containsKey(VOTES)).isFalse();

        data.put(VOTES, 3);
        Entry entry = data.entry(VOTES).orElseThrow();
        assertThat(entry).isEqualTo(data.entry("votes").orElseThrow());
        assertThat(entry.value(Integer.class)).contains(3);
        assertThat(entry.value(int.class)).contains(3);
        assertThat(entry.value(String.class)).isEmpty();
        assertThat(data.containsKey(VOTES)).isTrue();

        data.put("votes", "three");
        assertThat(data.entry(VOTES)).isEmpty();
        assertThat(data.containsKey(VOTES)).as("it has a value, of another class").isTrue();
        data.remove(VOTES);
        assertThat(data.containsKey("votes")).isFalse();
    }

    @ParlorTest
    void refuseAClassOfWhichNothingArrivesAsReadsByStringDo(Room room) {
        Key<ArrayList<?>> list = Key.of("list", listClass());
        room.sessionData().put("list", List.of(1));
        assertThatThrownBy(() -> room.sessionData().entry(list)).isInstanceOf(InvalidArgumentException.class);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Class<ArrayList<?>> listClass() {
        return (Class) ArrayList.class;
    }

    @ParlorTest
    void batchesRemoveThem(Room room) {
        room.sessionData().put(VOTES, 3);
        room.sessionData().update(batch -> batch.put(TITLE, "tea or coffee").remove(VOTES));
        assertThat(room.sessionData().snapshot()).isEqualTo(Map.of("title", "tea or coffee"));
    }

    @ParlorTest
    void listenersHearEachChangeOfThem(ParlorNetwork network, Room room) {
        List<Change> heard = new CopyOnWriteArrayList<>();
        room.sessionData().onChange(VOTES, heard::add);
        room.sessionData().put(VOTES, 3);
        room.sessionData().put(TITLE, "not for this listener");
        assertThat(network.await(() -> heard.size() == 1, SOON)).isTrue();
        room.sessionData().put("votes", "three");
        assertThat(network.await(() -> heard.size() == 2, SOON)).isTrue();
        Change first = heard.get(0);
        assertThat(first.newValue(VOTES)).contains(3);
        assertThat(first.newValue(int.class)).contains(3);
        assertThat(first.oldValue(VOTES)).isEmpty();
        assertThat(first.newValue(Key.of("other", Integer.class))).as("of another key").isEqualTo(Optional.empty());
        Change second = heard.get(1);
        assertThat(second.oldValue(VOTES)).contains(3);
        assertThat(second.oldValue(int.class)).contains(3);
        assertThat(second.newValue(VOTES)).as("of another class").isEmpty();
    }
}
