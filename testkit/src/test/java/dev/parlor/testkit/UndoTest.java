package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Change;
import dev.parlor.Lifetime;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.SessionDataChanged;
import dev.parlor.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Undo and redo of one's own changes: with others who write, with lifetimes, through cuts and compactions. */
class UndoTest extends UndoRooms {
    /** So many removed keys, and more than live ones, are worth a compaction. */
    private static final int TOMBSTONES = 10_001;

    // ---- steps

    @Test
    void putsAndRemovesGoBackAndForth() {
        data(ada).put("a", 1);
        data(ada).put("a", 2);
        data(ada).remove("a");
        assertThat(undo.canUndo()).isTrue();
        assertThat(undo.canRedo()).isFalse();
        assertThat(undo.undo()).isEqualTo(result(Set.of("a"), Set.of()));
        assertBoth(Map.of("a", 2));
        undo.undo();
        assertBoth(Map.of("a", 1));
        undo.undo();
        assertBoth(Map.of());
        assertThat(undo.canUndo()).isFalse();
        assertThat(undo.undo()).isEqualTo(result(Set.of(), Set.of()));
        undo.redo();
        assertBoth(Map.of("a", 1));
        undo.redo();
        assertThat(undo.redo()).isEqualTo(result(Set.of("a"), Set.of()));
        assertBoth(Map.of());
        assertThat(undo.redo()).isEqualTo(result(Set.of(), Set.of()));
        undo.undo();
        assertBoth(Map.of("a", 2));
        data(ada).put("b", 1);
        assertThat(undo.canRedo()).as("a new change forgets what could be redone").isFalse();
        undo.undo();
        undo.undo();
        assertBoth(Map.of("a", 1));
    }

    @Test
    void whatWasWrittenAsOneIsRestoredAsOne() {
        data(ada).merge(Map.of("a", 1, "b", 2));
        data(ada).update(batch -> batch.put("a", 3).remove("b").put("c", 4));
        settle();
        List<Set<String>> told = new ArrayList<>();
        ben.on(SessionDataChanged.class, event -> told.add(Set.copyOf(event.changes().stream().map(Change::key).toList())));
        undo.undo();
        assertBoth(Map.of("a", 1, "b", 2));
        assertThat(told).containsExactly(Set.of("a", "b", "c"));
        undo.undo();
        assertBoth(Map.of());
        undo.redo();
        undo.redo();
        assertBoth(Map.of("a", 3, "c", 4));
    }

    @Test
    void aClearAndAReplaceBringBackWhatEverybodyHadWritten() {
        data(ben).put("theirs", "ben");
        data(ada).put("mine", "ada");
        settle();
        data(ada).clear();
        settle();
        data(ben).put("theirs", "again");
        settle();
        assertThat(undo.undo()).isEqualTo(result(Set.of("mine"), Set.of("theirs")));
        assertBoth(Map.of("mine", "ada", "theirs", "again"));
        data(ada).replace(Map.of("mine", "new", "other", 1));
        assertBoth(Map.of("mine", "new", "other", 1));
        undo.undo();
        assertBoth(Map.of("mine", "ada", "theirs", "again"));
        undo.redo();
        assertBoth(Map.of("mine", "new", "other", 1));
    }

    @Test
    void whatOthersHaveClearedSinceStaysSo() {
        data(ada).put("a", 1);
        settle();
        data(ada).clear();
        settle();
        data(ben).clear();
        settle();
        assertThat(undo.undo()).isEqualTo(result(Set.of(), Set.of("a")));
        assertBoth(Map.of());
    }

    @Test
    void whatChangesNothingIsNoStep() {
        data(ada).put("a", 1);
        data(ada).put("a", 1);
        data(ada).putIfChanged("a", 1);
        data(ada).remove("none");
        data(ada).merge(Map.of());
        data(ada).putDefault("start", 1);
        undo.undo();
        assertBoth(Map.of("start", 1));
        assertThat(undo.canUndo()).isFalse();
    }

    @Test
    void aStartValueComesBackAsAnOrdinaryOne() {
        data(ben).putDefault("title", "Untitled");
        settle();
        data(ada).put("title", "Plan");
        undo.undo();
        assertBoth(Map.of("title", "Untitled"));
        assertThat(data(ben).entry("title").orElseThrow().author().name()).isEqualTo("Ada");
    }

    // ---- others

