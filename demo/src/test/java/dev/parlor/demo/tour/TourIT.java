package dev.parlor.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.demo.DemoProcess;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour, run as its user runs it. */
class TourIT {
    /** The tour gives up by itself after a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void everythingIsSeen() throws IOException, InterruptedException {
        try (DemoProcess tour = DemoProcess.start("tour")) {
            assertThat(tour.exitCode(PATIENCE)).as(() -> tour.out() + tour.err()).isZero();
            assertThat(tour.out())
                    .contains("layout = \"grid\" -> \"speaker\", by Bob", "Cleo left: LOST", "Ada left: CLOSED")
                    .doesNotContain("MISSED", "\u001B");
        }
    }

    @Test
    void theSecondOneUsesTheClassesOfTheFirst(@TempDir Path cache, @TempDir Path logs) throws IOException, InterruptedException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("unix"), "where files have owners");
        String options = "-Xlog:class+load:file=" + logs + "/%p.log";
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString(), "JDK_JAVA_OPTIONS", options);
        for (int run = 1; run <= 2; run++) {
            try (DemoProcess tour = DemoProcess.start(environment, "tour")) {
                assertThat(tour.exitCode(PATIENCE)).as(() -> tour.out() + tour.err()).isZero();
                assertThat(tour.out()).doesNotContain("[warning]");
                // Each JVM tells of its options; those that start at once do so within each other's lines.
                assertThat(tour.err().replace("NOTE: Picked up JDK_JAVA_OPTIONS: " + options, "")).isBlank();
            }
            assertThat(peersFromTheArchive(logs)).as("in run %d", run).isEqualTo(run == 1 ? 0 : 5);
        }
    }

    private static long peersFromTheArchive(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            List<Path> all = files.toList();
            long peers = 0;
            for (Path each : all) {
                try (Stream<String> lines = Files.lines(each)) {
                    peers += lines.anyMatch(line -> line.endsWith("TourPeer source: shared objects file (top)")) ? 1 : 0;
                }
            }
            return peers;
        }
    }

    @Test
    void noProcessOutlivesAnInterruptedTour() throws IOException, InterruptedException {
        try (DemoProcess tour = DemoProcess.start("tour")) {
            await().atMost(PATIENCE).until(() -> tour.out().contains("Bob    joined"));
            List<ProcessHandle> children = tour.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(3);

            tour.interrupt();

            tour.exitCode(PATIENCE);
            await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void withoutArgumentsItSaysWhatToTypeFirst() throws IOException, InterruptedException {
        try (DemoProcess demo = DemoProcess.start()) {
            assertThat(demo.exitCode(PATIENCE)).isZero();
            assertThat(demo.out()).contains("java -jar demo/target/parlor-demo.jar tour", "chat lounge --name Ada");
        }
    }
}
