package dev.parlor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Report;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.run.Plan;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmarks run; not how fast anything is. */
class BenchIT {
    private static final Scale TINY = new Scale(1, 1, 2, 1_500, 2, 1_500, 600, 2_000, 40, 2_000, 1, 1, 1, 4, 2, 3, 1,
            new Scale.Steady(3_000, 2, 1_000));

    @Test
    void measuresAndTellsWhatItMeasured(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        Results results = new Results(folder.resolve("results.jsonl"));
        File log = folder.resolve("members.log").toFile();
        assertThat(Plan.run(Plan.all(), List.of(Kind.PARLOR), TINY, log, results)).as("see " + folder).isEmpty();
        // What is compared with differs in the candidate only: two of the workloads are enough of it.
        assertThat(Plan.run(List.of("throughput", "delivery"), List.of(Kind.RAW), TINY, log, results)).as("see " + folder).isEmpty();
        Report.write(folder, results, "a test.");
        assertThat(results.figures()).hasSizeGreaterThan(20)
                .allSatisfy(figure -> assertThat(results.median(Kind.PARLOR, figure)).as(figure.id()).isPresent());
        assertThat(folder.resolve("results.md")).content().contains("one writer, new keys, entries/s (2)");
        assertThat(Files.readString(folder.resolve("new-keys.svg"))).startsWith("<svg").contains("Parlor");
        assertThat(Files.readString(folder.resolve("flame-writer.svg"))).startsWith("<svg").contains("Parlor");
        assertThat(folder.resolve("long-pauses.txt")).exists();
    }
}
