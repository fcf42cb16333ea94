package dev.parlor.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
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
    @Tag("lan")
    void whoJoinsLaterIsInTheRoomAtOnce(String left, String right) {
        try (Wire wire = new Wire(left, right)) {
            Wire.Program ada = wire.start(0);
            Wire.Program ben = wire.start(1);
            assertThat(ada.ask("join lounge ada dnssd")).isEqualTo("1");
            // Seen by the other host before anybody there joins: announced.
            await().atMost(SOON).until(() -> ben.ask("doctor lounge").equals("1"));
            assertThat(ben.ask("join lounge ben dnssd")).as(() -> String.join("\n", ben.said())).isEqualTo("2");
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
    @Tag("lan")
    void programsThatStartTogetherMeet() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0).say("join lounge ada dnssd");
            Wire.Program ben = wire.start(1).say("join lounge ben dnssd");
            ada.answer();
            ben.answer();
            awaitWho(ada, "ada,ben");
            awaitWho(ben, "ada,ben");
        }
    }

    /** As behind an access point that answers mDNS itself and drops all other multicast and broadcast. */
    @Test
    void whereOnlyMdnsPassesItMeetsWhomTheLanDoesNot() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            wire.letOnlyMdnsThrough();
            Wire.Program ada = wire.start(0);
            Wire.Program ben = wire.start(1);
            ada.ask("join lounge ada lan");
            ben.ask("join lounge ben lan");
            for (Wire.Program each : List.of(ada, ben)) {
                await().atMost(SOON).untilAsserted(() -> assertThat(each.said()).anyMatch(line -> line.startsWith("warning NOBODY_HEARD")));
            }
            assertThat(ada.who()).containsExactly("ada");
            ada.ask("leave");
            ben.ask("leave");
            ada.ask("join office ada lan dnssd");
            ben.ask("join office ben lan dnssd");
            awaitWho(ada, "ada,ben");
            awaitWho(ben, "ada,ben");
        }
    }

    @Test
    @Tag("lan")
    void roomsOfOneProgramShareAResponderAndDoNotMixUp() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0);
            Wire.Program ben = wire.start(1);
            for (String room : List.of("lounge", "office", "lounge")) {
                ada.ask("join " + room + " ada" + room.charAt(0) + " dnssd");
            }
            ben.ask("join office ben dnssd");
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
    @Tag("lan")
    void anotherAddressIsFollowed() {
        try (Wire wire = new Wire(LEFT, RIGHT)) {
            Wire.Program ada = wire.start(0);
            ada.ask("join lounge ada dnssd");
            wire.take(0, LEFT);
            wire.give(0, "198.51.100.1/24");
            wire.take(1, RIGHT);
            wire.give(1, "198.51.100.2/24");
            Wire.Program ben = wire.start(1);
            ben.ask("join lounge ben dnssd");
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
            ada.ask("join lounge ada dnssd");
            ada.ask("join office ada dnssd");
            ben.ask("join lounge ben dnssd");
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
}
