package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds each planted flaw: one that it could not find would prove nothing when it finds none. */
class TeethTest {
    private static final long MAX_SCHEDULES = 10_000;
    private static final long SEED = 1;

    /** Schedules in which it cannot show are not run, and do not count. */
    private static long kindsItShowsIn(Flaw flaw) {
        return LongStream.range(0, Kind.CYCLE).filter(seed -> flaw.mayShowIn(Kind.of(seed))).count();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedFlawIsFound(Flaw flaw) throws InterruptedException {
        Runnable undo = flaw.mutation() == null ? () -> { } : flaw.mutation().plant();
        Simulation simulation = new Simulation(flaw);
        try {
            simulation.run(SEED, MAX_SCHEDULES * Kind.CYCLE / kindsItShowsIn(flaw), 1);
        } finally {
            undo.run();
        }
        System.out.println(flaw + ": " + simulation.summary() + "; " + simulation.firstFinding());
        assertThat(simulation.failures()).as("schedules of " + MAX_SCHEDULES + " in which it shows").isPositive();
    }
}
