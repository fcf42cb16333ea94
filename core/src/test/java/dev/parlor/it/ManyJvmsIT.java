package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rooms of several JVMs, each a process of its own. */
class ManyJvmsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Of which a third gave up when each attempt to join was given 100 ms. */
    private static final int PAIRS = 8;

    private final String roomName = "it-" + UUID.randomUUID();
    private final List<Jvm> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Jvm::close);
    }

    private Jvm peer(String name) {
        Jvm jvm = Jvm.start(Peer.class, roomName, name);
        started.add(jvm);
        return jvm;
    }

    private void awaitSame(List<Jvm> peers) {
        await().atMost(SOON).until(() -> {
            Set<String> contents = new HashSet<>();
            peers.forEach(each -> contents.add(each.ask("content")));
            return contents.size() == 1;
        });
    }

    @Test
    void joinedMeansInSyncWithTenThousandEntries() {
        try (Room room = Room.named(roomName).as("host").join()) {
            for (int i = 0; i < 10_000; i++) {
                room.sessionData().put("key-" + i, "value " + i);
            }
            List<Jvm> peers = List.of(peer("a"), peer("b"));
            String[] a = peers.get(0).await("ready").split(" ");
            String[] b = peers.get(1).await("ready").split(" ");
            assertThat(a[0]).as("entries when join() returned").isEqualTo("10000");
            assertThat(b[0]).isEqualTo("10000");
            assertThat(a[1]).as("content").isEqualTo(b[1]);
            System.out.println("join with 10,000 entries, cold JVM: " + a[2] + " ms, " + b[2] + " ms");
            peers.forEach(each -> assertThat(each.ask("users")).contains("a=data of a", "b=data of b"));
        }
    }

    @Test
    void ofTwoProgramsStartedAtOnceNoneGivesUpJoining() {
        for (int i = 0; i < PAIRS; i++) {
            List<Jvm> pair = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                pair.add(Jvm.start(Peer.class, roomName + i, name));
            }
            started.addAll(pair);
            pair.forEach(each -> each.await("ready"));
            assertThat(pair).allSatisfy(each -> assertThat(each.seen()).noneMatch(line -> line.contains("JOIN attempts")));
            pair.forEach(Jvm::close);
        }
    }

    @Test
    void threeWritersOfTheSameKeysEndWithTheSameContent() {
        List<Jvm> peers = List.of(peer("a"), peer("b"), peer("c"));
        peers.forEach(each -> each.await("ready"));
        peers.forEach(each -> await().atMost(SOON).until(() -> each.ask("users").contains("a=")
                && each.ask("users").contains("b=") && each.ask("users").contains("c=")));
        peers.forEach(each -> each.say("write 5000 100"));
        peers.forEach(each -> each.await("re:write"));
        peers.forEach(each -> each.ask("flush"));
        awaitSame(peers);
        peers.forEach(each -> assertThat(each.ask("broken")).startsWith("0 of"));
    }

    @Test
    void theRoomGoesOnWhenTheHostIsKilled() {
        Jvm host = peer("host");
        host.await("ready");
        Jvm b = peer("b");
        b.await("ready");
        Jvm c = peer("c");
        c.await("ready");
        b.await("joined c");
        assertThat(c.ask("hostname")).isEqualTo("host");
        host.ask("put kept yes");
        host.ask("flush");
        host.kill();
        for (Jvm each : List.of(b, c)) {
            each.await("left host LOST");
            each.await("host b");
            assertThat(each.ask("users")).isEqualTo("[b=data of b, c=data of c]");
            assertThat(each.ask("get kept")).isEqualTo("yes");
        }
        b.ask("put after death");
        assertThat(c.ask("await after death")).isEqualTo("death");
        Jvm again = peer("host");
        again.await("ready");
        assertThat(again.ask("get kept")).isEqualTo("yes");
        assertThat(again.ask("hostname")).as("a new participant, not its former self").isEqualTo("b");
    }

    @Test
    void aLateJoinerInAStormGetsEverythingAndNoEventTwice() {
        List<Jvm> peers = new ArrayList<>(List.of(peer("a"), peer("b")));
        peers.forEach(each -> each.await("ready"));
        peers.get(0).ask("storm a");
        peers.get(1).ask("storm b");
        await().atMost(SOON).until(() -> !peers.get(0).ask("get b/500").equals("nothing"));
        for (String late : List.of("c", "d", "e")) {
            Jvm joiner = peer(late);
            joiner.await("ready");
            peers.add(joiner);
        }
        int[] before = {Integer.parseInt(peers.get(4).ask("content").split(" ")[0])};
        await().atMost(SOON).until(() ->
                Integer.parseInt(peers.get(4).ask("content").split(" ")[0]) > before[0] + 500);
        peers.get(0).ask("calm");
        peers.get(1).ask("calm");
        int a = Integer.parseInt(peers.get(0).await("stormed"));
        int b = Integer.parseInt(peers.get(1).await("stormed"));
        peers.get(0).ask("flush");
        peers.get(1).ask("flush");
        awaitSame(peers);
        for (Jvm each : peers) {
            assertThat(each.ask("content")).startsWith((a + b + 20) + " ");
            await().atMost(SOON).untilAsserted(() -> assertThat(each.ask("broken")).startsWith("0 of"));
        }
    }

    @Test
    void aMessageNeverOvertakesTheStateWrittenBeforeIt() {
        Jvm a = peer("a");
        a.await("ready");
        Jvm b = peer("b");
        b.await("ready");
        Jvm c = peer("c");
        c.await("ready");
        a.await("joined c");
        a.ask("speak 10000 all");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(b.ask("overtaken")).isEqualTo("0 of 10000");
            assertThat(c.ask("overtaken")).isEqualTo("0 of 10000");
        });
        b.ask("speak 10000 c");
        await().atMost(SOON).untilAsserted(() -> assertThat(c.ask("overtaken")).isEqualTo("0 of 20000"));
        assertThat(a.ask("overtaken")).isEqualTo("0 of 0");
    }

    @Test
    void aProgramThatForgetsToCloseStillExits() {
        Jvm forgetful = Jvm.start(Peer.class, roomName, "forgetful", "nowait");
        started.add(forgetful);
        forgetful.await("leaving without a word");
        assertThat(forgetful.awaitExit()).isZero();
    }
}
