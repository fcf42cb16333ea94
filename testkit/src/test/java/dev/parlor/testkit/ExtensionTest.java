package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What tests are given, and what happens to a test that does it wrong. */
class ExtensionTest {
    private static final List<Room> SEEN = Collections.synchronizedList(new ArrayList<>());

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute().testEvents();
    }

    @Test
    void aTestIsGivenRoomsThatAreClosedAfterIt() {
        SEEN.clear();
        run(Given.class).assertStatistics(all -> all.started(2).succeeded(2));
        assertThat(SEEN).hasSize(14).doesNotHaveDuplicates().extracting(Room::status).containsOnly(RoomStatus.CLOSED);
    }

    @ParlorTest
    static class Given {
        @Participants(3)
        private List<Room> three;
        @Participants
        private Room one;

        @BeforeEach
        void before(ParlorNetwork network) {
            assertThat(network.rooms()).hasSize(4);
        }

        @Test
        void everythingThatCanBeAskedFor(Room another, List<Room> two, ParlorNetwork network) {
            check(another, two, network);
        }

        @Test
        void again(Room another, List<Room> two, ParlorNetwork network) {
            check(another, two, network);
        }

        private void check(Room another, List<Room> two, ParlorNetwork network) {
            assertThat(two).hasSize(2);
            assertThat(network.rooms()).hasSize(7).contains(one, another).containsAll(three).containsAll(two);
            assertThat(network.rooms()).allSatisfy(room -> assertThat(room.participants()).as("as each sees it at once")
                    .extracting(Participant::name).containsExactlyInAnyOrder("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus"));
            SEEN.addAll(network.rooms());
        }

        @AfterEach
        void after() {
            assertThat(one.status()).isNotEqualTo(RoomStatus.CLOSED);
        }
    }

    @Test
    void namesAreGivenAsAskedFor() {
        run(Named.class).assertStatistics(all -> all.started(1).succeeded(1));
    }

    static class Named {
        @ParlorTest
        void twoNames(@Participants(names = {"Host", "Guest"}) List<Room> rooms) {
            ParlorAssertions.assertThat(rooms.get(0)).hasParticipants("Host", "Guest");
        }
    }

    @Test
    void aRoomLeftOpenFailsItsTestWithThePlaceWhereItWasOpened() {
        run(Forgetful.class).assertThatEvents().haveExactly(1, finishedWithFailure(instanceOf(RoomLeftOpenException.class),
                message(text -> text.contains("close it")),
                cause(new Condition<>(thrown -> thrown.getStackTrace().length > 0
                        && List.of(thrown.getStackTrace()).toString().contains("Forgetful.leavesOneOpen"), "the place"))));
        assertThat(SEEN.get(SEEN.size() - 1).status()).isEqualTo(RoomStatus.CLOSED);
    }

    static class Forgetful {
        @ParlorTest
        void leavesOneOpen(Room given, ParlorNetwork network) {
            SEEN.add(network.join("forgotten"));
        }

        @ParlorTest
        void closesWhatItOpens(Room given, ParlorNetwork network) {
            network.join("remembered").close();
        }
    }

    @Test
    void aFailureSaysHowToHaveTheSameChanceAgain() {
        run(Failing.class).assertThatEvents().haveExactly(1, finishedWithFailure(message("no"),
                suppressed(0, message("to have the same chance again: @ParlorTest(network = VIRTUAL_TIME, seed = 42L)"))));
    }

    static class Failing {
        @ParlorTest(network = NetworkKind.VIRTUAL_TIME, seed = 42)
        void fails(Room room) {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void whatIsSaidAtAClassHoldsWithinIt() {
        run(Outer.class).assertStatistics(all -> all.started(2).succeeded(2));
        run(Derived.class).assertStatistics(all -> all.started(2).succeeded(2));
    }

    record Travelling(String text) {}

    @ParlorTest(network = NetworkKind.VIRTUAL_TIME, types = Travelling.class, room = "standup")
    static class Outer {
        @ParlorTest(seed = 3)
        void seedHereAndTheRestThere(Room room, ParlorNetwork network) {
            assertThat(network.seed()).isEqualTo(3);
            check(room, network);
        }

        @Nested
        class Inner {
            @Test
            void within(Room room, ParlorNetwork network) {
                check(room, network);
            }
        }

        void check(Room room, ParlorNetwork network) {
            assertThat(network.kind()).isEqualTo(NetworkKind.VIRTUAL_TIME);
            assertThat(room.name()).isEqualTo("standup");
            room.sessionData().put("key", new Travelling("here"));
            try (Room late = network.join("Late")) {
                ParlorAssertions.assertThat(late).hasSessionData("key", new Travelling("here"));
            }
        }
    }

    static class Derived extends Outer {}

    @Test
    void whoWasClosedOrCutOffBeforeIsNotWaitedFor() {
        long begin = System.nanoTime();
        run(ClosedBefore.class).assertStatistics(all -> all.started(1).succeeded(1));
        System.out.println("a test whose first participants are gone: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    @ParlorTest
    static class ClosedBefore {
        @BeforeEach
        void close(Room closed, Room cutOff, Room there, ParlorNetwork network) {
            closed.close();
            network.isolate(cutOff);
        }

        @Test
        void goesOn(Room room, ParlorNetwork network) {
            assertThat(network.rooms()).hasSize(3).contains(room);
        }
    }

    @Test
    void whatCannotBeGivenIsSaid() {
        run(Wrong.class).assertThatEvents().haveExactly(2, finishedWithFailure(message(text -> text.contains("@Participants"))));
    }

    static class Wrong {
        @ParlorTest
        void oneRoomOfMany(@Participants(3) Room room) {}

        @ParlorTest
        void twoNamesForThree(@Participants(value = 3, names = {"a", "b"}) List<Room> rooms) {}
    }

    /** The line: under 50 ms, and two hundred of them at once meet nobody else. */
    @Test
    void twoHundredTestsAtOnceMeetNobodyElse() {
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(Crowd.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "16")
                .execute().testEvents().assertStatistics(all -> all.started(200).succeeded(200));
    }

    @ParlorTest
    static class Crowd {
        @RepeatedTest(200)
        void three(@Participants(3) List<Room> rooms) {
            String mine = "written by " + rooms.get(0).me().id();
            rooms.get(0).sessionData().put("mine", mine);
            ParlorAssertions.assertThat(rooms).each(room -> room.hasSessionData("mine", mine)
                    .hasParticipants("Ada", "Bob", "Cleo"));
        }
    }

    @Test
    void whatATestWithThreeParticipantsCosts() {
        for (NetworkKind kind : NetworkKind.values()) {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long begin = System.nanoTime();
                try (ParlorNetwork network = ParlorNetwork.create(kind)) {
                    List<Room> rooms = List.of(network.join(), network.join(), network.join());
                    rooms.get(0).sessionData().put("key", i);
                    ParlorAssertions.assertThat(rooms.get(2)).hasSessionData("key", i);
                    rooms.forEach(Room::close);
                }
                millis.add((System.nanoTime() - begin) / 1e6);
            }
            double first = millis.remove(0);
            millis.sort(null);
            System.out.printf("A test with three participants, %s: the first %.0f ms, then %.1f ms (median), %.1f ms (most)%n", kind,
                    first, millis.get(millis.size() / 2), millis.get(millis.size() - 1));
        }
    }
}
