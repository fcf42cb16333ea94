package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As many schedules as asked; by default those of half a minute. */
class SimulationTest {
    private static final int DEFAULT_SCHEDULES = 5_000;

    @Test
    void whateverHappensAllEndTheSameAndNothingPromisedIsBroken() throws InterruptedException {
        long seed = Long.getLong("sim.seed", System.nanoTime() & 0xFFFFFFFFFFL);
        long schedules = Long.getLong("sim.schedules", DEFAULT_SCHEDULES);
        System.out.println("sim: repeat with -Psim -Dsim.schedules=" + schedules + " -Dsim.seed=" + seed);
        Simulation simulation = new Simulation(Flaw.NONE);
        long begin = System.nanoTime();
        simulation.run(seed, schedules, Integer.getInteger("sim.failures", 10));
        double minutes = (System.nanoTime() - begin) / 60e9;
        String failures = simulation.explain();
        System.out.println(simulation.details());
        System.out.printf("sim: %.0f schedules a minute%n", schedules / minutes);
        System.out.println(simulation.summary());
        assertThat(failures).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameRunToTheByte() {
        long seed = Long.getLong("sim.seed", System.nanoTime() & 0xFFFFFFFFFFL);
        for (long each = seed; each < seed + 5; each++) {
            assertThat(World.run(Schedule.of(each), Flaw.NONE).trace()).as("seed " + each)
                    .isEqualTo(World.run(Schedule.of(each), Flaw.NONE).trace());
        }
    }
}
