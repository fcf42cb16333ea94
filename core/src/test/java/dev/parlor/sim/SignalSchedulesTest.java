package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parlor.sim.Step.Op;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signals beside everything else: what is planted is found ({@link TeethTest}), and what is written does not depend on them. */
class SignalSchedulesTest {
    private static final long SECOND = 1_000 * Scheduler.MILLI;

    @Test
    void nothingOfThemIsPartOfTheStateOrOfTheOrderOfFrames() {
        World with = run(true);
        World without = run(false);
        assertThat(with.everybody.stream().mapToLong(each -> each.peer.room().stats().signalsReceived())).allMatch(count -> count > 100);
        assertThat(without.everybody.stream().mapToLong(each -> each.peer.room().stats().signalsReceived())).allMatch(count -> count == 0);
        assertThat(content(with)).isEqualTo(content(without));
        assertThat(with.everybody).allSatisfy(each -> {
            assertThat(each.peer.room().stats().inSync()).isTrue();
            assertThat(each.peer.framesMissed()).isZero();
        });
        assertThat(framesSent(with)).as("frames that are numbered, but for one or two by chance").isCloseTo(framesSent(without), within(4L));
    }

    private static List<Object> content(World world) {
        return Stream.of(world.everybody.get(0), world.everybody.get(1)).<Object>map(each -> each.peer.room().sessionData().snapshot()).toList();
    }

    private static long framesSent(World world) {
        return world.everybody.stream().mapToLong(each -> each.peer.room().stats().framesSent()).sum();
    }

    /** Two, of whom each writes once a second and signals sixty times, or does not. */
    private static World run(boolean signalling) {
        World world = new World(7, Kind.SIGNALS, Flaw.NONE);
        world.join(0);
        world.join(1);
        world.scheduler.runUntil(5 * SECOND);
        for (int i = 0; i < 10 * 60; i++) {
            for (Participant each : world.everybody) {
                if (i % 60 == 0) {
                    each.peer.room().sessionData().put("written by " + each.slot, i);
                }
                if (signalling) {
                    each.act(new Step(0, Op.SIGNAL, each.slot, 0, 0));
                }
            }
            world.scheduler.runUntil(world.scheduler.nanos() + SECOND / 60);
        }
        world.scheduler.runUntil(world.scheduler.nanos() + 20 * SECOND);
        assertThat(world.history.findings).isEmpty();
        return world;
    }

    @Test
    void schedulesOfThemEndAsAllOthersDo() {
        for (long seed = 1; seed <= 20; seed++) {
            History history = World.run(Schedule.of(seed, Kind.SIGNALS), Flaw.NONE).history();
            assertThat(history.findings).as("seed " + seed + ": run World with Schedule.of(seed, Kind.SIGNALS)").isEmpty();
        }
    }
}
