package dev.parlor.internal.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Family;
import dev.parlor.InvalidArgumentException;
import dev.parlor.KeyFamily;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.RoomClosedException;
import dev.parlor.Warning;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.index.PrefixIndexes;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A family of keys as its users see it, in a room on one thread. */
class FamilyTest extends VotesInARoom {
    // ---- reads and writes

    @Test
    void itIsATypedSortedMapOfWhatFollowsThePrefix() {
        votes.put("bob", 2);
        data.put("vote", 8);
        data.put("vote/", 9);
        data.put("votes/x", 9);
        data.put("a", 9);
        votes.put("ada", 1);
        votes.putAll(Map.of("eve", 5, "cy", 3));
        assertThat(votes.asMap().toString()).isEqualTo("{ada=1, bob=2, cy=3, eve=5}");
        assertThat(votes.get("bob")).contains(2);
        assertThat(data.get("vote/bob")).contains(2);
        assertThat(data.get(VOTES.key("bob"))).contains(2);
        assertThat(votes.size()).isEqualTo(4);
        assertThat(votes.containsKey("eve")).isTrue();
        assertThat(votes.putIfChanged("eve", 5)).isFalse();
        assertThat(votes.putIfChanged("eve", 6)).isTrue();
        votes.remove("bob");
        data.remove("vote/cy");
        assertThat(votes.snapshot()).isEqualTo(Map.of("ada", 1, "eve", 6));
        assertThat(votes.containsKey("bob")).isFalse();
        assertThat(votes.get("nobody")).isEmpty();
        assertThat(VOTES.subKey("vote/ada")).contains("ada");
        assertThat(VOTES.subKey("vote/")).isEmpty();
        assertThat(VOTES.subKey("voter")).isEmpty();
    }

    @Test
    void clearRemovesItsKeysWhateverTheyHoldAsOneChangeAndNothingElse() {
        votes.putAll(Map.of("ada", 1, "bob", 2));
        data.put("vote/odd", "text");
        data.put("vote/", 9);
        data.put("other", 7);
        data.onChange(change -> heard.add(change.key()));
        lone.room().on(dev.parlor.SessionDataChanged.class, event -> heard.add(event.changes().size()));
        votes.clear();
        assertThat(data.asMap()).isEqualTo(Map.of("other", 7, "vote/", 9));
        assertThat(heard()).containsExactlyInAnyOrder("vote/ada", "vote/bob", "vote/odd", 3);
        lone.takeSent();
        votes.clear();
        lone.pass(10);
        assertThat(heard()).as("nothing is left to clear").isEmpty();
    }

    @Test
    void valuesOfOtherClassesAndThoseThatCannotBeReadAreLeftOut() {
        List<Warning> warnings = new ArrayList<>();
        lone.room().on(Warning.class, warnings::add);
        votes.put("ada", 1);
        data.put("vote/text", "one");
        SessionReplica session = Backstage.engineOf(lone.room()).state().session();
        session.apply("vote/odd", VersionedValue.of(new Stamp(1, 2), new byte[] {(byte) 0xff, 1, 2, 3}), null);
        assertThat(votes.size()).isEqualTo(1);
        assertThat(votes.asMap().keySet()).containsExactly("ada");
        assertThat(votes.asMap()).hasSize(1).isEqualTo(Map.of("ada", 1));
        assertThat(votes.get("text")).isEmpty();
        assertThat(votes.containsKey("odd")).isFalse();
        assertThat(votes.snapshot()).isEqualTo(Map.of("ada", 1));
        assertThat(data.family(KeyFamily.of("vote/", Object.class)).asMap()).hasSize(2);
        lone.pass(0);
        assertThat(warnings).extracting(Warning::kind).containsExactly(Warning.Kind.UNDECODABLE_VALUE);
        assertThat(lone.room().stats().undecodableValues()).isEqualTo(1);
    }

    @Test
    void familiesMayLieWithinEachOther() {
        Family<Integer> first = data.family(KeyFamily.of("vote/a/", Integer.class));
        votes.putAll(Map.of("a/x", 1, "b/x", 2));
        assertThat(votes.asMap().keySet()).containsExactly("a/x", "b/x");
        assertThat(first.asMap().keySet()).as("made from the index around it").containsExactly("x");
        first.put("y", 3);
        assertThat(votes.asMap().keySet()).containsExactly("a/x", "a/y", "b/x");
        assertThat(first.asMap().keySet()).containsExactly("x", "y");
        first.clear();
        assertThat(votes.asMap()).isEqualTo(Map.of("b/x", 2));
    }

    @Test
    void partsAreLiveAndCostWhatTheyHold() {
        NavigableMap<String, Integer> all = votes.asMap();
        NavigableMap<String, Integer> part = all.subMap("p1/", true, "p1/\uffff", false);
        votes.putAll(Map.of("p0/a", 0, "p1/a", 1, "p1/b", 2, "p2/a", 3));
        data.put("vote/p1/c", "text");
        assertThat(part).isEqualTo(Map.of("p1/a", 1, "p1/b", 2));
        assertThat(part.lastKey()).isEqualTo("p1/b");
        assertThat(part.get("p2/a")).isNull();
        assertThat(all.descendingMap().keySet()).containsExactly("p2/a", "p1/b", "p1/a", "p0/a");
        assertThat(all.higherKey("p1/b")).isEqualTo("p2/a");
        assertThat(all.floorKey("p1/zzz")).isEqualTo("p1/b");
        assertThat(all.descendingMap().floorKey("p1/zzz")).isEqualTo("p2/a");
        assertThat(all.tailMap("p1/b", true).navigableKeySet().first()).isEqualTo("p1/b");
        assertThat(all.headMap("p1/b").size()).isEqualTo(2);
        assertThat(all.lastEntry()).isEqualTo(Map.entry("p2/a", 3));
        assertThat(all.entrySet().contains(Map.entry("p1/a", 1))).isTrue();
        assertThat(all.values()).containsExactly(0, 1, 2, 3);
        assertThat(new TreeMap<>(all)).isEqualTo(new HashMap<>(all)).hasSize(4);
    }

