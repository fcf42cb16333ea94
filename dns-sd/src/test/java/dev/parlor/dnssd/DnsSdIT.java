package dev.parlor.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs on two hosts that find each other by DNS-SD and nothing else. */
@Timeout(180)
class DnsSdIT {
    private static final String LEFT = "192.0.2.1/24";
    private static final String RIGHT = "192.0.2.2/24";
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Of what JmDNS says and nobody asked for. */
    private static final String LOG = "javax.jmdns";

    private static void awaitWho(Wire.Program program, String... rooms) {
        await().atMost(SOON).untilAsserted(() -> assertThat(program.who()).as(() -> String.join("\n", program.said()))
                .isEqualTo(List.of(rooms)));
    }

    private static void assertQuiet(Wire.Program program) {
        assertThat(program.said()).noneMatch(each -> each.contains(LOG) || each.startsWith("warning UNREACHABLE"));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1/24,192.0.2.2/24", "2001:db8::1/64,2001:db8::2/64"})
    void whoJoinsLaterIsInTheRoomAtOnce(String left, String right) {
        try (Wire wire = new Wire(left, right)) {
            Wire.Program ada = wire.start(0);
            Wire.Program ben = wire.start(1);
            assertThat(ada.ask("join lounge ada")).isEqualTo("1");
            // Seen by the other host before anybody there joins: announced.
            await().atMost(SOON).until(() -> ben.ask("doctor lounge").equals("1"));
            assertThat(ben.ask("join lounge ben")).as(() -> String.join("\n", ben.said())).isEqualTo("2");
            awaitWho(ada, "ada,ben");
            assertThat(ben.ask("leave")).isEmpty();
            awaitWho(ada, "ada");
            await().atMost(SOON).untilAsserted(() -> assertThat(ben.ask("threads")).as("threads that stay").isEmpty());
            assertThat(ben.ask("responders")).isEqualTo("0");
            assertQuiet(ada);
            assertQuiet(ben);
        }
    }

    @Test
    void programsThatStartTogetherMeet() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0).say("join lounge ada");
            Wire.Program ben = wire.start(1).say("join lounge ben");
            ada.answer();
            ben.answer();
            awaitWho(ada, "ada,ben");
            awaitWho(ben, "ada,ben");
        }
    }

    @Test
    void roomsOfOneProgramShareAResponderAndDoNotMixUp() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0);
            Wire.Program ben = wire.start(1);
            for (String room : List.of("lounge", "office", "lounge")) {
                ada.ask("join " + room + " ada" + room.charAt(0));
            }
            ben.ask("join office ben");
            awaitWho(ada, "adal,adal", "adao,ben", "adal,adal");
            awaitWho(ben, "adao,ben");
            assertThat(ada.ask("responders")).isEqualTo("1");
            ada.ask("leave");
            ada.ask("leave");
            awaitWho(ada, "adal");
            assertThat(ada.ask("responders")).isEqualTo("1");
            ada.ask("leave");
            await().atMost(SOON).untilAsserted(() -> assertThat(ada.ask("threads")).isEmpty());
            assertQuiet(ada);
        }
    }

    @Test
    void anotherAddressIsFollowed() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0);
            ada.ask("join lounge ada");
            wire.take(0, LEFT);
            wire.give(0, "198.51.100.1/24");
            wire.take(1, RIGHT);
            wire.give(1, "198.51.100.2/24");
            Wire.Program ben = wire.start(1);
            ben.ask("join lounge ben");
            awaitWho(ada, "ada,ben");
            awaitWho(ben, "ada,ben");
            awaitOneResponder(ada);
            assertQuiet(ada);
        }
    }

    /** JmDNS by itself says so in sixty lines, and keeps three threads each time. */
    @Test
    void anInterfaceThatIsDownLeavesNothingBehind() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0);
            Wire.Program ben = wire.start(1);
            ada.ask("join lounge ada");
            ada.ask("join office ada");
            ben.ask("join lounge ben");
            awaitWho(ada, "ada,ben", "ada");
            wire.set(0, "down");
            await().atMost(SOON).until(() -> ada.ask("responders").equals("0"));
            await().atMost(SOON).untilAsserted(() -> assertThat(ada.ask("threads")).isEmpty());
            wire.set(0, "up");
            awaitWho(ada, "ada,ben", "ada");
            awaitOneResponder(ada);
            assertQuiet(ada);
        }
    }

    private static void awaitOneResponder(Wire.Program program) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(program.ask("responders")).isEqualTo("1");
            assertThat(program.ask("threads").split(",")).filteredOn(each -> each.contains("State.Timer")).hasSize(1);
        });
    }

    @Test
    void aProgramThatDoesNotLeaveEndsNevertheless() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0);
            ada.ask("join lounge ada");
            assertThat(ada.ask("threads")).as("threads of JmDNS").isNotEmpty();
            ada.ask("end");
            await().atMost(SOON).until(ada::hasEnded);
            assertThat(ada.exitCode()).isZero();
        }
    }
}
