package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.SessionDataChanged;
import dev.parlor.testkit.jvm.ControlRoom;
import dev.parlor.testkit.jvm.ParlorJvm;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rooms of several JVMs, each a process of its own. */
class ManyJvmsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Of which a third gave up when each attempt to join was given 100 ms. */
    private static final int PAIRS = 8;
    /** By each of two, before the first late joiner. */
    private static final int WRITTEN_BEFORE = 500;

    private final String roomName = "it-" + UUID.randomUUID();
    private final ControlRoom control = ControlRoom.open();

    /** What a participant does once it has joined. */
    interface Deed extends Serializable {
        void with(Room room, Heard heard, ControlRoom there) throws Exception;
    }

    @AfterEach
    void endAll() {
        control.close();
    }

    /** A participant in a JVM of its own, which stays until it is killed. */
    private ParlorJvm peer(String name, Deed deed) {
        return peer(control, roomName, name, deed);
    }

    private static ParlorJvm peer(ControlRoom control, String roomName, String name, Deed deed) {
        return control.run(name, there -> {
            Heard heard = new Heard();
            Room room = Room.named(roomName).as(name).userData("data of " + name).types(Heard.Written.class)
                    .on(SessionDataChanged.class, heard::changes).on(MessageReceived.class, heard::message).join();
            heard.begin(room);
            deed.with(room, heard, there);
            Thread.currentThread().join();
        });
    }

    private static String users(Room room) {
        return room.participants().stream().map(each -> each.name() + "=" + each.userData().orElse("nothing")).sorted().toList()
                .toString();
    }

    @Test
    void joinedMeansInSyncWithTenThousandEntries() {
        try (Room host = Room.named(roomName).as("host").join()) {
            for (int i = 0; i < 10_000; i++) {
                host.sessionData().put("key-" + i, "value " + i);
            }
            for (String name : List.of("a", "b")) {
                peer(name, (room, heard, there) -> {
                    there.publish("entries/" + name, room.sessionData().size());
                    there.publish("digest/" + name, room.stats().digest());
                    room.awaitParticipants(3, SOON);
                    there.publish("users/" + name, users(room));
                });
            }
            for (String name : List.of("a", "b")) {
                assertThat(control.await("entries/" + name, Integer.class)).as("when join() returned").isEqualTo(10_000);
                assertThat(control.await("digest/" + name, Long.class)).isEqualTo(host.stats().digest());
                assertThat(control.await("users/" + name, String.class)).contains("a=data of a", "b=data of b");
            }
        }
    }

    @Test
    void ofTwoProgramsStartedAtOnceNoneGivesUpJoining() {
        for (int i = 0; i < PAIRS; i++) {
            String pairName = roomName + i;
            List<ParlorJvm> pair = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                pair.add(ParlorJvm.run(name, nowhere -> {
                    Room.named(pairName).as(name).join();
                    System.out.println("ready");
                    Thread.currentThread().join();
                }));
            }
            pair.forEach(each -> each.awaitOutput("ready"));
            pair.forEach(ParlorJvm::close);
            assertThat(pair).allSatisfy(each -> assertThat(each.output()).noneMatch(line -> line.contains("JOIN attempts")));
        }
    }

    @Test
    void threeWritersOfTheSameKeysEndWithTheSameContent() {
        List<String> names = List.of("a", "b", "c");
        for (String name : names) {
            peer(name, (room, heard, there) -> {
                room.awaitParticipants(3, SOON);
                there.barrier("all are there", 3);
                Random random = new Random();
                for (int i = 0; i < 5_000; i++) {
                    String key = "k" + random.nextInt(100);
                    if (random.nextInt(10) == 0) {
                        room.sessionData().remove(key);
                    } else {
                        room.sessionData().put(key, name + i);
                    }
                }
                room.flush(SOON);
                there.barrier("all have written", 3);
                there.publish("digest/" + name, room.stats().digest());
                there.publish("broken/" + name, heard.broken(SOON));
            });
        }
        assertThat(names).extracting(name -> control.await("digest/" + name, Long.class)).containsOnly(
                control.await("digest/a", Long.class));
        assertThat(names).allSatisfy(name -> assertThat(control.await("broken/" + name, Integer.class)).isZero());
    }

    @Test
    void theRoomGoesOnWhenTheHostIsKilled() {
        ParlorJvm host = peer("host", (room, heard, there) -> {
            room.sessionData().put("kept", "yes");
            there.publish("host is there", true);
            room.awaitParticipants(3, SOON);
            room.flush(SOON);
            there.barrier("all are there", 4);
        });
        control.await("host is there", Boolean.class);
        peer("b", (room, heard, there) -> {
            there.publish("b is there", true);
            whenTheHostIsKilled("b", room, there);
            room.sessionData().put("after", "death");
        });
        control.await("b is there", Boolean.class);
        peer("c", (room, heard, there) -> {
            whenTheHostIsKilled("c", room, there);
            there.publish("after", room.sessionData().when("after", "death"::equals).get(30, TimeUnit.SECONDS));
        });
        control.barrier("all are there", 4);
        host.kill();
        for (String name : List.of("b", "c")) {
            assertThat(control.await("left/" + name, String.class)).isEqualTo("host LOST");
            assertThat(control.await("then/" + name, String.class))
                    .isEqualTo("[b=data of b, c=data of c], host is b, kept is yes");
        }
        assertThat(control.await("after", String.class)).isEqualTo("death");
        peer("host", (room, heard, there) -> there.publish("again", room.sessionData().get("kept").orElse("nothing")
                + ", host is " + room.host().name()));
        assertThat(control.await("again", String.class)).as("a new participant, not its former self").isEqualTo("yes, host is b");
    }

    private static void whenTheHostIsKilled(String name, Room room, ControlRoom there) throws Exception {
        CompletableFuture<String> left = new CompletableFuture<>();
        room.on(ParticipantLeft.class, event -> left.complete(event.participant().name() + " " + event.reason()));
        room.awaitParticipants(3, SOON);
        there.barrier("all are there", 4);
        there.publish("left/" + name, left.get(30, TimeUnit.SECONDS));
        there.publish("then/" + name, users(room) + ", host is " + room.host().name() + ", kept is "
                + room.sessionData().get("kept").orElse("nothing"));
    }

    @Test
    void aLateJoinerInAStormGetsEverythingAndNoEventTwice() {
        List<String> names = List.of("a", "b", "c", "d", "e");
        for (String name : List.of("a", "b")) {
            peer(name, (room, heard, there) -> {
                int written = storm(room, name, there);
                there.publish("written/" + name, written);
                atTheEnd(name, room, heard, there);
            });
        }
        control.await("storming/a", Boolean.class);
        control.await("storming/b", Boolean.class);
        for (String late : List.of("c", "d", "e")) {
            peer(late, (room, heard, there) -> {
                there.publish("joined/" + late, room.sessionData().size());
                atTheEnd(late, room, heard, there);
            });
            assertThat(control.await("joined/" + late, Integer.class)).isGreaterThan(WRITTEN_BEFORE);
        }
        control.publish("calm", true);
        int written = control.await("written/a", Integer.class) + control.await("written/b", Integer.class);
        for (String name : names) {
            assertThat(control.await("entries/" + name, Integer.class)).isEqualTo(written + 20);
            assertThat(control.await("digest/" + name, Long.class)).isEqualTo(control.await("digest/a", Long.class));
            assertThat(control.await("broken/" + name, Integer.class)).isZero();
        }
    }

    /** Writes until told to stop: ever new keys, and some again and again; says how many new ones. */
    private static int storm(Room room, String prefix, ControlRoom there) {
        AtomicBoolean calm = new AtomicBoolean();
        there.when("calm", Boolean.class, yes -> yes).thenRun(() -> calm.set(true));
        int i = 0;
        for (; !calm.get(); i++) {
            room.sessionData().put(prefix + "/" + i, i);
            room.sessionData().put(prefix + "-hot" + i % 10, i);
            if (i == WRITTEN_BEFORE) {
                there.publish("storming/" + prefix, true);
            }
            if (i % 10 == 0) {
                // Thousands of writes a second; more would only make the check afterwards long.
                LockSupport.parkNanos(1_000_000);
            }
        }
        room.flush(SOON);
        return i;
    }

    private static void atTheEnd(String name, Room room, Heard heard, ControlRoom there) {
        there.barrier("calm", 5, Duration.ofSeconds(60));
        there.publish("entries/" + name, room.sessionData().size());
        there.publish("digest/" + name, room.stats().digest());
        there.publish("broken/" + name, heard.broken(SOON));
    }

    @Test
    void aMessageNeverOvertakesTheStateWrittenBeforeIt() {
        peer("a", (room, heard, there) -> {
            room.awaitParticipants(3, SOON);
            there.barrier("all are there", 3);
            Heard.speak(room, 10_000);
            there.publish("overtaken/a", heard.overtaken(0, SOON));
        });
        peer("b", (room, heard, there) -> {
            List<Participant> all = room.awaitParticipants(3, SOON);
            there.barrier("all are there", 3);
            there.publish("overtaken/b", heard.overtaken(10_000, SOON));
            there.barrier("the first have been heard", 2);
            Heard.speak(room, 10_000, all.stream().filter(each -> each.name().equals("c")).toArray(Participant[]::new));
        });
        peer("c", (room, heard, there) -> {
            room.awaitParticipants(3, SOON);
            there.barrier("all are there", 3);
            there.publish("overtaken/c", heard.overtaken(10_000, SOON));
            there.barrier("the first have been heard", 2);
            there.publish("overtaken/c alone", heard.overtaken(20_000, SOON));
        });
        assertThat(control.await("overtaken/a", String.class)).isEqualTo("0 of 0");
        assertThat(control.await("overtaken/b", String.class)).isEqualTo("0 of 10000");
        assertThat(control.await("overtaken/c", String.class)).isEqualTo("0 of 10000");
        assertThat(control.await("overtaken/c alone", String.class)).isEqualTo("0 of 20000");
    }

    /** Joins, and forgets it. */
    static final class Forgetful {
        public static void main(String[] args) {
            Room.named(args[0]).as("forgetful").join();
        }
    }

    @Test
    void aProgramThatForgetsToCloseStillExits() {
        try (ParlorJvm forgetful = ParlorJvm.start(Forgetful.class, roomName)) {
            assertThat(forgetful.awaitExit()).isZero();
        }
    }
}
