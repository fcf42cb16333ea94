package dev.parlor.it.via;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.it.Jvm;
import dev.parlor.it.faults.Hosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jgroups.stack.GossipRouter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rooms of hosts that have no route to each other, by the router as JGroups ships it, on hosts in both networks. What was measured is
 * printed; docs/topologies.md states it.
 */
@Timeout(300)
class ViaIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String PASSPHRASE = "open-sesame";
    private static final int MESSAGES = 2_000;
    private static final int MANY_MESSAGES = 30_000;
    private static final int ROUND_TRIPS = 200;

    private final String room = "via-" + UUID.randomUUID();
    private final List<Jvm> jvms = new ArrayList<>();
    private Sites sites;

    @BeforeEach
    void up() {
        String missing = Hosts.missing();
        assumeTrue(missing == null, missing);
        sites = Sites.up(2);
        assertThat(sites.isConnected()).as("the hosts reach each other without a router").isFalse();
    }

    @AfterEach
    void down() {
        jvms.forEach(Jvm::close);
        jvms.forEach(Jvm::awaitExit);
        if (sites != null) {
            sites.close();
        }
    }

    private Jvm router(int number) {
        Jvm jvm = Jvm.start(sites.onRouter(number), GossipRouter.class, "-port", "12001", "-non_blocking_sends", "true");
        jvms.add(jvm);
        jvm.await("GossipRouter started");
        return jvm;
    }

    private Jvm peer(int network, String roomName, String name, String passphrase, int routers) {
        Jvm jvm = Jvm.start(sites.onHost(network), ViaPeer.class, roomName, name, passphrase, Sites.routersAsSeenFrom(network, routers));
        jvms.add(jvm);
        return jvm;
    }

    private Jvm joined(int network, String roomName, String name, String passphrase, int routers) {
        Jvm jvm = peer(network, roomName, name, passphrase, routers);
        System.out.println("via: " + name + " joined in " + jvm.await("ready") + " ms");
        return jvm;
    }

    private static void awaitAnswer(Jvm jvm, String question, String answer) {
        await().atMost(SOON).pollInterval(POLL).until(() -> jvm.ask(question).equals(answer));
    }

    private static void assertBothHear(Jvm ann, Jvm ben, String key) {
        ann.ask("put " + key + "/ann 1");
        ben.ask("put " + key + "/ben 1");
        awaitAnswer(ann, "has " + key + "/ben", "true");
        awaitAnswer(ben, "has " + key + "/ann", "true");
        assertThat(ann.ask("state")).isEqualTo(ben.ask("state"));
    }

    private static void print(String what, long sinceNanos) {
        System.out.printf("via: %s after %.1f s%n", what, (System.nanoTime() - sinceNanos) / 1e9);
    }

    @Tag("lan")
    @ParameterizedTest
    @ValueSource(strings = {"-", PASSPHRASE})
    void aRouterThatIsKilledAndReturns(String passphrase) {
        Jvm router = router(0);
        Jvm ann = joined(0, room, "ann", passphrase, 1);
        Jvm ben = joined(1, room, "ben", passphrase, 1);
        awaitAnswer(ann, "members", "2");
        assertBothHear(ann, ben, "before");
        measure(ann, ben);
        long killed = System.nanoTime();
        router.kill();
        awaitAnswer(ann, "lost", "1");
        print("warned", killed);
        awaitAnswer(ann, "status", "RECONNECTING");
        awaitAnswer(ben, "status", "RECONNECTING");
        print("reconnecting", killed);
        ann.ask("put meanwhile/ann 1");
        ben.ask("put meanwhile/ben 1");
        router(0);
        long back = System.nanoTime();
        awaitAnswer(ann, "members", "2");
        awaitAnswer(ben, "members", "2");
        awaitAnswer(ann, "has meanwhile/ben", "true");
        awaitAnswer(ben, "has meanwhile/ann", "true");
        print("one room again", back);
        assertBothHear(ann, ben, "after");
        // Nobody has closed it, and its threads let the program end.
        ann.say("forget");
        assertThat(ann.awaitExit()).isZero();
        long ended = System.nanoTime();
        awaitAnswer(ben, "members", "1");
        print("the end of a program seen", ended);
    }

    private static void measure(Jvm ann, Jvm ben) {
        ann.ask("messages " + MESSAGES);
        long begin = System.nanoTime();
        ann.ask("messages " + MESSAGES);
        awaitAnswer(ben, "heard", String.valueOf(2 * MESSAGES));
        System.out.printf("via: %d messages of 1 KB in %.2f s%n", MESSAGES, (System.nanoTime() - begin) / 1e9);
        List<Integer> micros = new ArrayList<>();
        for (int i = 0; i < ROUND_TRIPS; i++) {
            ann.ask("put k " + i);
            micros.add(Integer.valueOf(ann.ask("flush")));
        }
        micros.sort(null);
        System.out.printf("via: flush of one put: median %d us, 99%% %d us%n", micros.get(ROUND_TRIPS / 2), micros.get(ROUND_TRIPS * 99 / 100));
    }

    @Tag("lan")
    @Test
    void oneOfTwoRoutersDies() {
        Jvm first = router(0);
        router(1);
        Jvm ann = joined(0, room, "ann", PASSPHRASE, 2);
        Jvm ben = joined(1, room, "ben", PASSPHRASE, 2);
        awaitAnswer(ann, "members", "2");
        assertBothHear(ann, ben, "both");
        long killed = System.nanoTime();
        first.kill();
        assertBothHear(ann, ben, "second");
        print("heard by the second router, the first killed,", killed);
        router(0);
        await().atMost(SOON).until(() -> !ann.ask("network").contains("(") && !ben.ask("network").contains("("));
        assertBothHear(ann, ben, "first again");
        for (int network = 0; network < 2; network++) {
            int used = ann.ask("network").contains("by the router 198.51.100.1:") ? 0 : 1;
            long pulled = System.nanoTime();
            sites.cable(used, network, false);
            assertBothHear(ann, ben, "pulled" + network);
            print("heard by the other router, a cable of the one in use pulled,", pulled);
            sites.cable(used, network, true);
            await().atMost(SOON).until(() -> !ann.ask("network").contains("(") && !ben.ask("network").contains("("));
        }
        assertThat(List.of(ann.ask("left"), ben.ask("left"), ann.ask("lost"), ben.ask("lost"))).containsOnly("0");
    }

    /** A laptop that is put to sleep: its connection takes nothing, and would hold up the router for all (-non_blocking_sends). */
    @Test
    void aMemberThatStandsStillHoldsUpNobody() {
        router(0);
        Jvm ann = joined(0, room, "ann", "-", 1);
        Jvm ben = joined(1, room, "ben", "-", 1);
        Jvm carol = joined(1, room, "carol", "-", 1);
        awaitAnswer(ann, "members", "3");
        long stopped = System.nanoTime();
        carol.signal("STOP");
        awaitAnswer(ann, "members", "2");
        awaitAnswer(ben, "members", "2");
        print("who stands still left out", stopped);
        long begin = System.nanoTime();
        ann.ask("messages " + MANY_MESSAGES);
        awaitAnswer(ben, "heard", String.valueOf(MANY_MESSAGES));
        print(MANY_MESSAGES / 1_000 + " MB past who stands still", begin);
        ann.ask("put meanwhile 1");
        carol.signal("CONT");
        begin = System.nanoTime();
        for (Jvm each : List.of(ann, ben, carol)) {
            awaitAnswer(each, "members", "3");
        }
        awaitAnswer(carol, "has meanwhile", "true");
        print("who stood still back", begin);
    }

    @Tag("lan")
    @Test
    void whoHasAnotherPassphraseIsToldSo() {
        router(0);
        Jvm ann = joined(0, room, "ann", PASSPHRASE, 1);
        for (String passphrase : List.of("-", "close-sesame")) {
            String refused = peer(1, room, "mallory", passphrase, 1).await("refused");
            assertThat(refused).startsWith("WRONG_PASSPHRASE");
            System.out.println("via: " + refused.substring(0, refused.indexOf(':')));
        }
        assertThat(ann.ask("strangers")).isEqualTo("true");
        assertThat(ann.ask("members")).isEqualTo("1");
    }

    @Test
    void roomsOfOneRouterDoNotHearEachOther() {
        router(0);
        Jvm ann = joined(0, room, "ann", "-", 1);
        Jvm other = joined(1, room + "-other", "other", "-", 1);
        ann.ask("put k 1");
        Jvm ben = joined(1, room, "ben", "-", 1);
        assertBothHear(ann, ben, "k");
        assertThat(other.ask("state")).isEqualTo("{}");
        assertThat(other.ask("members")).isEqualTo("1");
    }

    @Test
    void whereNoRouterIsTheJoinFails() {
        String refused = peer(0, room, "ann", "-", 2).await("refused");
        assertThat(refused).startsWith("NO_NETWORK").contains(Sites.routersAsSeenFrom(0, 1) + ":12001").contains("GossipRouter");
        System.out.println("via: " + refused);
        sites.cable(0, 0, false);
        sites.cable(1, 0, false);
        refused = peer(0, room, "ann", "-", 2).await("refused");
        assertThat(refused).startsWith("NO_NETWORK");
        System.out.println("via: " + refused);
    }
}