    @Test
    void nothingCanBeWrittenThroughAView() {
        votes.put("a", 1);
        List<NavigableMap<String, Integer>> views = List.of(votes.asMap(), votes.snapshot(), votes.asMap().descendingMap(),
                votes.where(each -> true).asMap());
        for (NavigableMap<String, Integer> view : views) {
            List<Runnable> writes = List.of(() -> view.put("b", 2), () -> view.remove("a"), () -> view.remove("b"), view::clear,
                    () -> view.keySet().remove("b"), () -> view.values().remove(1), () -> view.navigableKeySet().pollFirst(),
                    () -> view.entrySet().removeIf(entry -> false), () -> view.keySet().retainAll(List.of()), view::pollFirstEntry,
                    () -> view.entrySet().iterator().next().setValue(2), view::pollLastEntry, () -> view.replaceAll((key, value) -> 2),
                    () -> {
                        var all = view.keySet().iterator();
                        all.next();
                        all.remove();
                    });
            writes.forEach(write -> assertThatThrownBy(write::run).isInstanceOf(UnsupportedOperationException.class));
        }
        assertThat(votes.asMap()).isEqualTo(Map.of("a", 1));
    }

    // ---- wrong input

    @Test
    @SuppressWarnings("DataFlowIssue")
    void wrongInputIsRefusedBeforeAnythingHasChanged() {
        votes.put("ada", 1);
        long applied = Backstage.engineOf(lone.room()).state().session().writesApplied();
        Map<String, Integer> withNull = new HashMap<>(Map.of("bob", 2));
        withNull.put("eve", null);
        data.family(KeyFamily.of("vote/old/", String.class));
        List<Runnable> wrong = List.of(() -> KeyFamily.of("", Integer.class), () -> KeyFamily.of(null, Integer.class),
                () -> KeyFamily.of("x/", null), () -> VOTES.key(""), () -> VOTES.key(null), () -> VOTES.subKey(null),
                () -> data.family(null), () -> data.family(KeyFamily.of("list/", ArrayList.class)),
                () -> data.family(KeyFamily.of("half\ud83d", Integer.class)),
                () -> votes.put("", 2), () -> votes.put(null, 2), () -> votes.put("bob", null), () -> votes.putAll(null),
                () -> votes.putAll(withNull), () -> votes.putAll(Map.of("bob", 2, "", 3)), () -> votes.remove(""),
                () -> votes.get(""), () -> votes.containsKey(null), () -> votes.putIfChanged("", 1), () -> votes.where(null),
                () -> votes.onChange(null), () -> votes.bind(null), () -> votes.bind(Duration.ZERO, all -> {}),
                () -> votes.onChange(null, all -> {}), () -> data.bind(VOTES.key("a"), Duration.ZERO, value -> {}),
                () -> data.onChange("a", Duration.ofDays(400), change -> {}), () -> votes.put("old/ada", 2),
                () -> votes.putAll(Map.of("bob", 2, "old/ada", 3)));
        wrong.forEach(each -> assertThatThrownBy(each::run).isInstanceOf(InvalidArgumentException.class));
        String tooLong = "x".repeat(1_030);
        List<Runnable> large = List.of(() -> votes.put(tooLong, 1), () -> votes.putAll(Map.of("bob", 1, tooLong, 2)),
                () -> data.family(KeyFamily.of(tooLong, Integer.class)));
        large.forEach(each -> assertThatThrownBy(each::run).isInstanceOf(PayloadTooLargeException.class));
        assertThat(Backstage.engineOf(lone.room()).state().session().writesApplied()).isEqualTo(applied);
        assertThat(votes.asMap()).isEqualTo(Map.of("ada", 1));
    }

    @Test
    void tenThousandFamiliesMayBeBoundAndAChangeIsShownByItsOwn() {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < PrefixIndexes.MOST; i++) {
            String prefix = "row" + i + "/";
            data.family(KeyFamily.of(prefix, Integer.class)).bind(row -> shown.add(prefix + row.size()));
        }
        lone.pass(0);
        shown.clear();
        data.put("row77/a", 1);
        data.put("row9999/a", 1);
        lone.pass(0);
        assertThat(shown).containsExactly("row77/1", "row9999/1");
        votes.put("ada", 1);
        assertThat(votes.get("ada")).contains(1);
        assertThatThrownBy(votes::asMap).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("the limit is 10000");
        assertThatThrownBy(votes::clear).isInstanceOf(InvalidArgumentException.class);
        assertThat(data.family(KeyFamily.of("row5/", Integer.class)).asMap()).isEmpty();
    }

    @Test
    void afterTheEndItIsReadAndNotWritten() {
        votes.put("ada", 1);
        lone.room().close();
        lone.pass(10_000);
        assertThat(votes.asMap()).isEqualTo(Map.of("ada", 1));
        List<Runnable> writes = List.of(() -> votes.put("bob", 2), () -> votes.remove("ada"), votes::clear,
                () -> votes.onChange(change -> {}), () -> votes.bind(all -> {}), () -> votes.bind(Duration.ofMillis(5), all -> {}));
        writes.forEach(each -> assertThatThrownBy(each::run).isInstanceOf(RoomClosedException.class));
    }
}