    @Test
    void whatAnotherHasWrittenSinceIsLeft() {
        data(ada).put("a", 1);
        data(ada).merge(Map.of("a", 2, "b", 2));
        settle();
        data(ben).put("a", 3);
        settle();
        assertThat(undo.undo()).isEqualTo(result(Set.of("b"), Set.of("a")));
        assertBoth(Map.of("a", 3));
        assertThat(undo.redo()).isEqualTo(result(Set.of("b"), Set.of()));
        assertBoth(Map.of("a", 3, "b", 2));
        undo.undo();
        assertThat(undo.undo()).isEqualTo(result(Set.of(), Set.of("a")));
        assertBoth(Map.of("a", 3));
        assertThat(undo.canRedo()).as("nothing was restored").isTrue();
    }

    @Test
    void anEqualValueOfAnotherIsTheirs() {
        data(ada).put("a", 0);
        data(ada).put("a", 1);
        settle();
        data(ben).put("a", 1);
        settle();
        assertThat(undo.undo()).isEqualTo(result(Set.of(), Set.of("a")));
        assertBoth(Map.of("a", 1));
    }

    @Test
    void twoUndoEachTheirOwn() {
        Undo bens = data(ben).undo(10);
        data(ada).put("a", 1);
        data(ben).put("b", 1);
        settle();
        data(ben).put("a", 2);
        settle();
        assertThat(undo.undo().left()).containsExactly("a");
        bens.undo();
        assertBoth(Map.of("a", 1, "b", 1));
        bens.undo();
        assertBoth(Map.of("a", 1));
    }

    @Test
    void anUndoIsAChangeToAnotherOfTheSameRoom() {
        Undo keys = data(ada).undo(10, Set.of("a"));
        Undo prefix = data(ada).undo(10, "b/");
        data(ada).update(batch -> batch.put("a", 1).put("b/1", 1).put("c", 1));
        assertThat(keys.undo().restored()).containsExactly("a");
        assertThat(prefix.undo().restored()).containsExactly("b/1");
        assertBoth(Map.of("c", 1));
        assertThat(undo.undo().restored()).containsExactly("b/1");
        assertThat(undo.undo().restored()).containsExactly("a");
        assertThat(undo.undo()).isEqualTo(result(Set.of("a", "b/1", "c"), Set.of()));
        assertBoth(Map.of());
        assertThat(keys.undo().left()).as("undone by another").isEmpty();
    }

    @Test
    void aPartOfTheRoomThatWasCutOffKeepsWhatItWrote() {
        data(ada).put("a", 0);
        data(ada).put("b", 0);
        settle();
        network.partition(List.of(ada), List.of(ben));
        network.advance(SETTLED);
        data(ada).put("a", 1);
        data(ada).put("b", 1);
        network.advance(SECOND);
        data(ben).put("b", 2);
        data(ada).put("c", 1);
        undo.undo();
        network.heal();
        network.advance(SETTLED);
        assertThat(undo.undo().left()).containsExactly("b");
        assertThat(undo.undo().restored()).containsExactly("a");
        assertBoth(Map.of("a", 0, "b", 2));
    }

    @Test
    void worksAloneAndNotInAClosedRoom() {
        ben.close();
        data(ada).put("a", 1);
        undo.undo();
        assertThat(data(ada).size()).isZero();
        data(ada).put("a", 2);
        ada.close();
        assertThat(undo.canUndo()).isFalse();
        assertThatThrownBy(undo::undo).isInstanceOf(RoomClosedException.class);
        assertThatThrownBy(undo::redo).isInstanceOf(RoomClosedException.class);
        assertThatThrownBy(() -> undo.group(() -> { })).isInstanceOf(RoomClosedException.class);
        assertThatThrownBy(() -> undo.onChange(() -> { })).isInstanceOf(RoomClosedException.class);
        assertThatThrownBy(() -> data(ada).undo(1)).isInstanceOf(RoomClosedException.class);
        undo.close();
    }

    // ---- lifetimes

    @Test
    void lifetimesAreKept() {
        data(ada).put("wave", "hello", Lifetime.of(SECOND.multipliedBy(10)));
        data(ada).put("wave", "again");
        network.advance(SECOND.multipliedBy(4));
        undo.undo();
        settle();
        assertThat(data(ben).entry("wave").orElseThrow().left().orElseThrow()).isLessThan(SECOND.multipliedBy(6));
        data(ada).put("wave", "again");
        network.advance(SECOND.multipliedBy(10));
        assertThat(undo.undo().restored()).as("it has ended meanwhile: removed").containsExactly("wave");
        assertBoth(Map.of());
    }

