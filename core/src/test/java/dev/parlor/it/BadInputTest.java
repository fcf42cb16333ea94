package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.Batch;
import dev.parlor.InvalidArgumentException;
import dev.parlor.JoinException;
import dev.parlor.Key;
import dev.parlor.Limits;
import dev.parlor.Participant;
import dev.parlor.ParlorException;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.RequestException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import dev.parlor.UnknownParticipantException;
import dev.parlor.UnregisteredTypeException;
import dev.parlor.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is refused with a type, says what to do, and changes nothing. */
class BadInputTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    record Unregistered(int n) {}

    record Known(String text) {}

    private final Rooms rooms = new Rooms();

    @AfterEach
    void closeAll() {
        rooms.close();
    }

    @Test
    void unregisteredTypes() {
        Room room = rooms.join("a");
        Object bad = new Unregistered(1);
        assertRefused(room, UnregisteredTypeException.class, ".types(Unregistered.class)",
                () -> room.sessionData().put("k", bad),
                () -> room.sessionData().merge(Map.of("fine", 1, "k", bad)),
                () -> room.sessionData().replace(Map.of("k", List.of(bad))),
                () -> room.sessionData().update(batch -> batch.put("fine", 1).put("k", bad)),
                () -> room.setUserData(bad),
                () -> room.send(bad),
                () -> room.send(bad, room.me()),
                () -> room.request(bad, room.me(), String.class, SOON));
        assertThatThrownBy(() -> Room.named(rooms.name()).userData(bad).join())
                .isInstanceOf(UnregisteredTypeException.class);
    }

    @Test
    void oversizedThings() {
        Limits limits = new Limits(16, 100, 400, 50, 200);
        Room room = rooms.join("a", builder -> builder.limits(limits));
        room.sessionData().put("kept", "x".repeat(60));
        assertRefused(room, PayloadTooLargeException.class, "raise Limits.",
                () -> room.sessionData().put("k".repeat(17), 1),
                () -> room.sessionData().put("ü".repeat(9), 1),
                () -> room.sessionData().put("k", "x".repeat(101)),
                () -> room.sessionData().merge(Map.of("a", "x".repeat(90), "b", "x".repeat(90), "c", "x".repeat(90),
                        "d", "x".repeat(90))),
                () -> room.sessionData().replace(Map.of("a", "x".repeat(95), "b", "x".repeat(95), "c", "x".repeat(95),
                        "d", "x".repeat(95), "e", "x".repeat(95))),
                () -> room.setUserData("x".repeat(51)),
                () -> room.send("x".repeat(201)));
        room.sessionData().put("kept", "y".repeat(60));
        assertThat(room.sessionData().get("kept")).contains("y".repeat(60));
    }

    @Test
    void nullsAndNonsense() {
        Room room = rooms.join("a");
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("k", null);
        assertRefused(room, InvalidArgumentException.class, "",
                () -> room.sessionData().put((String) null, 1),
                () -> room.sessionData().put("", 1),
                () -> room.sessionData().put("half \ud800", 1),
                () -> room.sessionData().put("k", null),
                () -> room.sessionData().remove((String) null),
                () -> room.sessionData().remove((Key<?>) null),
                () -> room.sessionData().merge(null),
                () -> room.sessionData().merge(withNull),
                () -> room.sessionData().merge(Collections.singletonMap(null, 1)),
                () -> room.sessionData().get((String) null),
                () -> room.sessionData().onChange("k", null),
                () -> room.sessionData().bind("k", null),
                () -> room.setUserData(null),
                () -> room.send(null),
                () -> room.send("x", (Participant) null),
                () -> room.flush(Duration.ZERO),
                () -> room.awaitParticipants(0, SOON),
                () -> room.onMessage(String.class, null),
                () -> Key.of("", String.class),
                () -> Limits.defaults().withValueBytes(0),
                () -> Room.named(" "),
                () -> Room.named("x").as(null),
                () -> Room.named("x").passphrase(new char[0]),
                () -> Room.named("x").hosts(),
                () -> Room.named("x").hosts("a b").join(),
                () -> Room.named("x").hosts("a:99999").join());
    }

    @Test
    void aBatchThatThrowsWritesNothing() {
        Room room = rooms.join("a");
        assertThatThrownBy(() -> room.sessionData().update(batch -> {
            batch.put("k", 1);
            throw new IllegalStateException("mine");
        })).isInstanceOf(IllegalStateException.class).hasMessage("mine");
        assertThat(room.sessionData().snapshot()).isEmpty();
    }

    @Test
    void aBatchIsOfNoUseAfterItsUpdateAndOnOtherThreads() {
        Room room = rooms.join("a");
        List<Batch> kept = new ArrayList<>();
        room.sessionData().update(batch -> {
            kept.add(batch.put("k", 1));
            assertThatThrownBy(() -> CompletableFuture.runAsync(() -> batch.put("other", 2), each -> new Thread(each).start()).join())
                    .hasCauseInstanceOf(InvalidArgumentException.class).hasMessageContaining("another thread");
        });
        assertThatThrownBy(() -> kept.get(0).put("late", 3)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("late").hasMessageContaining("has ended");
        assertThatThrownBy(() -> kept.get(0).remove("k")).isInstanceOf(InvalidArgumentException.class);
        assertThat(room.sessionData().snapshot()).isEqualTo(Map.of("k", 1));
    }

    @Test
    void aClosedRoomRefusesWritesAndStillReads() {
        Room room = rooms.join("a");
        room.sessionData().put("k", 1);
        var waiting = room.sessionData().when("never", value -> true);
        room.close();
        room.close();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(RoomClosedException.class);
        assertThat(room.sessionData().get("k")).contains(1);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> room.sessionData().put("k", 2), () -> room.sessionData().remove("k"),
                () -> room.sessionData().clear(), () -> room.sessionData().update(batch -> {}),
                () -> room.setUserData("x"), () -> room.send("x"), () -> room.send("x", room.me()),
                () -> room.request("x", room.me(), String.class, SOON), () -> room.flush(SOON),
                () -> room.onMessage(String.class, (text, from) -> {}), () -> room.awaitParticipants(1, SOON),
                () -> room.on(RoomEvent.class, event -> {}), () -> room.onRequest(String.class, (text, from) -> text),
                () -> room.onUpdate(SOON, update -> {}), () -> room.flushAsync(SOON),
                () -> room.sessionData().onChange("k", change -> {}), () -> room.sessionData().onChange(change -> {}),
                () -> room.sessionData().onChange(Key.of("k", Integer.class), change -> {}),
                () -> room.sessionData().onChangeOfPrefix("k", change -> {}),
                () -> room.sessionData().when("k", value -> true),
                () -> room.sessionData().bind(Key.of("k", Integer.class), value -> {}),
                () -> room.sessionData().bind("k", value -> {}))) {
            assertThatThrownBy(call).isInstanceOf(RoomClosedException.class).hasMessageContaining("join it again");
        }
        assertThat(room.sessionData().get("k")).contains(1);
        assertThat(room.participants()).containsExactly(room.me());
        assertThat(room.host()).isEqualTo(room.me());
        assertThat(room.stats().entries()).isOne();
        assertThat(room.status()).isEqualTo(RoomStatus.CLOSED);
    }

    @Test
    void badStacksAndInterfaces(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.xml"), "<config><UDP bind_adr='1'/></config>");
        for (String location : List.of("/not/there.xml", "classpath:not-there.xml", "http://127.0.0.1:1/x.xml",
                broken.toString())) {
            assertThatThrownBy(() -> Room.named("x").stack(location).join()).as(location)
                    .isInstanceOfSatisfying(JoinException.class,
                            e -> assertThat(e.reason()).isEqualTo(JoinException.Reason.BAD_STACK));
        }
        assertThatThrownBy(() -> Room.named("x").networkInterface("nope0").join())
                .isInstanceOfSatisfying(JoinException.class,
                        e -> assertThat(e.reason()).isEqualTo(JoinException.Reason.NO_NETWORK))
                .hasMessageContaining("nope0").hasMessageContaining("lo");
        assertThatThrownBy(() -> Room.named("x").networkInterface("nope0").joinAsync().join())
                .isInstanceOf(CompletionException.class).hasCauseInstanceOf(JoinException.class);
    }

    @Test
    void whoIsNotThereCannotBeWrittenTo() {
        Room a = rooms.join("a");
        Room b = rooms.join("b");
        Participant gone = a.awaitParticipants(2, SOON).get(1);
        b.close();
        await().atMost(SOON).until(() -> a.participants().size() == 1);
        assertThatThrownBy(() -> a.send("x", a.me(), gone)).isInstanceOf(UnknownParticipantException.class)
                .hasMessageContaining("b");
        assertThatThrownBy(() -> a.awaitParticipants(2, Duration.ofMillis(50)))
                .isInstanceOf(RoomTimeoutException.class).hasMessageContaining("[a]");
    }

    @Test
    void requestsThatFailSayWhy() {
        Room a = rooms.join("a");
        Room b = rooms.join("b", builder -> builder.types(Known.class)
                .onRequest(Integer.class, (n, from) -> {
                    throw new IllegalStateException("out of tea");
                })
                .onRequest(Long.class, (n, from) -> new Known("unreadable there"))
                .onRequest(Short.class, (n, from) -> new java.util.concurrent.CompletableFuture<>())
                .onRequest(Double.class, (n, from) -> new Unregistered(1)));
        Participant to = a.awaitParticipants(2, SOON).get(1);
        assertReason(a, "nobody", to, RequestException.Reason.NO_HANDLER);
        assertReason(a, 1, to, RequestException.Reason.HANDLER_FAILED);
        assertReason(a, 2L, to, RequestException.Reason.UNEXPECTED_ANSWER);
        assertReason(a, (short) 3, to, RequestException.Reason.TIMEOUT);
        assertReason(a, 4.0, to, RequestException.Reason.HANDLER_FAILED);
        var unanswered = a.request((short) 5, to, String.class, SOON);
        b.close();
        assertThatThrownBy(unanswered::join).cause().isInstanceOfSatisfying(RequestException.class,
                e -> assertThat(e.reason()).isEqualTo(RequestException.Reason.PARTICIPANT_LEFT));
    }

    private static void assertReason(Room room, Object request, Participant to, RequestException.Reason reason) {
        assertThatThrownBy(() -> room.request(request, to, String.class,
                reason == RequestException.Reason.TIMEOUT ? Duration.ofMillis(100) : SOON).join())
                .cause().isInstanceOfSatisfying(RequestException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    @Test
    void aListenerThatThrowsHarmsNobodyElse() {
        Room a = rooms.join("a");
        Room b = rooms.join("b");
        List<Object> heard = new CopyOnWriteArrayList<>();
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        b.sessionData().onChange(change -> {
            throw new IllegalStateException("mine");
        });
        b.onMessage(String.class, (text, from) -> {
            throw new StackOverflowError();
        });
        b.sessionData().onChange(change -> heard.add(change.newValue().orElseThrow()));
        b.onMessage(String.class, (text, from) -> heard.add(text));
        b.on(Warning.class, warning -> {
            warnings.add(warning);
            throw new IllegalStateException("again");
        });
        a.sessionData().put("k", 1);
        a.send("hello");
        await().atMost(SOON).until(() -> heard.equals(List.of(1, "hello")) && warnings.size() == 2);
        assertThat(warnings).extracting(Warning::kind).containsOnly(Warning.Kind.LISTENER_FAILED);
    }

    @Test
    void aClassThatAParticipantLacksIsPassedOnAndWarnedOf() {
        Room a = rooms.join("a", builder -> builder.types(Known.class));
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        Room b = rooms.join("b", builder -> builder.on(Warning.class, warnings::add));
        a.sessionData().put("k", new Known("x"));
        a.setUserData(new Known("me"));
        a.send(new Known("hello"));
        a.flush(SOON);
        assertThat(b.sessionData().get("k")).isEmpty();
        assertThat(b.sessionData().get("k")).as("warned of once").isEmpty();
        assertThat(b.sessionData().containsKey("k")).isTrue();
        assertThat(b.host().userData()).isEmpty();
        await().atMost(SOON).until(() -> b.stats().undecodableValues() == 3);
        assertThat(warnings).as("one class that is lacking").hasSize(1)
                .allMatch(warning -> warning.kind() == Warning.Kind.UNDECODABLE_VALUE && warning.message().contains("register"));
        a.close();
        Room c = rooms.join("c", builder -> builder.types(Known.class));
        assertThat(c.sessionData().get("k")).as("through b, who cannot read it").contains(new Known("x"));
    }

    private static void assertRefused(Room room, Class<? extends ParlorException> type, String message,
            ThrowingCallable... calls) {
        Map<String, Object> before = room.sessionData().snapshot();
        for (int i = 0; i < calls.length; i++) {
            assertThatThrownBy(calls[i]).as("call " + i).isInstanceOf(type).hasMessageContaining(message);
        }
        assertThat(room.sessionData().snapshot()).isEqualTo(before);
        assertThat(room.me().userData()).isEmpty();
        assertThat(room.stats().outboxMessages()).isZero();
    }
}
