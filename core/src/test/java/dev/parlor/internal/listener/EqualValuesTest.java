package dev.parlor.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Key;
import dev.parlor.ParticipantUpdated;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What listeners do not hear: that a key, or user data, is what it was. */
class EqualValuesTest extends RoomWithBen {
    @Test
    void anEqualValueIsSentButIsNoChange() {
        benJoins();
        room.on(SessionDataChanged.class, heard::add);
        data.put("k", "text");
        lone.pass(0);
        heard.clear();
        long written = room.stats().writesApplied();
        var before = data.entry("k").orElseThrow();
        lone.pass(5);
        lone.takeSent();
        data.put("k", "text");
        lone.pass(0);
        data.update(batch -> batch.put("k", "text"));
        data.merge(Map.of("k", "text"));
        data.replace(Map.of("k", "text"));
        lone.pass(0);
        benWrites(false, Map.of("k", "text"));
        benWrites(true, Map.of("k", "text"));
        lone.pass(0);
        assertThat(heard).isEmpty();
        assertThat(room.stats().writesApplied()).isEqualTo(written + 6);
        assertThat(data.entry("k").orElseThrow().at()).isAfter(before.at());
        assertThat(lone.takeSent()).isNotEmpty();
    }

    @Test
    void ofABatchOnlyWhatIsAnotherValueIsChanged() {
        data.merge(Map.of("a", 1, "b", 2, "c", 3));
        room.on(SessionDataChanged.class, event -> event.changes().forEach(change -> heard.add(change.key())));
        data.replace(Map.of("a", 1, "b", 5, "d", 6));
        lone.pass(0);
        assertThat(heard).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void aKeyThatIsPutAgainAfterItsRemovalIsAChange() {
        data.put("k", 1);
        data.onChange("k", change -> heard.add(change.newValue().orElse("gone")));
        data.remove("k");
        lone.pass(0);
        data.put("k", 1);
        lone.pass(0);
        assertThat(heard).containsExactly("gone", 1);
    }

    @Test
    void changesThatNobodyListensForDoNotWait() {
        data.bind("shown", heard::add);
        data.onChangeOfPrefix("list/", change -> heard.add(change.key()));
        lone.pass(0);
        heard.clear();
        lone.listenersStand(true);
        data.merge(Map.of("other", 1, "shown/", 2, "list", 3));
        data.put("other", 2);
        benWrites(false, Map.of("another", 4, "third", 5));
        lone.pass(0);
        long before = room.stats().memoryBytes();
        for (int i = 0; i < 5_000; i++) {
            data.put("other", "value " + i);
        }
        lone.pass(0);
        assertThat(room.stats().memoryBytes()).isEqualTo(before);
        data.put("list/1", 6);
        data.put("shown", 7);
        lone.listenersStand(false);
        assertThat(heard).containsExactly("list/1", Optional.of(7));
    }

    @Test
    void aListenerThatPutsWhatTheKeyHoldsComesToRest() {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        Map<String, Object> values = new LinkedHashMap<>();
        numbers.forEach(number -> values.put("key" + number, number));
        for (Object value : List.of("text", 1, 2.5, numbers, values, Map.copyOf(values), java.util.Set.copyOf(numbers))) {
            heard.clear();
            Subscription echo = data.bind("echo", now -> {
                heard.add(now);
                if (heard.size() < 20) {
                    now.ifPresent(present -> data.put("echo", present));
                }
            });
            data.put("echo", value);
            lone.pass(100);
            assertThat(heard).hasSizeLessThan(4);
            echo.close();
        }
        assertThat(room.stats().listenerFailures()).isZero();
    }

    @Test
    void fieldsThatWriteBackWhatTheyShowComeToRestHoweverFastSomebodyTypes() {
        List<String> typed = List.of("a", "ab", "abc", "ab", "abd");
        int[] calls = {0};
        for (int field = 0; field < 3; field++) {
            data.bind("text", now -> {
                if (calls[0]++ < 1_000) {
                    now.ifPresent(text -> data.put("text", text));
                }
            });
        }
        typed.forEach(text -> data.put("text", text));
        lone.pass(100);
        assertThat(data.get("text")).contains("abd");
        assertThat(calls[0]).isLessThan(20);
    }

    @Test
    void aBoundValueThatIsBackAtWhatItWasWhileItsChangeWaitedIsShown() {
        List<Object> shown = new ArrayList<>();
        data.bind("k", value -> shown.add(value.orElse(null)));
        Subscription[] once = new Subscription[1];
        once[0] = data.onChange("k", change -> {
            once[0].close();
            for (int i = 0; i < 3; i++) {
                data.put("k", "old");
                data.put("k", "new");
            }
            data.put("k", "old");
        });
        lone.pass(0);
        lone.listenersStand(true);
        data.put("k", "old");
        // So many that further ones become one for each key.
        for (int i = 0; i < 2_000; i++) {
            data.put("many" + i, i);
        }
        data.put("k", "new");
        lone.listenersStand(false);
        assertThat(data.get("k")).contains("old");
        assertThat(shown).containsExactly(null, "new", "old");
    }

    @Test
    void bindEndsWithTheNewest() {
        data.put("k", 0);
        data.bind("k", heard::add);
        lone.pass(0);
        for (int i = 1; i <= 100; i++) {
            data.put("k", i % 10);
            if (i % 7 == 0) {
                lone.pass(0);
            }
        }
        data.remove("k");
        lone.pass(0);
        assertThat(heard).first().isEqualTo(java.util.Optional.of(0));
        assertThat(heard).last().isEqualTo(java.util.Optional.empty());
    }

    @Test
    void putIfChangedWritesNothingWhereTheKeyHoldsAnEqualValue() {
        Key<Integer> key = Key.of("k", Integer.class);
        assertThat(data.putIfChanged(key, 1)).isTrue();
        long written = room.stats().writesApplied();
        assertThat(data.putIfChanged("k", 1)).isFalse();
        assertThat(room.stats().writesApplied()).isEqualTo(written);
        assertThat(data.putIfChanged("k", 2)).isTrue();
        data.remove("k");
        assertThat(data.putIfChanged("k", 2)).isTrue();
    }

    @Test
    void userDataThatIsEqualIsNoUpdate() {
        benJoins();
        room.on(ParticipantUpdated.class, heard::add);
        room.onUpdate(Duration.ofMillis(50), heard::add);
        room.setUserData("data");
        lone.comes(BEN, true, frames++, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, userData(2, "hi"),
                LoneRoom.BEGIN_MILLIS, -1));
        lone.pass(100);
        assertThat(heard).isEmpty();
        room.setUserData("other");
        room.setUserData("data");
        lone.pass(100);
        assertThat(heard).isEmpty();
        room.setUserData("other");
        lone.pass(100);
        assertThat(heard).hasSize(2);
    }
}
