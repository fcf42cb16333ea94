package dev.parlor.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.demo.DemoProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
