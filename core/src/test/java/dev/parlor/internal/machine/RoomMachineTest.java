package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.MachinePeer.Heard;
import dev.parlor.internal.session.VersionedValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Rooms as machines, with nothing around them: state, inputs, outputs. */
class RoomMachineTest {
    private static final int SEEDS = Integer.getInteger("machine.seeds", 200);
    private static final int PEERS = 4;
    private static final int STEPS = 150;
    private static final int KEYS = 12;
    /** Longer than any repair takes. */
    private static final long REST_MILLIS = 60_000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aWriteComesOutAsAFrameAndGoesInAsAChange() {
        MachineWorld world = new MachineWorld(1);
        MachinePeer ada = world.join(1);
        MachinePeer ben = world.join(2);
        world.pass(5_000);
        assertThat(ada.hasJoined() && ben.hasJoined()).isTrue();
        ada.input(() -> ada.machine.writes().apply("k", bytes("v")));
        assertThat(ben.changes).isEmpty();
        world.pass(100);
        assertThat(ben.changes).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo("k");
            assertThat(change.after().bytes()).isEqualTo(bytes("v"));
        });
    }

    @Test
    void aLateJoinerGetsAllAndThenMessages() {
        MachineWorld world = new MachineWorld(2);
        MachinePeer ada = world.join(1);
        world.pass(2_000);
        for (int i = 0; i < 1_000; i++) {
            String key = "k" + i;
            ada.input(() -> ada.machine.writes().apply(key, bytes(key)));
        }
        MachinePeer late = world.join(2);
        world.pass(5_000);
        assertThat(late.machine.state().session().size()).isEqualTo(1_000);
        ada.input(() -> ada.machine.messaging().messages().sendToAll(bytes("welcome")));
        world.pass(1_000);
        assertThat(late.heard).containsExactly(new Heard(1, "welcome"));
    }

    @Test
    void whateverIsLostOrCutAllEndWithTheNewestOfEachKey() {
        long first = Long.getLong("machine.seed", ThreadLocalRandom.current().nextLong(1L << 40));
        for (long seed = first; seed < first + SEEDS; seed++) {
            run(seed);
        }
    }

    private void run(long seed) {
        MachineWorld world = new MachineWorld(seed);
        Map<String, VersionedValue> newest = new HashMap<>();
        for (long id = 1; id <= PEERS; id++) {
            world.join(id);
            world.pass(1_500);
        }
        boolean cut = false;
        for (int step = 0; step < STEPS; step++) {
            MachinePeer writer = world.peers.get(world.random.nextInt(world.peers.size()));
            switch (world.random.nextInt(12)) {
                case 0 -> {
                    cut = !cut;
                    if (cut) {
                        world.cut(someOf(world));
                    } else {
                        world.heal();
                    }
                }
                case 1 -> world.lossPercent = world.random.nextInt(30);
                case 2 -> world.pass(world.random.nextInt(3_000));
                case 3 -> write(writer, newest, key(world), null);
                default -> write(writer, newest, key(world), bytes("s" + step));
            }
            world.pass(world.random.nextInt(60));
        }
        world.lossPercent = 0;
        world.heal();
        world.pass(REST_MILLIS);
        for (MachinePeer peer : world.peers) {
            newest.forEach((key, value) -> {
                VersionedValue held = peer.machine.state().session().liveEntry(key);
                // Removed keys may have been forgotten by all.
                assertThat(held == null ? "" : text(held.bytes())).as("seed %d: %s at %d", seed, key, peer.id)
                        .isEqualTo(value.isTombstone() ? "" : text(value.bytes()));
            });
            assertThat(peer.machine.standing().isInSync()).as("seed %d: %d in sync", seed, peer.id).isTrue();
            assertThat(peer.machine.state().session().digest()).as("seed %d", seed)
                    .isEqualTo(world.peers.get(0).machine.state().session().digest());
        }
    }

    private static String key(MachineWorld world) {
        return "k" + world.random.nextInt(KEYS);
    }

    private static Set<Long> someOf(MachineWorld world) {
        Set<Long> some = new HashSet<>();
        for (MachinePeer each : world.peers) {
            if (world.random.nextBoolean()) {
                some.add(each.id);
            }
        }
        return some;
    }

    private static void write(MachinePeer writer, Map<String, VersionedValue> newest, String key, byte[] value) {
        writer.input(() -> writer.machine.writes().apply(key, value));
        VersionedValue written = writer.machine.state().session().held(key);
        newest.merge(key, written, (one, other) -> other.stamp().after(one.stamp()) ? other : one);
    }
}
