package dev.parlor.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Limits;
import dev.parlor.MergeReport;
import dev.parlor.Room;
import dev.parlor.Warning;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.thread.Threads;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member of the cluster that never says a word of Parlor, as one of another program does in an open room. */
class SilentMemberTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration RETENTION = Duration.ofSeconds(1);

    private final HubNetwork hub = new HubNetwork();
    private final List<RoomEngine> cores = new CopyOnWriteArrayList<>();
    private final List<Room> rooms = new CopyOnWriteArrayList<>();
    private final List<Network> silent = new ArrayList<>();

    @AfterEach
    void closeAll() {
        rooms.forEach(Room::close);
        silent.forEach(Network::close);
    }

    private void silentMember(long id) {
        Network member = hub.member(id);
        silent.add(member);
        member.connect(new Network.Receiver() {
            @Override
            public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {}

            @Override
            public void onView(Network.View view) {}
        });
    }

    private CompletableFuture<Room> joinAsync(long id, String name) {
        ValueCodec codec = new ValueCodec(TypeRegistry.of(Set.of(), Map.of()));
        RoomOptions options = new RoomOptions("room", name, Limits.defaults(),
                codec.encode("data of " + name, () -> "", 1000, ""), SOON, Duration.ofSeconds(5), Duration.ofSeconds(10),
                RETENTION, 2, false, false, Budget.defaultBytes(), 0);
        RoomEngine core = new RoomEngine(options, codec, Threads.forRoom(null), hub.member(id), null);
        return core.join().thenApply(done -> {
            core.dispatcher().start();
            Room room = Backstage.room(core, codec, Limits.defaults());
            cores.add(core);
            rooms.add(room);
            return room;
        });
    }

    private Room join(long id, String name) throws Exception {
        return joinAsync(id, name).get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** Until all have asked it in vain. */
    private void awaitLeftOut(long member) {
        await().atMost(SOON).until(() -> cores.stream().allMatch(core -> {
            core.enter();
            try {
                return core.state().isLeftOut(member);
            } finally {
                core.leave();
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9})
    void holdsUpNeitherFlushNorCloseNorForgetting(long id) throws Exception {
        List<Warning.Kind> warnings = new CopyOnWriteArrayList<>();
        Room a = join(2, "a"), b = join(3, "b");
        a.on(Warning.class, warning -> warnings.add(warning.kind()));
        // The hub has members in the order in which they were made, so that this one comes last; see below for the first.
        silentMember(id);
        awaitLeftOut(id);
        assertThat(warnings).contains(Warning.Kind.INTRUDER);
        for (int i = 0; i < 10; i++) {
            a.sessionData().put("k" + i, i);
            b.sessionData().remove("k" + i);
            a.sessionData().remove("k" + i);
        }
        a.flush(Duration.ofSeconds(5));
        b.flush(Duration.ofSeconds(5));
        await().atMost(SOON).until(() -> cores.stream().allMatch(core -> core.state().stats().compactions > 0));
        assertThat(a.participants()).hasSize(2);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(b::close);
        await().atMost(SOON).until(closed::isDone);
        assertThat(a.participants()).hasSize(1);
        a.flush(Duration.ofSeconds(5));
    }

    @Test
    void isNoCoordinatorThoughItCameFirst() throws Exception {
        silentMember(1);
        Room a = join(2, "a"), b = join(3, "b");
        awaitLeftOut(1);
        hub.lose((from, to) -> from == 3);
        b.sessionData().put("lost", 1);
        a.sessionData().put("other", 1);
        await().atMost(SOON).until(() -> cores.get(1).machine().departures().lastNumber() > 0 && b.sessionData().size() == 2);
        hub.lose((from, to) -> false);
        await().atMost(SOON).until(() -> a.sessionData().containsKey("lost") && a.stats().inSync() && b.stats().inSync());
        a.flush(Duration.ofSeconds(5));
        assertThat(a.host().name()).isEqualTo("a");
    }

    @Test
    void severalWhoJoinAtOnceDoNotWaitForItForEver() throws Exception {
        silentMember(1);
        silentMember(2);
        CompletableFuture<Room> first = joinAsync(3, "a");
        CompletableFuture<Room> second = joinAsync(4, "b");
        Room a = first.get(SOON.toSeconds(), TimeUnit.SECONDS);
        Room b = second.get(SOON.toSeconds(), TimeUnit.SECONDS);
        a.sessionData().put("k", 1);
        a.flush(Duration.ofSeconds(5));
        assertThat(b.sessionData().get("k")).contains(1);
    }

    @Test
    void doesNotHideWhatBothSidesOfAPartitionChanged() throws Exception {
        silentMember(1);
        Room a = join(2, "a"), b = join(3, "b");
        awaitLeftOut(1);
        List<MergeReport> reports = new CopyOnWriteArrayList<>();
        b.on(MergeReport.class, reports::add);
        // It comes first in the part of either.
        for (long cut : new long[] {3, 2}) {
            reports.clear();
            hub.partition(cut);
            await().atMost(SOON).until(() -> a.participants().size() == 1 && b.participants().size() == 1);
            a.sessionData().put("k", "a, without " + cut);
            b.sessionData().put("k", "b, without " + cut);
            hub.heal();
            await().atMost(SOON).until(() -> a.participants().size() == 2 && !reports.isEmpty());
            assertThat(reports.get(0).conflicts()).extracting(MergeReport.Conflict::key).containsExactly("k");
        }
    }

    @Test
    void isNoSideOfAMergeByItself() throws Exception {
        silentMember(1);
        Room a = join(2, "a"), b = join(3, "b");
        awaitLeftOut(1);
        List<MergeReport> reports = new CopyOnWriteArrayList<>();
        a.on(MergeReport.class, reports::add);
        hub.partition(1L);
        awaitMembers(2);
        hub.heal();
        awaitMembers(3);
        b.sessionData().put("k", "b");
        b.flush(Duration.ofSeconds(5));
        assertThat(reports).isEmpty();
        for (RoomEngine core : cores) {
            core.enter();
            try {
                assertThat(core.machine().repair().merges().isComparing()).isFalse();
                assertThat(core.machine().repair().isSpreading()).isFalse();
            } finally {
                core.leave();
            }
        }
    }

    private void awaitMembers(int count) {
        await().atMost(SOON).until(() -> cores.stream().allMatch(core -> {
            core.enter();
            try {
                return core.state().members().size() == count;
            } finally {
                core.leave();
            }
        }));
    }

    /** A participant that was stopped, or could not be heard, is one as soon as it says so. */
    @Test
    void isCountedAgainOnceItSpeaks() throws Exception {
        Room a = join(2, "a");
        hub.lose((from, to) -> from == 3);
        CompletableFuture<Room> joining = joinAsync(3, "b");
        awaitLeftOut(3);
        hub.lose((from, to) -> false);
        Room b = joining.get(SOON.toSeconds(), TimeUnit.SECONDS);
        a.awaitParticipants(2, SOON);
        b.sessionData().put("k", 1);
        b.flush(Duration.ofSeconds(5));
        assertThat(cores.get(0).state().isLeftOut(3)).isFalse();
        assertThat(a.sessionData().get("k")).contains(1);
    }
}
