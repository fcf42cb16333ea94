package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MergeReport;
import dev.parlor.MergeReport.Conflict;
import dev.parlor.sim.Step.Op;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a partition everybody is told once of the keys that both sides had changed, and of no others. */
class MergeReportTest {
    private static final int PARTICIPANTS = 4;
    /** Those at the first two places against the others. */
    private static final int FIRST_TWO = 0b0011;

    private static Step step(int atMillis, Op op, int slot, int a) {
        return new Step(atMillis, op, slot, a, 0);
    }

    private static List<MergeReport> reportsOf(long seed, Step... written) {
        List<Step> steps = new ArrayList<>();
        for (int slot = 0; slot < PARTICIPANTS; slot++) {
            steps.add(step(0, Op.JOIN, slot, 0));
        }
        steps.add(step(3_000, Op.PUT, 0, 1));
        steps.add(step(3_000, Op.PUT, 1, 2));
        steps.add(step(5_000, Op.PARTITION, 0, FIRST_TWO));
        // By now the cut has been noticed.
        steps.addAll(List.of(written));
        steps.add(step(16_000, Op.HEAL, 0, 0));
        World.Result result = World.run(new Schedule(seed, PARTICIPANTS, steps), Flaw.NONE);
        assertThat(result.history().findings).isEmpty();
        List<MergeReport> all = result.history().reports;
        // Those who began apart have merged before, and heard of that.
        assertThat(all.size() % PARTICIPANTS).as("reports that not all heard: %s", all).isZero();
        return all.subList(Math.max(0, all.size() - PARTICIPANTS), all.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 9, 10, 11, 16, 17})
    void aKeyThatBothSidesPutIsReportedWithBothValues(long seed) {
        List<MergeReport> reports = reportsOf(seed, step(13_500, Op.PUT, 0, 1), step(13_600, Op.PUT, 2, 1),
                step(13_500, Op.PUT, 1, 2), step(13_500, Op.PUT, 3, 3));
        assertThat(reports).hasSize(PARTICIPANTS).allSatisfy(report -> {
            assertThat(report.omitted()).isZero();
            assertThat(report.conflicts()).extracting(Conflict::key).containsExactly("k1");
            Conflict conflict = report.conflicts().get(0);
            assertThat(conflict.kept().author().name()).isEqualTo("p2");
            assertThat(conflict.replaced().author().name()).isEqualTo("p0");
            assertThat(conflict.kept().value()).isPresent();
            assertThat(conflict.replaced().value()).isPresent().isNotEqualTo(conflict.kept().value());
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 9, 10, 11, 16, 17})
    void aKeyThatOneSideRemovedAndTheOtherPutIsReportedToo(long seed) {
        List<MergeReport> reports = reportsOf(seed, step(13_600, Op.REMOVE, 0, 1), step(13_500, Op.PUT, 3, 1));
        assertThat(reports).hasSize(PARTICIPANTS).allSatisfy(report -> {
            assertThat(report.conflicts()).extracting(Conflict::key).containsExactly("k1");
            assertThat(report.conflicts().get(0).kept().value()).isEmpty();
            assertThat(report.conflicts().get(0).kept().author().name()).isEqualTo("p0");
            assertThat(report.conflicts().get(0).replaced().author().name()).isEqualTo("p3");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 9})
    void whatOneSideAloneHasChangedIsNoConflict(long seed) {
        assertThat(reportsOf(seed, step(13_500, Op.PUT, 0, 1), step(13_600, Op.REMOVE, 1, 2), step(13_500, Op.PUT, 3, 3)))
                .hasSize(PARTICIPANTS).allSatisfy(report -> assertThat(report.conflicts()).isEmpty());
    }
}
