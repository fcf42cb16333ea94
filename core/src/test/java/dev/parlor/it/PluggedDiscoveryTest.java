package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Doctor;
import dev.parlor.DoctorReport;
import dev.parlor.DoctorReport.Code;
import dev.parlor.MergeReport;
import dev.parlor.PeerDiscovery;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.Warning;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rooms of one JVM with a way of its own to find others, which shows what it is told. All of it stays on the loopback. */
class PluggedDiscoveryTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String name = "plugged-" + UUID.randomUUID();
    private final List<Warning> warnings = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    /** Where programs of rooms are, as each has said. */
    private static final class Board implements PeerDiscovery {
        private final Map<String, Set<InetSocketAddress>> here = new ConcurrentHashMap<>();
        private final Set<String> rooms = ConcurrentHashMap.newKeySet();
        private final Set<InetSocketAddress> onlookers = ConcurrentHashMap.newKeySet();

        @Override
        public Search open(String room, String self) {
            assertThat(room).matches("[a-z0-9-]{1,40}");
            assertThat(self).matches("[a-z0-9-]{1,40}");
            rooms.add(room);
            return new Search() {
                @Override
                public Collection<InetSocketAddress> exchange(Set<InetSocketAddress> own) {
                    if (own.stream().allMatch(each -> each.getPort() == 0)) {
                        onlookers.addAll(own);
                    } else {
                        here.put(self, own);
                    }
                    // Its own as well.
                    return here.values().stream().flatMap(Collection::stream).toList();
                }

                @Override
                public void close() {
                    here.remove(self);
                }
            };
        }

        @Override
        public String toString() {
            return "the board";
        }
    }

    private RoomBuilder builder() {
        return Room.named(name).networkInterface("127.0.0.1").on(Warning.class, warnings::add);
    }

    @AfterEach
    void letGo() {
        never.countDown();
    }

    @Test
    void twoRoomsMeetByItAlone() {
        Board board = new Board();
        List<MergeReport> merges = new CopyOnWriteArrayList<>();
        try (Room a = builder().discovery(board).as("a").join()) {
            assertThat(a.network().reach()).contains("the board");
            try (Room b = builder().discovery(board).as("b").on(MergeReport.class, merges::add).join()) {
                assertThat(b.participants()).as("found in time for the join").hasSize(2);
                a.awaitParticipants(2, SOON);
                assertThat(board.rooms).singleElement().asString().doesNotContain(name);
                assertThat(board.here).hasSize(2);
                assertThat(board.here.values()).allSatisfy(each -> assertThat(each.stream().map(InetSocketAddress::getAddress)
                        .collect(Collectors.toSet())).allMatch(InetAddress::isLoopbackAddress));
            }
            await().atMost(SOON).until(() -> a.participants().size() == 1 && board.here.size() == 1);
        }
        await().atMost(SOON).until(board.here::isEmpty);
        assertThat(merges).isEmpty();
        assertThat(warnings).noneMatch(each -> each.kind() == Warning.Kind.UNREACHABLE);
    }

    /** The first question, after a quarter of a second, goes to nobody. */
    @Test
    void whoIsFoundWhileTheJoinWaitsForAnswersIsMetAtTheJoin() {
        Board board = new Board();
        AtomicBoolean waited = new AtomicBoolean();
        PeerDiscovery slow = (room, self) -> {
            PeerDiscovery.Search search = board.open(room, self);
            return own -> {
                if (waited.compareAndSet(false, true)) {
                    await().pollDelay(Duration.ofMillis(350)).until(() -> true);
                }
                return search.exchange(own);
            };
        };
        try (Room a = builder().discovery(board).as("a").join(); Room b = builder().discovery(slow).as("b").join()) {
            assertThat(b.participants()).hasSize(2);
            a.awaitParticipants(2, SOON);
        }
    }

    @Test
    void whatThrowsIsToldOnceAndDoesNotKeepOthersFromFinding() {
        Board board = new Board();
        PeerDiscovery broken = (room, self) -> own -> {
            throw new IOException("the directory is closed");
        };
        try (Room a = builder().discovery(broken).discovery(board).as("a").join();
                Room b = builder().discovery(board).discovery(broken).as("b").join()) {
            a.awaitParticipants(2, SOON);
            b.awaitParticipants(2, SOON);
            await().atMost(SOON).until(() -> warnings.stream().filter(PluggedDiscoveryTest::isOfBroken).count() == 2);
        }
        assertThat(warnings.stream().filter(PluggedDiscoveryTest::isOfBroken)).as("one for each room").hasSize(2);
    }

    private static boolean isOfBroken(Warning warning) {
        return warning.kind() == Warning.Kind.UNREACHABLE && warning.message().contains("the directory is closed");
    }

    @Test
    void whatBlocksForEverHoldsUpNothing() {
        Board board = new Board();
        PeerDiscovery stuck = (room, self) -> own -> {
            await().forever().until(() -> never.getCount() == 0);
            return List.of();
        };
        try (Room a = builder().discovery(stuck).discovery(board).as("a").join();
                Room b = builder().discovery(stuck).discovery(board).as("b").join()) {
            a.awaitParticipants(2, SOON);
            b.awaitParticipants(2, SOON);
        }
        assertThat(never.getCount()).as("the rooms closed while it blocked").isOne();
    }

    @Test
    void tenThousandAddressesKeepNobodyFromBeingMet() {
        Board board = new Board();
        // Of this machine, where nobody listens.
        PeerDiscovery many = (room, self) -> own -> IntStream.range(0, 10_000)
                .mapToObj(i -> new InetSocketAddress("127.0.0." + (2 + i % 200), 20_000 + i)).toList();
        try (Room a = builder().discovery(many).discovery(board).as("a").join();
                Room b = builder().discovery(many).discovery(board).as("b").join()) {
            a.awaitParticipants(2, SOON);
            b.awaitParticipants(2, SOON);
        }
    }

    @Test
    void theDoctorLooksByItAndIsNotFound() {
        Board board = new Board();
        PeerDiscovery broken = (room, self) -> {
            throw new IOException("the directory is closed");
        };
        try (Room a = builder().discovery(board).as("a").join()) {
            DoctorReport report = Doctor.examine(Room.named(name).networkInterface("127.0.0.1").discovery(board).discovery(broken));
            assertThat(report.of(Code.PEERS)).as(report.toString()).hasSize(1);
            assertThat(report.of(Code.DISCOVERY)).as(report.toString()).singleElement()
                    .satisfies(each -> assertThat(each.seen()).contains("the board"));
            assertThat(report.of(Code.DISCOVERY_FAILED)).as(report.toString()).singleElement()
                    .satisfies(each -> assertThat(each.seen()).contains("the directory is closed"));
            assertThat(board.onlookers).isNotEmpty();
            assertThat(board.here).hasSize(1);
            assertThat(a.participants()).hasSize(1);
        }
    }
}
