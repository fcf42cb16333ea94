package dev.parlor.it.via;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.InvalidArgumentException;
import dev.parlor.JoinException;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomStatus;
import dev.parlor.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms through routers of this JVM. */
class ViaTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSPHRASE = "open sesame";

    private final String name = "via-" + UUID.randomUUID();
    private final LocalRouter router = LocalRouter.start();
    private final LocalRouter second = LocalRouter.start();

    @AfterEach
    void stop() {
        router.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRoomOfTwo(boolean sealed) {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Room a = room("a", sealed, router).onMessage(String.class, (text, from) -> heard.add(from.name() + ": " + text)).join()) {
            a.sessionData().put("big", "x".repeat(300_000));
            try (Room b = room("b", sealed, router).join()) {
                assertThat(b.sessionData().get("big", String.class)).hasValueSatisfying(text -> assertThat(text).hasSize(300_000));
                a.awaitParticipants(2, SOON);
                b.sessionData().put("k", 1);
                b.send("hello");
                await().atMost(SOON).until(() -> a.sessionData().containsKey("k") && heard.contains("b: hello"));
                a.onSignal(Integer.class, (number, from) -> heard.add(from.name() + " at " + number));
                await().atMost(SOON).until(() -> {
                    b.signal(1);
                    return heard.contains("b at 1");
                });
                assertThat(b.network().reach()).contains(router.address());
                assertThat(b.network().reason()).startsWith("by the router " + router.address());
            }
            await().atMost(SOON).until(() -> a.participants().size() == 1);
        }
    }

    @Test
    void whoHasAnotherPassphraseOrNoneIsToldSo() {
        try (Room inside = room("inside", true, router).join()) {
            assertRefused(builder("other", router).passphrase("close sesame".toCharArray()));
            assertRefused(builder("none", router));
            assertThat(inside.stats().strangersRefused()).isPositive();
            assertThat(inside.participants()).hasSize(1);
        }
    }

    @Test
    void whoGivesAPassphraseWhereOthersHaveNoneIsToldSo() {
        try (Room open = room("open", false, router).join()) {
            assertRefused(room("sealed", true, router));
            assertThat(open.participants()).hasSize(1);
        }
    }

    @Test
    void whereNoRouterIsTheJoinFails() {
        router.stop();
        second.stop();
        assertThatThrownBy(() -> room("a", false, router, second).join()).isInstanceOfSatisfying(JoinException.class, e ->
                assertThat(e.reason()).isEqualTo(JoinException.Reason.NO_NETWORK))
                .hasMessageContaining(name).hasMessageContaining(router.address()).hasMessageContaining(second.address())
                .hasMessageContaining("GossipRouter");
        router.startAgain();
        room("a", false, router, second).join().close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRouterThatDiesAndReturns(boolean sealed) {
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        try (Room a = room("a", sealed, router).on(Warning.class, warnings::add).join(); Room b = room("b", sealed, router).join()) {
            a.awaitParticipants(2, SOON);
            router.stop();
            await().atMost(SOON).until(() -> warnings.stream().anyMatch(each -> each.kind() == Warning.Kind.ROUTERS_LOST));
            await().atMost(SOON).until(() -> a.status() == RoomStatus.RECONNECTING && b.status() == RoomStatus.RECONNECTING);
            assertThat(a.network().reason()).contains("no router is connected").contains(router.address());
            a.sessionData().put("of a", 1);
            b.sessionData().put("of b", 2);
            router.startAgain();
            for (Room each : List.of(a, b)) {
                await().atMost(SOON).until(() -> each.participants().size() == 2 && each.status() == RoomStatus.LIVE);
                await().atMost(SOON).until(() -> each.sessionData().size() == 2);
            }
        }
    }

    @Test
    void ofTwoRoutersEachMayDie() {
        List<String> left = new CopyOnWriteArrayList<>();
        try (Room a = room("a", true, router, second).on(ParticipantLeft.class, gone -> left.add(gone.participant().name())).join();
                Room b = room("b", true, router, second).join()) {
            a.awaitParticipants(2, SOON);
            List<LocalRouter> both = List.of(router, second);
            for (int round = 0; round < 4; round++) {
                LocalRouter dying = both.get(round % 2);
                dying.stop();
                assertBothHear(a, b, "while one is gone, " + round);
                dying.startAgain();
                await().atMost(SOON).until(() -> !a.network().reason().contains("(") && !b.network().reason().contains("("));
                assertBothHear(a, b, "with both, " + round);
            }
            assertThat(left).isEmpty();
        }
    }

    /** Whose list names one that is gone, or in another order. */
    @Test
    void whoHasOneRouterInCommonMeets() {
        try (Room a = room("a", false, router, second).join(); Room b = room("b", false, second).join();
                Room c = room("c", false, second, router).join()) {
            for (Room each : List.of(a, b, c)) {
                each.awaitParticipants(3, SOON);
            }
            assertBothHear(a, b, "a and b");
            assertBothHear(b, c, "b and c");
            router.stop();
            assertBothHear(a, c, "a and c");
            try (Room d = room("d", false, router, second).join()) {
                assertThat(d.participants()).hasSize(4);
            }
        }
    }

    @Test
    void roomsOfOneRouterDoNotHearEachOther() {
        try (Room a = room("a", false, router).join(); Room other = Room.named(name + "-other").via(router.address()).join()) {
            a.sessionData().put("k", 1);
            try (Room b = room("b", false, router).join()) {
                assertBothHear(a, b, "k2");
                assertThat(b.participants()).hasSize(2);
            }
            assertThat(other.sessionData().size()).isZero();
            assertThat(other.participants()).hasSize(1);
        }
    }

    @Test
    void manyAtOnce() {
        List<Room> joined = new CopyOnWriteArrayList<>();
        try {
            IntStream.range(0, 5).mapToObj(i -> room("p" + i, false, router).joinAsync()).toList()
                    .forEach(each -> joined.add(each.join()));
            joined.forEach(each -> each.awaitParticipants(5, SOON));
        } finally {
            joined.forEach(Room::close);
        }
    }

    /** JGroups' own TUNNEL, as somebody has it in a file. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStackOfOnesOwn(boolean sealed, @TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("tunnel.xml"), """
                <config xmlns="urn:org:jgroups">
                    <TUNNEL gossip_router_hosts="127.0.0.1[%d]" bind_addr="127.0.0.1" port_range="0"/>
                    <PING num_discovery_runs="5"/><MERGE3 min_interval="500" max_interval="1500"/><FD_ALL3/><VERIFY_SUSPECT2/>
                    <pbcast.NAKACK2/><UNICAST3/><pbcast.STABLE/><pbcast.GMS join_timeout="1500"/><UFC/><MFC/><FRAG2 frag_size="50K"/>
                </config>""".formatted(router.port())).toString();
        try (Room a = stack(file, sealed).join(); Room b = stack(file, sealed).join()) {
            a.awaitParticipants(2, SOON);
            assertBothHear(a, b, "k");
        }
        router.stop();
        assertThatThrownBy(() -> stack(file, sealed).join()).isInstanceOf(JoinException.class).hasMessageContaining(router.address());
    }

    private RoomBuilder stack(String file, boolean sealed) {
        RoomBuilder builder = Room.named(name).stack(file);
        return sealed ? builder.passphrase(PASSPHRASE.toCharArray()) : builder;
    }

    @Test
    void whatIsNoRouter() {
        assertThatThrownBy(() -> Room.named(name).via()).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> Room.named(name).via((String) null)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> Room.named(name).via("a b").join()).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("a b");
        assertThatThrownBy(() -> Room.named(name).via(IntStream.range(0, 9).mapToObj(i -> "r" + i).toArray(String[]::new)))
                .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("at most 8").hasMessageContaining("9");
    }

    private static void assertBothHear(Room a, Room b, String key) {
        a.sessionData().put("a: " + key, 1);
        b.sessionData().put("b: " + key, 1);
        await().atMost(SOON).until(() -> b.sessionData().containsKey("a: " + key) && a.sessionData().containsKey("b: " + key));
    }

    private static void assertRefused(RoomBuilder builder) {
        assertThatThrownBy(builder::join).isInstanceOfSatisfying(JoinException.class,
                e -> assertThat(e.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE));
    }

    private RoomBuilder room(String participant, boolean sealed, LocalRouter... routers) {
        RoomBuilder builder = builder(participant, routers);
        return sealed ? builder.passphrase(PASSPHRASE.toCharArray()) : builder;
    }

    private RoomBuilder builder(String participant, LocalRouter... routers) {
        return Room.named(name).as(participant).via(List.of(routers).stream().map(LocalRouter::address).toArray(String[]::new));
    }
}
