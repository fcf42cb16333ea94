package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Five windows at which random people click, for some seconds in every build and for as long as you like with
 * {@code -Psoak -Dsoak.minutes=10}. Afterwards nothing has gone wrong in any, and all hold the same.
 */
class SoakIT {
    private static final int WINDOWS = 5;
    private static final Duration MERGED = Duration.ofSeconds(60);

    @Test
    void randomPeopleDoNoHarm() throws Exception {
        WindowProcess.assumeDisplay();
        long seed = Long.getLong("soak.seed", System.nanoTime());
        System.out.println("SoakIT: repeat with -Dsoak.seed=" + seed);
        Random random = new Random(seed);
        String room = "soak-" + UUID.randomUUID();
        List<WindowProcess> windows = new ArrayList<>();
        try {
            for (int i = 0; i < WINDOWS; i++) {
                windows.add(WindowProcess.start(room, "--name", "Person " + i));
            }
            windows.get(0).sees("room-status", WINDOWS + " here");
            long end = System.nanoTime() + (long) (Double.parseDouble(System.getProperty("soak.minutes", "0.15")) * 60e9);
            Set<String> done = new HashSet<>();
            int deeds = 0;
            for (; System.nanoTime() < end; deeds++) {
                done.add(windows.get(random.nextInt(WINDOWS)).does("random", Long.toString(random.nextLong())));
            }
            System.out.println("SoakIT: " + deeds + " deeds at " + done.size() + " different things");
            for (WindowProcess window : windows) {
                settle(window);
            }
            await("all hold the same").atMost(MERGED).untilAsserted(() -> {
                Set<String> digests = new HashSet<>();
                for (WindowProcess window : windows) {
                    assertThat(window.does("read", "room-status")).isEqualTo(WINDOWS + " here");
                    String summary = window.does("read", "inspector-summary");
                    assertThat(summary).startsWith("in sync");
                    digests.add(summary.replaceAll(".*(digest \\w+).*", "$1"));
                }
                assertThat(digests).hasSize(1);
            });
            for (WindowProcess window : windows) {
                assertThat(window.errors()).doesNotContain("Exception", "\tat ", "ERROR ");
            }
        } finally {
            for (WindowProcess window : windows) {
                window.close();
            }
        }
    }

    /** Puts the plug in and opens the drawer, whatever was clicked last. */
    private static void settle(WindowProcess window) {
        window.does("press", "inspector", "true");
        window.does("press", "pause-network", "false");
    }
}
