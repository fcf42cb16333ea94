package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.RoomStats;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.wire.Frame.SyncChunk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What repairs and removed keys cost, counted and not timed. */
class CostTest {
    private static final long SECOND = 1_000 * Scheduler.MILLI;
    private static final int MAX_REPAIR_BYTES = 100_000;
    private final World world = new World(7, Kind.MIXED, Flaw.NONE);

    private List<SimPeer> joined(int count) {
        for (int slot = 0; slot < count; slot++) {
            world.join(slot);
        }
        pass(5);
        assertThat(world.everybody).allMatch(each -> each.joined);
        return world.everybody.stream().map(each -> each.peer).toList();
    }

    private void pass(long seconds) {
        world.scheduler.runUntil(world.scheduler.nanos() + seconds * SECOND);
    }

    private static boolean same(List<SimPeer> peers) {
        return peers.stream().allMatch(each -> each.room().stats().inSync()
                && each.digest().equals(peers.get(0).digest()));
    }

    @Test
    void aReplicaOfHundredThousandEntriesThatMissedOneWriteIsRepairedWithLittle() {
        List<SimPeer> peers = joined(3);
        for (int i = 0; i < 100_000; i++) {
            peers.get(i % 3).room().sessionData().put("key-" + i, "a value of about a hundred bytes: " + "x".repeat(66));
            if (i % 1_000 == 0) {
                world.scheduler.runUntil(world.scheduler.nanos() + 50 * Scheduler.MILLI);
            }
        }
        pass(60);
        assertThat(same(peers)).isTrue();
        world.network.lose(100);
        peers.get(1).room().sessionData().put("key-4711", "missed by the others");
        world.scheduler.runUntil(world.scheduler.nanos() + 100 * Scheduler.MILLI);
        world.network.lose(0);
        assertThat(same(peers)).isFalse();
        world.network.bytesSent = 0;
        for (int i = 0; i < 40 && !same(peers); i++) {
            pass(1);
        }
        assertThat(same(peers)).isTrue();
        assertThat(peers.get(0).room().sessionData().get("key-4711")).contains("missed by the others");
        System.out.println("repair of one entry of 100,000 at two replicas: " + world.network.bytesSent + " bytes in all");
        assertThat(world.network.bytesSent).isLessThan(MAX_REPAIR_BYTES);
    }

    @Test
    void bytesAndWritesAreCountedAtBothEnds() {
        List<SimPeer> peers = joined(2);
        RoomStats sender = peers.get(0).room().stats();
        RoomStats receiver = peers.get(1).room().stats();
        world.network.bytesSent = 0;
        // What is alone is sent at once: the others wait after it.
        peers.get(0).room().sessionData().put("alone", 1);
        for (String key : List.of("a", "b", "a")) {
            peers.get(0).room().sessionData().put(key, "x".repeat(1_000));
        }
        peers.get(0).room().sessionData().remove("b");
        // Long enough for all to arrive, short enough for no frame to be on its way at the end.
        pass(2);
        RoomStats sent = peers.get(0).room().stats();
        RoomStats received = peers.get(1).room().stats();
        assertThat(sent.writesApplied() - sender.writesApplied()).isEqualTo(5);
        assertThat(received.writesApplied() - receiver.writesApplied()).as("overwritten before they were sent").isEqualTo(3);
        assertThat(sent.bytesSent() - sender.bytesSent()).isEqualTo(received.bytesReceived() - receiver.bytesReceived())
                .isBetween(1_000L, 2_000L);
        assertThat(sent.bytesSent() - sender.bytesSent() + received.bytesSent() - receiver.bytesSent())
                .isEqualTo(world.network.bytesSent);
    }

    @Test
    void whoHearsThatItHoldsAllWaitsForNoMoreOfARepairThatWasUnderWay() {
        List<SimPeer> peers = joined(2);
        world.network.lose(100);
        putMany(peers.get(0), "missed");
        pass(1);
        world.network.lose(0);
        // The repair begins, and does not go on.
        world.network.members.get(world.everybody.get(0).id).mangler =
                Mangler.dropping(frame -> frame instanceof SyncChunk chunk && chunk.index() > 0);
        peers.get(0).room().sessionData().put("heard", "so something is missing before it");
        world.scheduler.runUntil(world.scheduler.nanos() + SECOND);
        assertThat(peers.get(1).room().sessionData().asMap()).containsKey("heard").doesNotContainKey("key-4999");
        putMany(peers.get(0), "again");
        // Shorter than it takes to give up a repair.
        world.scheduler.runUntil(world.scheduler.nanos() + 1_200 * Scheduler.MILLI);
        assertThat(peers.get(1).digest()).isEqualTo(peers.get(0).digest());
        assertThat(peers.get(1).room().stats().inSync()).isTrue();
    }

    private static void putMany(SimPeer peer, String value) {
        for (int i = 0; i < 5_000; i++) {
            peer.room().sessionData().put("key-" + i, value + "x".repeat(100));
        }
    }

    @Test
    void aMillionKeysPutAndRemovedLeaveFewTombstonesAndNoneComesBack() {
        List<SimPeer> peers = joined(2);
        peers.get(0).room().sessionData().put("stays", "here");
        int aSecond = 2_000;
        int most = 0;
        for (int i = 0; i < 1_000_000; i++) {
            SimPeer writer = peers.get(i % 2);
            writer.room().sessionData().put("key-" + i, "v");
            writer.room().sessionData().remove("key-" + i);
            if (i % aSecond == aSecond - 1) {
                pass(1);
                for (SimPeer each : peers) {
                    most = Math.max(most, (int) each.room().stats().tombstones());
                    assertThat(each.room().sessionData().asMap().keySet()).isEqualTo(Set.of("stays"));
                }
            }
        }
        pass(60);
        Set<Object> held = new HashSet<>();
        peers.forEach(each -> held.add(each.room().sessionData().snapshot()));
        assertThat(held).hasSize(1);
        assertThat(peers.get(1).room().sessionData().snapshot()).containsOnlyKeys("stays");
        assertThat(same(peers)).isTrue();
        System.out.println("1,000,000 keys put and removed: at most " + most + " tombstones, "
                + peers.get(0).room().stats().tombstones() + " in the end, "
                + peers.get(0).room().stats().compactions() + " compactions");
        // Those of the retention, of the time between two looks, and of the quarter that makes a compaction worthwhile.
        assertThat(most).isLessThan((int) (aSecond * SimPeer.RETENTION.toSeconds() * 2));
        assertThat(peers.get(0).room().stats().tombstones()).isLessThan(SimPeer.MIN_TOMBSTONES + 1);
    }
}
