package dev.parlor.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Batch;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.SessionData;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.Subscription;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear, and what they do not. */
class ListenersTest {
    private static final long BEN = 2;
    private static final long NOW = LoneRoom.BEGIN_MILLIS << Stamp.COUNTER_BITS;

    private final LoneRoom lone = new LoneRoom();
    private final Room room = lone.room();
    private final SessionData data = room.sessionData();
    private final List<Object> heard = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private long frames = 1;
    private long writes = 1;

    @AfterEach
    void close() {
        lone.close();
    }

    private void benJoins() {
        room.on(Warning.class, warnings::add);
        lone.members(BEN);
        lone.comes(BEN, true, frames++, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, userData(1, "hi"),
                LoneRoom.BEGIN_MILLIS, -1));
        lone.pass(0);
    }

    private static UserValue userData(long version, String text) {
        return new UserValue(version, SimPeer.encoded(text));
    }

    private void benSays(Object text) {
        lone.comes(BEN, true, frames++, new Frame.Update(new StateDelta(Stamp.ZERO, List.of(), List.of()), 1, Map.of(),
                List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, SimPeer.encoded(text)))));
    }

    /** As long as the room's own writes are older. */
    private void benWrites(boolean clears, Map<String, Object> values) {
        List<StateDelta.KeyedValue> entries = new ArrayList<>();
        long time = NOW + (100_000_000L << Stamp.COUNTER_BITS) + writes++;
        values.forEach((key, value) -> entries.add(new StateDelta.KeyedValue(key,
                VersionedValue.of(time, Authorship.of(BEN, 0), SimPeer.encoded(value)))));
        lone.comes(BEN, true, frames++, new Frame.Update(new StateDelta(clears ? new Stamp(time, BEN) : Stamp.ZERO, entries,
                List.of()), 1, Map.of(), List.of()));
    }

    // ---- after the close

    @Test
    void whatTheExecutorRefusesAtTheCloseIsOfferedAgain() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        room.on(SessionDataChanged.class, change -> heard.add("change"));
        lone.pass(0);
        lone.listenersRefuse(true);
        data.put("k", 1);
        lone.pass(0);
        lone.close();
        lone.pass(10_000);
        assertThat(heard).isEmpty();
        lone.listenersRefuse(false);
        lone.pass(1_000);
        assertThat(heard).containsExactly("change", RoomStatus.CLOSED);
    }

    @Test
    void whatTheExecutorDropsAtTheCloseIsOfferedAgain() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        lone.pass(0);
        lone.listenersDrop(true);
        lone.close();
        lone.pass(1_000);
        lone.listenersDrop(false);
        lone.pass(10_000);
        assertThat(heard).containsExactly(RoomStatus.CLOSED);
    }

    @Test
    void whatTheExecutorRefusesForLongAfterTheCloseIsLetGo() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        data.put("k", 1);
        lone.pass(0);
        lone.listenersRefuse(true);
        lone.close();
        lone.pass(60_000);
        int offered = lone.refused();
        assertThat(offered).isPositive();
        lone.pass(600_000);
        assertThat(lone.refused()).isEqualTo(offered);
        lone.listenersRefuse(false);
        lone.pass(600_000);
        assertThat(heard).isEmpty();
    }

    @Test
    void whatIsLeftToAnExecutorThatIsBusyForLongAfterTheCloseIsToldWhenItRuns() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        lone.pass(0);
        lone.listenersStand(true);
        lone.close();
        lone.pass(600_000);
        lone.listenersStand(false);
        assertThat(heard).containsExactly(RoomStatus.CLOSED);
    }

    // ---- equal values

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

    // ---- messages that nobody hears

    @Test
    void aMessageThatNoListenerIsThereForIsCountedAndToldOnceForEachClass() {
        benJoins();
        benSays("early");
        benSays(1);
        benSays("early again");
        Subscription texts = room.onMessage(String.class, (text, from) -> heard.add(text));
        benSays("late");
        benSays(2);
        texts.close();
        benSays("too late");
        assertThat(heard).containsExactly("late");
        assertThat(room.stats().messagesReceived()).isEqualTo(1);
        assertThat(room.stats().messagesUnheard()).isEqualTo(5);
        assertThat(warnings).extracting(Warning::kind).containsOnly(Warning.Kind.MESSAGE_UNHEARD).hasSize(2);
        assertThat(warnings.get(0).message()).contains("java.lang.String", "Ben", "before join()");
    }

    @Test
    void aMessageThatCameBeforeItsListenerIsUnheardThoughItIsToldAfterwards() {
        benJoins();
        // In a listener, so that what comes waits.
        room.onMessage(Integer.class, (number, from) -> {
            benSays("before");
            room.onMessage(String.class, (text, sender) -> heard.add(text));
        });
        benSays(1);
        benSays("after");
        assertThat(heard).containsExactly("after");
        assertThat(room.stats().messagesUnheard()).isEqualTo(1);
    }

    // ---- listeners that throw

    @Test
    void aListenerThatThrowsAtEverythingIsToldNowAndThenAndCountedAlways() {
        benJoins();
        room.onMessage(String.class, (text, from) -> {
            throw new IllegalStateException("mine");
        });
        for (int i = 0; i < 1_000; i++) {
            benSays("x");
        }
        assertThat(room.stats().listenerFailures()).isEqualTo(1_000);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).message()).contains("ListenersTest", "mine");
        lone.pass(6_000);
        benSays("x");
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(1).message()).contains("999 more");
    }

    @Test
    void aListenerOfWarningsThatThrowsDoesNotRaiseThem() {
        benJoins();
        room.on(Warning.class, warning -> {
            throw new IllegalStateException("at a warning");
        });
        benSays("unheard");
        lone.pass(10_000);
        assertThat(room.stats().listenerFailures()).isEqualTo(1);
        assertThat(warnings).hasSize(1);
    }

    // ---- registrations

    @Test
    void nothingIsHandedOverOnceARegistrationHasEnded() {
        data.put("k", 1);
        List<Subscription> all = List.of(data.bind("k", heard::add), data.bind(Key.of("k", Integer.class), heard::add),
                data.onChange("k", heard::add), data.onChangeOfPrefix("", heard::add), data.onChange(heard::add),
                room.on(RoomEvent.class, heard::add), room.onUpdate(Duration.ofMillis(50), heard::add));
        data.put("k", 2);
        room.setUserData("new");
        all.forEach(Subscription::close);
        lone.pass(1_000);
        assertThat(heard).isEmpty();
    }

    @Test
    void aHeldUpdateIsNotHandedOverOnceItsRegistrationHasEnded() {
        Subscription updates = room.onUpdate(Duration.ofMillis(50), heard::add);
        room.setUserData("first");
        lone.pass(1);
        room.setUserData("held");
        lone.pass(1);
        updates.close();
        lone.pass(1_000);
        assertThat(heard).hasSize(1);
    }

    @Test
    void bindMayEndInItsFirstCall() {
        data.put("k", 1);
        Subscription[] bound = new Subscription[1];
        bound[0] = data.bind("k", value -> {
            heard.add(value);
            bound[0].close();
        });
        data.put("k", 2);
        lone.pass(0);
        assertThat(heard).hasSize(1);
    }

    @Test
    void nullIsRefusedWhereverAListenerIsGivenAndChangesNothing() {
        Participant me = room.me();
        List<ThrowingCallable> calls = List.of(
                () -> room.on(null, event -> {}),
                () -> room.on(RoomEvent.class, null),
                () -> room.onMessage(null, (text, from) -> {}),
                () -> room.onMessage(String.class, null),
                () -> room.onRequest(null, (text, from) -> text),
                () -> room.onRequest(String.class, null),
                () -> room.onUpdate(null, event -> {}),
                () -> room.onUpdate(Duration.ofSeconds(1), null),
                () -> room.request("x", me, null, Duration.ofSeconds(1)),
                () -> room.request("x", null, String.class, Duration.ofSeconds(1)),
                () -> room.send("x", (Participant[]) null),
                () -> room.send("x", me, (Participant) null),
                () -> room.participant((ParticipantId) null),
                () -> data.onChange((String) null, change -> {}),
                () -> data.onChange("k", null),
                () -> data.onChange(null),
                () -> data.onChangeOfPrefix(null, change -> {}),
                () -> data.onChangeOfPrefix("", null),
                () -> data.bind((String) null, value -> {}),
                () -> data.bind("k", null),
                () -> data.bind((Key<String>) null, value -> {}),
                () -> data.bind(Key.of("k", String.class), null),
                () -> data.when((String) null, value -> true),
                () -> data.when("k", null),
                () -> data.when((Key<String>) null, value -> true),
                () -> data.when(Key.of("k", String.class), (Predicate<String>) null),
                () -> data.update((Consumer<Batch>) null),
                () -> data.update(batch -> batch.put((Key<String>) null, "x")),
                () -> data.get((Key<String>) null),
                () -> data.get("k", null),
                () -> data.put((Key<String>) null, "x"),
                () -> data.putIfChanged((Key<String>) null, "x"),
                () -> data.putIfChanged("k", null));
        calls.forEach(call -> assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class));
        List<ThrowingCallable> building = new ArrayList<>();
        RoomBuilder builder = Room.named("never");
        building.add(() -> builder.on(null, event -> {}));
        building.add(() -> builder.on(RoomEvent.class, null));
        building.add(() -> builder.onMessage(null, (text, from) -> {}));
        building.add(() -> builder.onMessage(String.class, null));
        building.add(() -> builder.onRequest(null, (text, from) -> text));
        building.add(() -> builder.onRequest(String.class, null));
        building.add(() -> builder.onSyncProgress(null));
        building.add(() -> builder.deliverOn(null));
        building.add(() -> builder.types((Class<?>[]) null));
        building.add(() -> builder.types(String.class, (Class<?>) null));
        building.add(() -> builder.hosts((String[]) null));
        building.add(() -> builder.hosts("localhost", (String) null));
        building.forEach(call -> assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class));
        // Nothing is broken by them.
        data.onChange("k", change -> heard.add(change.key()));
        data.put("k", 1);
        lone.pass(0);
        assertThat(heard).containsExactly("k");
        assertThat(room.stats().listenerFailures()).isZero();
    }
}
