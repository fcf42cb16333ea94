package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.MachinePeer.Heard;
import dev.parlor.sim.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rooms as machines, with nothing around them: state, inputs, outputs. */
class RoomMachineTest {
    private static final int SEEDS = Integer.getInteger("machine.seeds", 1_000);
    private static final int PLANTED_SEEDS = 200;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
    void whateverIsLostOrCutAllEndTheSameAndNothingPromisedIsBroken() {
        long first = Long.getLong("machine.seed", ThreadLocalRandom.current().nextLong(1L << 40));
        System.out.println("machines: repeat with -Dmachine.seeds=" + SEEDS + " -Dmachine.seed=" + first);
        LongAdder compactions = new LongAdder();
        assertThat(LongStream.range(first, first + SEEDS).parallel().mapToObj(seed -> {
            MachineScript script = new MachineScript(seed);
            List<String> found = script.run();
            compactions.add(script.compactions());
            return found.isEmpty() ? "" : "repeat with -Dmachine.seeds=1 -Dmachine.seed=" + seed + ": " + found;
        }).filter(failure -> !failure.isEmpty()).toList()).isEmpty();
        System.out.println("machines: " + SEEDS + " schedules, " + compactions + " compactions");
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRIVAL_WINS", "EVERY_FRAME_COVERS", "HALF_A_STATE", "HELD_KEPT"})
    void aPlantedFlawIsFound(Mutation flaw) {
        Runnable undo = flaw.plant();
        try {
            assertThat(LongStream.range(0, PLANTED_SEEDS).filter(seed -> !new MachineScript(seed).run().isEmpty()).findFirst())
                    .isPresent();
        } finally {
            undo.run();
        }
    }
}
