package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.demo.desktop.net.PluggedStack;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Ten thousand puts a second from another JVM, with the inspector open: the window goes on answering, and ends right. */
class StormIT {
    private static final int PUTS_A_SECOND = 10_000;
    private static final int SECONDS = 10;
    private static final int KEYS = 2_000;
    private static final long TICK_NANOS = 1_000_000;

    @Test
    void theWindowAnswersInAStormOfPuts() throws Exception {
        WindowProcess.assumeDisplay();
        String name = "storm-" + UUID.randomUUID();
        try (WindowProcess ada = WindowProcess.start(name, "--name", "Ada")) {
            ada.sees("room-status", "alone");
            ada.click("inspector");
            try (Room storm = Room.named(name).as("Storm").stack(PluggedStack.write(name).toString()).join()) {
                ada.sees("room-status", "2 here");
                Thread writer = new Thread(() -> write(storm));
                writer.start();
                List<Long> micros = new ArrayList<>();
                while (writer.isAlive()) {
                    micros.add(Long.parseLong(ada.does("delay")));
                    writer.join(5);
                }
                micros.sort(null);
                System.out.printf("In a storm of %,d puts a second the event thread answered %d times: p50 %.1f ms, p99 %.1f ms, "
                        + "at most %.1f ms%n", PUTS_A_SECOND, micros.size(), micros.get(micros.size() / 2) / 1e3,
                        micros.get(micros.size() * 99 / 100) / 1e3, micros.get(micros.size() - 1) / 1e3);
                ada.type("inspector-filter", "storm/0001");
                ada.sees("inspector-count", "1 entry");
                assertThat(storm.stats().entries()).isEqualTo(KEYS);
                ada.sees("inspector-summary", String.format("digest %016x", storm.stats().digest()));
            }
        }
    }

    private static void write(Room room) {
        long begin = System.nanoTime();
        for (int done = 0; done < PUTS_A_SECOND * SECONDS; ) {
            int due = (int) Math.min(PUTS_A_SECOND * SECONDS, (System.nanoTime() - begin) * PUTS_A_SECOND / 1_000_000_000L);
            for (; done < due; done++) {
                room.sessionData().put(String.format("storm/%04d", done % KEYS), "value " + done);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }
}
