package dev.parlor.testkit;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.JoinException;
import dev.parlor.MergeReport;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault, on each kind of network. */
class FaultsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static List<Room> three(ParlorNetwork network) {
        return List.of(network.join(), network.join(), network.join());
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesOfAPartitionGoOnAndAgreeAfterwards(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            network.partition(rooms.get(0), rooms.get(1));
            assertThat(rooms.get(1)).hasParticipants("Bob");
            assertThat(rooms.get(0)).hasParticipants("Ada", "Cleo");
            rooms.get(1).sessionData().put("b", "Bob alone");
            rooms.get(0).sessionData().put("a", "the others");
            assertThat(rooms.get(2)).hasSessionData("a", "the others").hasNoSessionData("b");
            Assertions.assertThat(rooms.get(1).sessionData().containsKey("a")).isFalse();
            Room late = network.join("Late");
            assertThat(late).hasParticipants("Ada", "Cleo", "Late");
            network.heal();
            assertThat(network.rooms()).eventuallyAgree()
                    .each(room -> room.hasSessionData("a", "the others").hasSessionData("b", "Bob alone")
                            .hasParticipants("Ada", "Bob", "Cleo", "Late"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsIsolatedIsAlone(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            network.isolate(rooms.get(0));
            network.isolate(rooms.get(2));
            assertThat(rooms).each(RoomAssert::isAlone);
            network.heal();
            assertThat(rooms).eventuallyAgree();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLostAndDoubledIsRepaired(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind, 7)) {
            List<Room> rooms = three(network);
            network.lose(0.2);
            network.duplicate(0.2);
            for (int i = 0; i < 200; i++) {
                rooms.get(i % 3).sessionData().put("key" + i % 50, "value " + i);
                if (i % 20 == 0) {
                    network.advance(Duration.ofMillis(5));
                }
            }
            assertThat(rooms).converge(Duration.ofSeconds(60));
            Assertions.assertThat(rooms.get(1).sessionData().asMap()).hasSize(50).containsEntry("key49", "value 199");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDelayedComesLater(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            network.delay(rooms.get(0), rooms.get(1), Duration.ofMillis(700));
            rooms.get(0).sessionData().put("key", "value");
            assertThat(rooms.get(2)).hasSessionData("key", "value");
            Assertions.assertThat(rooms.get(1).sessionData().get("key")).isEmpty();
            assertThat(rooms.get(1)).hasSessionData("key", "value");
            network.delay(Duration.ZERO);
            rooms.get(0).sessionData().put("key", "at once");
            assertThat(rooms.get(1)).hasSessionData("key", "at once");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsPausedDoesNothingAndThenCatchesUp(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            network.pause(rooms.get(1));
            rooms.get(0).sessionData().put("key", "meanwhile");
            rooms.get(1).sessionData().put("own", "written, not sent");
            assertThat(rooms.get(2)).hasSessionData("key", "meanwhile");
            assertThatThrownBy(() -> rooms.get(0).flush(Duration.ofMillis(300))).isInstanceOf(RoomTimeoutException.class);
            Assertions.assertThat(rooms.get(1).sessionData().asMap()).containsOnlyKeys("own");
            Assertions.assertThat(rooms.get(0).sessionData().asMap()).containsOnlyKeys("key");
            network.resume(rooms.get(1));
            assertThat(rooms).eventuallyAgree().each(room -> room.hasSessionData("own", "written, not sent"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsKilledIsLostAndItsRoomClosed(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            List<ParticipantLeft> left = new CopyOnWriteArrayList<>();
            rooms.get(1).on(ParticipantLeft.class, left::add);
            network.kill(rooms.get(0));
            assertThat(rooms.get(1)).hasParticipants("Bob", "Cleo");
            Assertions.assertThat(network.await(() -> left.size() == 1, SECOND)).isTrue();
            Assertions.assertThat(left.get(0).reason()).isEqualTo(ParticipantLeft.Reason.LOST);
            assertThat(rooms.get(0)).hasStatus(RoomStatus.CLOSED);
            assertThatThrownBy(() -> rooms.get(0).sessionData().put("key", 1)).isInstanceOf(RoomClosedException.class);
            Assertions.assertThat(network.rooms()).containsExactly(rooms.get(1), rooms.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoseClockIsAheadWinsNoConflictByIt(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            network.skewClock(rooms.get(0), Duration.ofHours(5));
            rooms.get(0).sessionData().put("key", "from the future");
            assertThat(rooms.get(1)).hasSessionData("key", "from the future");
            rooms.get(1).sessionData().put("key", "later");
            assertThat(rooms).each(room -> room.hasSessionData("key", "later"));
            Instant at = rooms.get(2).sessionData().entry("key").orElseThrow().at();
            Instant now = network.now();
            Assertions.assertThat(at).isBetween(now.minusSeconds(60), now.plusSeconds(60));
        }
    }

    @Test
    void whatIsDelayedKeepsItsOrderAndNothingIsLost() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join();
            Room bob = network.join();
            List<Integer> heard = new CopyOnWriteArrayList<>();
            bob.onMessage(Integer.class, (number, from) -> heard.add(number));
            int sent = 0;
            for (int round = 0; round < 20; round++) {
                network.delay(Duration.ofMillis(round % 2 * 5));
                for (int i = 0; i < 50; i++) {
                    ada.send(sent++);
                    LockSupport.parkNanos(20_000);
                }
            }
            int all = sent;
            Assertions.assertThat(network.await(() -> heard.size() >= all, SECOND.multipliedBy(10))).isTrue();
            Assertions.assertThat(heard).isSorted().hasSize(all);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JGROUPS")
    void whoIsPausedSendsNotEvenWhatItHasJustWritten(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Room> rooms = three(network);
            assertThat(rooms).eventuallyAgree();
            List<String> heard = new CopyOnWriteArrayList<>();
            rooms.get(1).sessionData().onChange(change -> heard.add(change.key()));
            for (int i = 0; i < 50; i++) {
                String key = "key" + i;
                rooms.get(1).sessionData().put(key, i);
                network.pause(rooms.get(1));
                int before = heard.size();
                // What others hold tells nothing: what was sent before may be on its way.
                long sent = rooms.get(1).stats().framesSent();
                network.advance(Duration.ofMillis(4));
                Assertions.assertThat(rooms.get(1).stats().framesSent()).as("nothing more is sent").isEqualTo(sent);
                Assertions.assertThat(heard).as("no listener runs").hasSize(before);
                network.resume(rooms.get(1));
                assertThat(rooms).each(room -> room.hasSessionData(key, Integer.parseInt(key.substring(3))));
            }
        }
    }

    @Test
    void whoMeetsAnewByAnotherCutOrAfterADelayHearsWhatWasReplaced() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            List<Room> rooms = three(network);
            List<MergeReport> reports = new CopyOnWriteArrayList<>();
            rooms.get(0).on(MergeReport.class, reports::add);
            network.partition(rooms.get(0), rooms.get(1), rooms.get(2));
            conflict(network, rooms);
            network.partition(List.of(rooms.get(0), rooms.get(1)), List.of(rooms.get(2)));
            network.advance(Duration.ofSeconds(10));
            Assertions.assertThat(reports).hasSize(1);
            network.isolate(rooms.get(0));
            conflict(network, rooms);
            network.detectAfter(Duration.ofSeconds(3));
            network.heal();
            network.advance(Duration.ofSeconds(1));
            assertThat(network.join("Late")).hasParticipants("Late", "Bob");
            Assertions.assertThat(reports).hasSize(1);
            network.advance(Duration.ofSeconds(20));
            Assertions.assertThat(reports).as("of three groups that become one").hasSize(3);
            assertThat(network.rooms()).eventuallyAgree();
        }
    }

    private static void conflict(ParlorNetwork network, List<Room> rooms) {
        rooms.forEach(room -> {
            room.sessionData().put("key", "by " + room.me().name());
            network.advance(SECOND);
        });
    }

    @Test
    void nothingIsWaitedForThatNeverComes() {
        ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME);
        Room ada = network.join();
        Room bob = network.join();
        assertThat(List.of(ada, bob)).eventuallyAgree();
        bob.onRequest(String.class, (question, from) -> question + "!");
        String answer = network.await(ada.request("tea?", ada.participants().get(1), String.class, SECOND), SECOND);
        Assertions.assertThat(answer).isEqualTo("tea?!");
        assertThatThrownBy(() -> network.await(new CompletableFuture<>(), SECOND)).isInstanceOf(RoomTimeoutException.class);
        CompletableFuture<Room> begun = network.named("late").joinAsync();
        network.close();
        assertThatThrownBy(network::join).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("closed");
        Assertions.assertThat(begun.getNow(ada).status()).as("a room that was joined meanwhile").isEqualTo(RoomStatus.CLOSED);
        Assertions.assertThat(network.rooms()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JGROUPS")
    void whoJoinedFirstIsTheHostHoweverFastTheNextIs(NetworkKind kind) {
        for (int i = 0; i < 50; i++) {
            try (ParlorNetwork network = ParlorNetwork.create(kind)) {
                Room first = network.join();
                Room second = network.join();
                Assertions.assertThat(second.host().id()).isEqualTo(first.me().id());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JGROUPS")
    void whatWasWrittenJustBeforeAHealIsInTheMergeReport(NetworkKind kind) {
        for (int i = 0; i < 10; i++) {
            try (ParlorNetwork network = ParlorNetwork.create(kind)) {
                Room ada = network.join();
                Room bob = network.join();
                List<MergeReport.Conflict> conflicts = new CopyOnWriteArrayList<>();
                ada.on(MergeReport.class, report -> conflicts.addAll(report.conflicts()));
                network.partition(ada, bob);
                ada.sessionData().put("key", "by Ada");
                bob.sessionData().put("key", "by Bob");
                network.heal();
                Assertions.assertThat(network.await(() -> conflicts.size() == 1, SECOND.multipliedBy(10))).isTrue();
            }
        }
    }

    @Test
    void aJoinThatFailsTakesTheSameTimeEachTime() {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 5)) {
                network.join("Ada", room -> room.passphrase("sesame".toCharArray()));
                Instant begin = network.now();
                assertThatThrownBy(network::join).isInstanceOf(JoinException.class);
                taken.add(Duration.between(begin, network.now()));
            }
        }
        Assertions.assertThat(taken).containsOnly(taken.get(0));
    }

    @Test
    void hoursOfVirtualTimePassAtOnce() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            List<Room> rooms = three(network);
            Instant begin = network.clock().instant();
            rooms.get(0).sessionData().put("key", "value");
            Assertions.assertThat(rooms.get(1).sessionData().get("key")).as("no time has passed").isEmpty();
            network.advance(Duration.ofHours(2));
            Assertions.assertThat(rooms.get(1).sessionData().get("key")).contains("value");
            Assertions.assertThat(Duration.between(begin, network.now())).isEqualTo(Duration.ofHours(2));
        }
    }

    @Test
    void theSameSeedDoesTheSameAgain() {
        Assertions.assertThat(history(3)).isEqualTo(history(3)).isNotEqualTo(history(4));
    }

    private static List<String> history(long seed) {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, seed)) {
            List<Room> rooms = three(network);
            network.lose(0.3);
            for (int i = 0; i < 50; i++) {
                rooms.get(i % 3).sessionData().put("key" + i % 7, i);
                network.advance(Duration.ofMillis(i % 5));
            }
            network.advance(Duration.ofSeconds(30));
            return List.of(rooms.get(0).stats().toString(), rooms.get(1).stats().toString(),
                    rooms.get(2).sessionData().snapshot().toString());
        }
    }

    @Test
    void whatIsNotNoticedAtOnceIsAPartitionThatNobodyKnowsOf() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            List<Room> rooms = three(network);
            assertThat(rooms).eventuallyAgree();
            network.detectAfter(Duration.ofSeconds(3));
            network.partition(rooms.get(0), rooms.get(1));
            network.advance(Duration.ofSeconds(2));
            Assertions.assertThat(rooms.get(1).participants()).hasSize(3);
            network.advance(Duration.ofSeconds(2));
            Assertions.assertThat(rooms.get(1).participants()).hasSize(1);
        }
    }

    @Test
    void otherNamesAndOtherPassphrasesAreOtherRooms() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            try (Room a = network.named("a").as("Ada").passphrase("sesame".toCharArray()).join();
                    Room b = network.named("b").as("Bob").join();
                    Room again = network.named("a").as("Cleo").passphrase("sesame".toCharArray()).join()) {
                assertThat(a).hasParticipants("Ada", "Cleo");
                assertThat(b).hasParticipants("Bob");
                assertThat(again).hasParticipants("Ada", "Cleo");
                assertThatThrownBy(() -> network.named("a").as("Eve").join()).isInstanceOf(JoinException.class)
                        .hasMessageContaining("passphrase");
            }
        }
    }

    @Test
    void badFaultsAreRefused() {
        try (ParlorNetwork network = ParlorNetwork.create(); ParlorNetwork other = ParlorNetwork.create(NetworkKind.JGROUPS)) {
            Room stranger = other.join();
            assertThatThrownBy(() -> network.kill(stranger)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("network.join");
            assertThatThrownBy(() -> network.lose(20)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("0.2");
            assertThatThrownBy(() -> network.duplicate(Double.NaN)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> network.delay(Duration.ofMillis(-1))).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> other.detectAfter(SECOND)).isInstanceOf(InvalidArgumentException.class);
        }
    }
}
