package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.InvalidArgumentException;
import dev.parlor.JoinException;
import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import dev.parlor.RekeyException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room's passphrase is changed while it runs. */
class RekeyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OLD = "open sesame";
    private static final String NEW = "close sesame";

    private final String name = "rekey-" + UUID.randomUUID();
    private final String host;
    private final List<Room> joined = new ArrayList<>();

    RekeyTest() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            host = "127.0.0.1:" + free.getLocalPort();
        }
    }

    @AfterEach
    void close() {
        joined.forEach(Room::close);
    }

    private Room join(String reach, String displayName, String passphrase) {
        RoomBuilder builder = Room.named(name).as(displayName).passphrase(passphrase.toCharArray());
        Room room = (reach.equals("hosts") ? builder.hosts(host) : builder).join();
        joined.add(room);
        return room;
    }

    /** Of a, b and c, who all see each other. */
    private List<Room> threeRooms(String reach) {
        List<Room> rooms = List.of(join(reach, "a", OLD), join(reach, "b", OLD), join(reach, "c", OLD));
        rooms.forEach(each -> each.awaitParticipants(3, SOON));
        return rooms;
    }

    private static Participant named(Room room, String name) {
        return room.participants().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> names(Room room) {
        return room.participants().stream().map(Participant::name).toList();
    }

    private static void done(CompletableFuture<Void> change) {
        change.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"this-machine", "hosts"})
    void allFollowWhileTheyWriteAndNothingIsLost(String reach) {
        List<Room> rooms = threeRooms(reach);
        Room a = rooms.get(0);
        Room b = rooms.get(1);
        Room c = rooms.get(2);
        List<Object> left = new CopyOnWriteArrayList<>();
        rooms.forEach(each -> each.on(ParticipantLeft.class, left::add));
        List<Integer> heard = new CopyOnWriteArrayList<>();
        c.onMessage(Integer.class, (number, from) -> heard.add(number));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 3_000; i++) {
                b.sessionData().put("k" + i % 100, i);
                b.send(i);
            }
        });

        done(a.rekey(NEW.toCharArray()));
        writing.join();

        b.flush(SOON);
        await().atMost(SOON).until(() -> heard.size() == 3_000);
        assertThat(heard).isSorted();
        assertThat(a.sessionData().snapshot()).isEqualTo(c.sessionData().snapshot()).hasSize(100);
        Room d = join(reach, "d", NEW);
        assertThat(d.sessionData().snapshot()).isEqualTo(a.sessionData().snapshot());
        assertThat(left).isEmpty();
        assertThat(names(d)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whoIsThrownOutStaysOut() {
        List<Room> rooms = threeRooms("this-machine");
        Room a = rooms.get(0);
        Room b = rooms.get(1);
        Room c = rooms.get(2);
        done(a.rekey(NEW.toCharArray(), named(a, "c")));

        await().atMost(SOON).until(() -> names(a).equals(List.of("a", "b")) && names(b).equals(List.of("a", "b"))
                && names(c).equals(List.of("c")));
        a.sessionData().put("secret", "not for c");
        c.sessionData().put("c's", "not for a");
        a.flush(SOON);
        assertThat(b.sessionData().get("secret")).contains("not for c");
        assertThat(c.sessionData().snapshot()).containsOnlyKeys("c's");
        assertThat(a.sessionData().snapshot()).containsOnlyKeys("secret");
        assertThat(a.stats().strangersRefused()).isPositive();
        c.close();
        assertThatThrownBy(() -> join("this-machine", "e", OLD).close()).isInstanceOfSatisfying(JoinException.class,
                e -> assertThat(e.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE));
    }

    /** For two seconds datagrams under the former key are still taken, of those who have the new one. */
    @Test
    void whatSomebodyWritesWhoIsThrownOutIsTakenByNobody() {
        List<Room> rooms = threeRooms("this-machine");
        Room a = rooms.get(0);
        Room b = rooms.get(1);
        Room c = rooms.get(2);
        List<String> heard = new CopyOnWriteArrayList<>();
        List.of(a, b).forEach(each -> each.onMessage(String.class, (text, from) -> heard.add(text)));
        done(a.rekey(NEW.toCharArray(), named(a, "c")));
        await().atMost(SOON).until(() -> names(b).equals(List.of("a", "b")));
        c.sessionData().put("late", "not for a");
        c.send("late");

        await().atMost(SOON).until(() -> names(c).equals(List.of("c")));
        a.flush(SOON);
        assertThat(a.sessionData().snapshot()).isEmpty();
        assertThat(b.sessionData().snapshot()).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(a.stats().framesRefused()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whoIsThrownOutIsNotWaitedFor(int which) {
        List<Room> rooms = new ArrayList<>(threeRooms("this-machine"));
        Room out = rooms.remove(which);
        Room a = rooms.get(0);
        Room b = rooms.get(1);
        List<Object> left = new CopyOnWriteArrayList<>();
        b.on(ParticipantLeft.class, event -> left.add(event.participant().name()));
        done(a.rekey(NEW.toCharArray(), named(a, out.me().name())));
        assertThat(names(a)).containsExactly(a.me().name(), b.me().name());
        for (int i = 0; i < 40; i++) {
            // More than JGroups' credits: one that gives none back must not stop the others.
            a.sessionData().put("k" + i % 3, new byte[100_000]);
            b.send(i);
        }
        a.flush(Duration.ofSeconds(4));
        b.flush(Duration.ofSeconds(4));
        assertThat(a.host().name()).isEqualTo(b.host().name()).isEqualTo(a.me().name());
        // And a second change need not be confirmed by who is out.
        done(b.rekey("yet another".toCharArray()));
        a.flush(Duration.ofSeconds(4));
        assertThat(left).containsExactly(out.me().name());
        await().atMost(SOON).until(() -> names(out).equals(List.of(out.me().name())));
        assertThat(out.sessionData().snapshot()).isEmpty();
    }

    @Test
    void whoComesLaterKnowsWhichPassphrasesAreKnown() {
        Room a = join("this-machine", "a", OLD);
        Room mallory = join("this-machine", "mallory", OLD);
        a.awaitParticipants(2, SOON);
        done(a.rekey(NEW.toCharArray()));
        Room c = join("this-machine", "c", NEW);
        c.awaitParticipants(3, SOON);
        a.flush(SOON);
        a.close();
        await().atMost(SOON).until(() -> names(c).equals(List.of("mallory", "c")));
        for (String known : List.of(OLD, NEW)) {
            assertThatThrownBy(() -> done(c.rekey(known.toCharArray(), named(c, "mallory"))))
                    .cause().isInstanceOfSatisfying(RekeyException.class,
                            e -> assertThat(e.reason()).isEqualTo(RekeyException.Reason.KNOWN));
        }
        assertThat(names(mallory)).containsExactly("mallory", "c");
    }

    /** What was used before is not forgotten by the change before, if it is what is to come. */
    @Test
    void theFormerPassphraseIsTakenUpAgainAtOnce() {
        List<Room> rooms = threeRooms("this-machine");
        Room a = rooms.get(0);
        for (int i = 0; i < 4; i++) {
            done(rooms.get(i % 3).rekey((i % 2 == 0 ? NEW : OLD).toCharArray()));
            a.sessionData().put("k", i);
            a.flush(Duration.ofSeconds(4));
        }
        assertThat(names(a)).containsExactly("a", "b", "c");
    }

    @Test
    void whoIsThrownOutMustNotKnowThePassphrase() {
        Room a = join("this-machine", "a", OLD);
        Room b = join("this-machine", "b", OLD);
        a.awaitParticipants(2, SOON);
        done(a.rekey(NEW.toCharArray()));
        done(a.rekey("yet another".toCharArray()));
        for (String known : List.of("yet another", NEW, OLD)) {
            assertThatThrownBy(() -> done(a.rekey(known.toCharArray(), named(a, "b"))))
                    .cause().isInstanceOfSatisfying(RekeyException.class,
                            e -> assertThat(e.reason()).isEqualTo(RekeyException.Reason.KNOWN));
        }
        assertThat(names(b)).containsExactly("a", "b");
    }

    @Test
    void ofTwoWhoChangeItAtOnceOneDoes() {
        List<Room> rooms = threeRooms("this-machine");
        Room a = rooms.get(0);
        Room b = rooms.get(1);
        Room c = rooms.get(2);
        CompletableFuture<Void> ofA = a.rekey("of a".toCharArray());
        CompletableFuture<Void> ofB = b.rekey("of b".toCharArray());
        await().atMost(SOON).until(() -> ofA.isDone() && ofB.isDone());
        // One, or one after the other if they were not quite at once.
        assertThat(List.of(ofA, ofB)).anyMatch(each -> !each.isCompletedExceptionally());
        a.sessionData().put("k", "v");
        a.flush(SOON);
        assertThat(b.sessionData().get("k")).contains("v");
        assertThat(c.sessionData().get("k")).contains("v");
        assertThat(names(c)).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsWrongIsRefusedAndChangesNothing() {
        Room a = join("this-machine", "a", OLD);
        assertThatThrownBy(() -> a.rekey(new char[0])).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> a.rekey(NEW.toCharArray(), a.me())).isInstanceOf(InvalidArgumentException.class);
        done(a.rekey(NEW.toCharArray()));
        Room open = Room.named(name + "-open").join();
        joined.add(open);
        assertThatThrownBy(() -> open.rekey(NEW.toCharArray())).isInstanceOfSatisfying(RekeyException.class,
                e -> assertThat(e.reason()).isEqualTo(RekeyException.Reason.OPEN_ROOM));
    }

    @Test
    void whoWaitsForItInAListenerGetsThere() throws Exception {
        Room a = join("hosts", "a", OLD), b = join("hosts", "b", OLD);
        a.awaitParticipants(2, SOON);
        b.awaitParticipants(2, SOON);
        CompletableFuture<Object> ended = new CompletableFuture<>();
        a.onMessage(String.class, (text, from) -> ended.complete(a.rekey(text.toCharArray())
                .handle((done, thrown) -> thrown != null ? thrown : "changed").join()));
        b.send(NEW);
        assertThat(ended.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("changed");
        b.flush(SOON);
    }
}
