package dev.parlor.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Batch;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What listeners hear, and what they do not: messages, what they throw, and registrations. */
class ListenersTest extends RoomWithBen {
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
