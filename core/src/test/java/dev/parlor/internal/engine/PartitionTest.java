package dev.parlor.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.Change;
import dev.parlor.Limits;
import dev.parlor.MergeReport;
import dev.parlor.Participant;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import dev.parlor.SeededRandom;
import dev.parlor.StatusChanged;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.thread.Threads;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole rooms on a network that is cut and loses frames. */
class PartitionTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final HubNetwork hub = new HubNetwork();
    private final List<RoomEngine> cores = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final AtomicLong nextId = new AtomicLong(1);

    @AfterEach
    void closeAll() {
        rooms.forEach(Room::close);
    }

    private Room join(String name) throws Exception {
        ValueCodec codec = new ValueCodec(TypeRegistry.of(Set.of(), Map.of()));
        RoomOptions options = new RoomOptions("room", name, Limits.defaults(),
                codec.encode("data of " + name, () -> "", 1000, ""), SOON, Duration.ofMillis(200), Duration.ofSeconds(10),
                Duration.ofHours(1), 10_000, false, false, Budget.defaultBytes(), 0);
        Network network = hub.member(nextId.getAndIncrement());
        RoomEngine core = new RoomEngine(options, codec, Threads.forRoom(null), network, null);
        core.join().get(SOON.toSeconds(), TimeUnit.SECONDS);
        core.dispatcher().start();
        Room room = Backstage.room(core, codec, Limits.defaults());
        cores.add(core);
        rooms.add(room);
        return room;
    }

    @Test
    void whatComesBeforeTheViewThatHasItsSenderIsTakenWithIt() throws Exception {
        join("Ada");
        RoomEngine ada = cores.get(0);
        long newcomer = 99;
        StateDelta written = StateDelta.of(List.of(new StateDelta.KeyedValue("k",
                VersionedValue.of(new Stamp(1L << 50, newcomer), new byte[] {1}))));
        byte[] frame = FrameCodec.encode(newcomer,
                new Frame.Numbered(1, new Frame.Update(written, 0, Map.of(), List.of())));
        ada.intake().onFrame(newcomer, true, frame, 0, frame.length);
        assertThat(ada.state().session().entry("k")).isNull();
        ada.intake().onView(new Network.View(List.of(1L, newcomer), List.of()));
        assertThat(ada.state().session().entry("k")).isNotNull();
        ada.intake().onFrame(77, true, frame, 0, frame.length);
        ada.intake().onView(new Network.View(List.of(1L), List.of()));
        assertThat(ada.state().stats().framesRefused).isEqualTo(1);
    }

    private void awaitSame() {
        await().atMost(SOON).untilAsserted(() -> {
            Set<Long> digests = new HashSet<>();
            rooms.forEach(room -> digests.add(room.stats().digest()));
            assertThat(digests).hasSize(1);
            assertThat(rooms).allSatisfy(room -> assertThat(room.stats().inSync()).isTrue());
        });
        assertThat(rooms).extracting(room -> room.sessionData().snapshot())
                .allSatisfy(content -> assertThat(content).isEqualTo(rooms.get(0).sessionData().snapshot()));
    }

    /** Writes of the same millisecond have no order that a test may expect. */
    private static void awaitLater() {
        long now = System.currentTimeMillis();
        await().atMost(SOON).until(() -> System.currentTimeMillis() > now + 1);
    }

    @Test
    void aFlushOfWhoIsCutOffBeforeAnybodyConfirmedIsNoSuccess() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c");
        a.flush(SOON);
        hub.lose((from, to) -> from == 1L);
        a.sessionData().put("unheard", true);
        CompletableFuture<Void> flush = a.flushAsync(SOON);
        hub.partition(1L);
        assertThatThrownBy(flush::join).hasRootCauseInstanceOf(RoomTimeoutException.class).hasMessageContaining("cut off");
        assertThat(a.status()).isEqualTo(RoomStatus.RECONNECTING);
        assertThatThrownBy(() -> a.flush(SOON)).isInstanceOf(RoomTimeoutException.class).hasMessageContaining("cut off");
        b.flush(SOON);
        c.close();
        // A may be out there. Until the view comes in which c is not, b looks alone.
        await().atMost(SOON).until(() -> b.status() == RoomStatus.RECONNECTING);
        assertThatThrownBy(() -> b.flush(SOON)).isInstanceOf(RoomTimeoutException.class).hasMessageContaining("cut off");
    }

    @Test
    void thoseWhoMissAsManyAsTheyAreDoNotClaimToBeInSync() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c"), d = join("d"), e = join("e");
        awaitSame();
        List<Boolean> told = new CopyOnWriteArrayList<>();
        a.on(StatusChanged.class, event -> told.add(event.inSync()));
        hub.partition(1L, 2L);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(List.of(a, b)).noneMatch(room -> room.stats().inSync());
            assertThat(List.of(c, d, e)).allMatch(room -> room.participants().size() == 3 && room.stats().inSync());
        });
        hub.heal();
        awaitSame();
        await().atMost(SOON).untilAsserted(() -> assertThat(told).startsWith(false).endsWith(true));
    }

    @Test
    void whoIsLeftAloneByAllIsInSyncOnlyIfTheyLeft() throws Exception {
        Room a = join("a"), b = join("b");
        awaitSame();
        b.close();
        await().atMost(SOON).until(() -> a.status() == RoomStatus.ALONE);
        assertThat(a.stats().inSync()).isTrue();
        rooms.remove(b);
        join("c");
        awaitSame();
        hub.partition(1L);
        await().atMost(SOON).until(() -> a.status() == RoomStatus.RECONNECTING);
        assertThat(a.stats().inSync()).isFalse();
    }

    @Test
    void bothSidesWriteAndTheNewestOfEachKeyIsEverywhere() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c");
        a.sessionData().merge(Map.of("shared", 0, "removed", 0, "kept", 0));
        a.flush(SOON);
        List<Change> atB = new CopyOnWriteArrayList<>();
        List<Object> joins = new CopyOnWriteArrayList<>();
        b.sessionData().onChange(atB::add);
        a.on(ParticipantJoined.class, event -> joins.add(event.participant().name()));
        a.on(ParticipantLeft.class, event -> joins.add(event.reason()));
        hub.partition(1L);
        await().atMost(SOON).until(() -> a.status() == RoomStatus.RECONNECTING && b.participants().size() == 2);
        assertThat(b.host().name()).isEqualTo("b");
        a.sessionData().put("shared", "a");
        a.sessionData().put("only a", 1);
        awaitLater();
        b.sessionData().put("only b", 1);
        b.sessionData().put("shared", "b");
        c.sessionData().remove("removed");
        a.setUserData("changed apart");
        hub.heal();
        awaitSame();
        assertThat(a.sessionData().snapshot())
                .isEqualTo(Map.of("shared", "b", "kept", 0, "only a", 1, "only b", 1));
        await().atMost(SOON).until(() -> a.participants().size() == 3 && a.status() == RoomStatus.LIVE);
        assertThat(b.host().userData()).contains("changed apart");
        assertThat(joins).containsExactlyInAnyOrder(ParticipantLeft.Reason.LOST, ParticipantLeft.Reason.LOST, "b", "c");
        assertThat(atB).filteredOn(change -> change.key().equals("only a"))
                .extracting(change -> change.author().name()).containsExactly("a");
    }

    @Test
    void aMergeTellsWhatBothSidesHadChangedAndWhichWriteWasKept() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c");
        a.sessionData().merge(Map.of("both", 0, "only a", 0, "only c", 0, "removed", 0, "same", 0));
        a.flush(SOON);
        List<MergeReport> reports = new CopyOnWriteArrayList<>();
        List.of(a, b, c).forEach(each -> each.on(MergeReport.class, reports::add));
        hub.partition(1L);
        await().atMost(SOON).until(() -> a.participants().size() == 1 && b.participants().size() == 2);
        a.sessionData().put("both", "a");
        a.sessionData().put("only a", "a");
        a.sessionData().put("removed", "a");
        awaitLater();
        b.sessionData().put("both", "first of b");
        awaitLater();
        c.sessionData().put("both", "c");
        c.sessionData().put("only c", "c");
        b.sessionData().remove("removed");
        b.flush(SOON);
        hub.heal();
        awaitSame();
        await().atMost(SOON).until(() -> reports.size() == 3);
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.omitted()).isZero();
            assertThat(report.conflicts()).extracting(MergeReport.Conflict::key)
                    .containsExactlyInAnyOrder("both", "removed");
            MergeReport.Conflict both = report.conflicts().stream().filter(each -> each.key().equals("both")).findFirst()
                    .orElseThrow();
            assertThat(both.kept().value()).contains("c");
            assertThat(both.kept().author().name()).isEqualTo("c");
            assertThat(both.replaced().value()).contains("a");
            assertThat(both.replaced().author().name()).isEqualTo("a");
        });
    }

    @Test
    void aReplaceOnOneSideWinsWholeOverOlderWritesOfTheOther() throws Exception {
        Room a = join("a"), b = join("b");
        a.sessionData().merge(Map.of("x", 1, "y", 1));
        a.flush(SOON);
        hub.partition(1L);
        await().atMost(SOON).until(() -> b.participants().size() == 1);
        a.sessionData().put("older", 1);
        awaitLater();
        b.sessionData().replace(Map.of("only", 1));
        hub.heal();
        awaitSame();
        assertThat(a.sessionData().snapshot()).isEqualTo(Map.of("only", 1));
    }

    @Test
    void aClearOfTheSideThatAsksReachesTheOther() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c");
        a.sessionData().merge(Map.of("x", 1, "y", 1));
        a.flush(SOON);
        hub.partition(2L, 3L);
        await().atMost(SOON).until(() -> a.participants().size() == 1 && b.participants().size() == 2);
        b.sessionData().clear();
        c.flush(SOON);
        hub.heal();
        awaitSame();
        assertThat(a.sessionData().snapshot()).isEmpty();
    }

    @Test
    void whatWasLostIsFoundByItsNumberAndAMessageWaitsForIt() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c");
        List<Object> heard = new CopyOnWriteArrayList<>();
        b.onMessage(Integer.class, (n, from) -> heard.add(n + "=" + b.sessionData().get("n").orElse(null)));
        hub.lose((from, to) -> from == 1 && to == 2);
        for (int n = 1; n <= 20; n++) {
            a.sessionData().put("n", n);
            a.sessionData().put("k" + n, n);
        }
        await().atMost(SOON).until(() -> c.sessionData().size() == 21);
        hub.lose((from, to) -> false);
        a.send(20);
        await().atMost(SOON).until(() -> heard.equals(List.of("20=20")));
        assertThat(b.stats().framesMissed()).isPositive();
        awaitSame();
    }

    @Test
    void whatWasLostLastIsFoundByDigests() throws Exception {
        Room a = join("a"), b = join("b");
        hub.lose((from, to) -> from == 2);
        b.sessionData().put("k", 1);
        a.sessionData().put("other", 1);
        await().atMost(SOON).until(() -> cores.get(1).machine().departures().lastNumber() > 0 && b.sessionData().size() == 2);
        hub.lose((from, to) -> false);
        awaitSame();
        assertThat(a.sessionData().get("k")).contains(1);
    }

    @Test
    void whatADyingParticipantSentToSomeOnlyReachesAll() throws Exception {
        Room a = join("a"), b = join("b"), c = join("c");
        hub.lose((from, to) -> from == 3 && to == 1);
        c.sessionData().put("last words", 1);
        await().atMost(SOON).until(() -> b.sessionData().containsKey("last words"));
        hub.partition(3L);
        rooms.remove(c);
        awaitSame();
        assertThat(a.sessionData().get("last words")).contains(1);
        rooms.add(c);
    }

    @Test
    void aMemberThatNeverAnswersHoldsUpAJoinForAWhileOnly() throws Exception {
        Room a = join("a");
        a.sessionData().put("k", 1);
        hub.member(nextId.getAndIncrement()).connect(new Network.Receiver() {
            @Override
            public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {}

            @Override
            public void onView(Network.View view) {}
        });
        Room c = join("c");
        assertThat(c.sessionData().get("k")).contains(1);
        assertThat(c.participants()).extracting(Participant::name).containsExactly("a", "c");
        assertThat(c.stats().warnings()).isEqualTo(1);
    }

    @Test
    void whoLeavesAtTheMomentSomebodyJoinsIsNotTakenForLost() throws Exception {
        Room a = join("a");
        List<Object> reasons = new CopyOnWriteArrayList<>();
        Room b = join("b");
        b.on(ParticipantLeft.class, event -> reasons.add(event.reason()));
        a.close();
        rooms.remove(a);
        await().atMost(SOON).until(() -> reasons.equals(List.of(ParticipantLeft.Reason.CLOSED)));
    }

    @Test
    void messagesToAllAndToOneKeepTheirOrder() throws Exception {
        Room a = join("a"), b = join("b");
        a.awaitParticipants(2, SOON);
        List<Integer> heard = new CopyOnWriteArrayList<>();
        b.onMessage(Integer.class, (n, from) -> heard.add(n));
        List<Integer> sent = new ArrayList<>();
        for (int n = 0; n < 2000; n++) {
            if (n % 3 == 0) {
                a.send(n, a.participants().get(1));
            } else {
                a.send(n);
            }
            sent.add(n);
        }
        await().atMost(SOON).until(() -> heard.size() == sent.size());
        assertThat(heard).isEqualTo(sent);
    }

    @Test
    void whateverIsCutLostAndWrittenAllEndTheSame() throws Exception {
        Random random = SeededRandom.of(this);
        for (String name : List.of("a", "b", "c", "d")) {
            join(name);
        }
        for (int round = 0; round < 12; round++) {
            List<Long> ids = new ArrayList<>(List.of(1L, 2L, 3L, 4L));
            Collections.shuffle(ids, random);
            boolean cut = random.nextBoolean();
            if (cut) {
                hub.partition(ids.subList(0, 1 + random.nextInt(2)).toArray(Long[]::new));
            }
            int loss = random.nextInt(40);
            Random losses = new Random(random.nextLong());
            hub.lose((from, to) -> losses.nextInt(100) < loss);
            for (int n = random.nextInt(100); n > 0; n--) {
                Room room = rooms.get(random.nextInt(4));
                String key = "k" + random.nextInt(20);
                switch (random.nextInt(12)) {
                    case 0 -> room.sessionData().remove(key);
                    case 1 -> room.sessionData().replace(Map.of(key, n, "r", n));
                    case 2 -> room.sessionData().merge(Map.of(key, n, "m" + random.nextInt(20), n));
                    case 3 -> room.setUserData(n);
                    default -> room.sessionData().put(key, n);
                }
            }
            hub.lose((from, to) -> false);
            if (cut) {
                hub.heal();
            }
            awaitSame();
            await().atMost(SOON).until(() -> rooms.stream().allMatch(room -> room.participants().size() == 4));
            for (Room room : rooms) {
                List<Object> userData = rooms.stream().map(other -> other.me().userData().orElseThrow()).toList();
                await().atMost(SOON).until(() -> userData.equals(
                        room.participants().stream().map(each -> each.userData().orElseThrow()).toList()));
            }
        }
    }
}