    @Test
    void whatEndedByItselfIsLeft() {
        data(ada).put("wave", "before");
        data(ada).put("wave", "hello", Lifetime.of(SECOND));
        network.advance(SECOND.multipliedBy(3));
        assertThat(undo.undo().left()).containsExactly("wave");
        assertBoth(Map.of());
    }

    @Test
    void whatLivesWhileItsAuthorIsPresentLivesWithWhoRestoredIt() {
        data(ben).put("edits", "Ben", Lifetime.whilePresent());
        settle();
        data(ada).remove("edits");
        undo.undo();
        settle();
        ben.close();
        network.advance(SETTLED);
        assertThat(data(ada).get("edits")).contains("Ben");
        assertThat(data(ada).entry("edits").orElseThrow().lifetime()).contains(Lifetime.whilePresent());
    }

    @Test
    void aCompactionMakesNothingSomebodyElses() {
        Undo few = data(ada).undo(100, Set.of("removed", "kept", "again"));
        data(ada).merge(Map.of("removed", 1, "kept", 1, "again", 1));
        data(ada).put("kept", 2);
        data(ada).remove("removed");
        data(ada).remove("again");
        settle();
        data(ben).put("again", 2);
        data(ben).remove("again");
        for (int i = 0; i < TOMBSTONES; i++) {
            data(ada).put("other" + i, i);
            data(ada).remove("other" + i);
        }
        network.advance(RETENTION.plus(SETTLED));
        for (Room room : List.of(ada, ben)) {
            assertThat(room.stats().compactions()).isEqualTo(1);
            assertThat(room.stats().tombstones()).isZero();
        }
        assertThat(few.undo()).as("of the removal of another").isEqualTo(result(Set.of(), Set.of("again")));
        assertThat(few.undo()).isEqualTo(result(Set.of("removed"), Set.of()));
        assertThat(few.undo()).isEqualTo(result(Set.of("kept"), Set.of()));
        assertBoth(Map.of("removed", 1, "kept", 1));
        assertThat(few.redo().restored()).containsExactly("kept");
        assertThat(few.redo().restored()).containsExactly("removed");
        assertBoth(Map.of("kept", 2));
    }

    /** Values have numbers, so that what is written back is told from what is new. */
    @Test
    void whileThreadsWriteNothingIsRestoredOverAnothersWrite() throws Exception {
        try (ParlorNetwork real = ParlorNetwork.create(NetworkKind.IN_MEMORY)) {
            Room one = real.join("One");
            Room two = real.join("Two");
            one.awaitParticipants(2, SETTLED);
            Undo ours = data(one).undo(Undo.MOST_STEPS);
            Map<String, Set<Object>> were = new ConcurrentHashMap<>();
            Map<String, ParticipantId> writers = new ConcurrentHashMap<>();
            List<String> wrong = new CopyOnWriteArrayList<>();
            AtomicInteger restored = new AtomicInteger();
            data(one).onChange(change -> {
                Set<Object> values = were.computeIfAbsent(change.key(), any -> ConcurrentHashMap.newKeySet());
                boolean again = change.newValue().isPresent() ? !values.add(change.newValue().get()) : true;
                restored.addAndGet(again && change.cause() == Change.Cause.LOCAL ? 1 : 0);
                // By who wrote it, not by what it is: what the one has restored of the other's is the one's own, and may be replaced again.
                ParticipantId before = writers.put(change.key(), change.author().id());
                if (again && change.cause() == Change.Cause.LOCAL && two.me().id().equals(before)) {
                    wrong.add(change.toString());
                }
            });
            ExecutorService threads = Executors.newFixedThreadPool(4);
            AtomicInteger number = new AtomicInteger();
            // Few enough that no changes become one while they wait for the listener.
            for (int round = 0; round < 20; round++) {
                List<Future<?>> all = new ArrayList<>();
                for (String name : List.of("one", "one", "two")) {
                    all.add(threads.submit(() -> {
                        for (int i = 0; i < 60; i++) {
                            data(name.equals("one") ? one : two).put("k" + i % 3, name + number.incrementAndGet());
                        }
                    }));
                }
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        if (i % 4 == 3) {
                            ours.redo();
                        } else {
                            ours.undo();
                        }
                    }
                }));
                for (Future<?> each : all) {
                    each.get();
                }
                two.flush(SETTLED);
                String last = "round" + round;
                data(one).put(last, last);
                assertThat(real.await(() -> were.containsKey(last), SETTLED)).isTrue();
            }
            threads.shutdown();
            assertThat(wrong).isEmpty();
            assertThat(restored).hasPositiveValue();
        }
    }
}
