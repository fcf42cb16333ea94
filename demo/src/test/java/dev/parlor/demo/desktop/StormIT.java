package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Family;
import dev.parlor.Room;
import dev.parlor.demo.desktop.net.PluggedStack;
import dev.parlor.demo.desktop.state.Chat;
import dev.parlor.demo.desktop.state.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand puts a second from another JVM, then as many with a thousand messages among them, then with a thousand lines to
 * everyone, of which nobody takes any away: with the inspector open the window goes on answering, and ends right. Who joins then sees
 * the last lines.
 */
class StormIT {
    private static final int PUTS_A_SECOND = 10_000;
    private static final int PUTS_A_LINE = 10;
    private static final int PUTS = 6 * PUTS_A_SECOND;
    private static final int KEYS = 2_000;
    private static final long TICK_NANOS = 1_000_000;

    @Test
    void theWindowAnswersInAStorm() throws Exception {
        WindowProcess.assumeDisplay();
        String name = "storm-" + UUID.randomUUID();
        try (WindowProcess ada = WindowProcess.start(name, "--name", "Ada")) {
            ada.sees("room-status", "alone");
            ada.click("inspector");
            try (Room storm = Room.named(name).as("Storm").types(Chat.class).stack(PluggedStack.write(name).toString()).join()) {
                ada.sees("room-status", "2 here");
                Family<Chat> chat = storm.sessionData().family(Keys.CHAT);
                measure(ada, "puts alone", () -> write(storm, number -> {}));
                measure(ada, "puts and messages", () -> write(storm, number -> storm.send(new Chat("message " + number))));
                ada.sees("chat-lines", "message " + (PUTS - PUTS_A_LINE));
                measure(ada, "puts and lines", () -> write(storm, number -> chat.put(String.format("%06d", number), new Chat("line " + number))));
                ada.sees("chat-lines", "line " + (PUTS - PUTS_A_LINE));
                try (WindowProcess late = WindowProcess.start(name, "--name", "Late")) {
                    late.sees("chat-lines", "line " + (PUTS - PUTS_A_LINE));
                    assertThat(late.does("read", "chat-lines")).matches("Storm  \\d\\d:\\d\\d line " + (PUTS - Keys.CHAT_LINES * PUTS_A_LINE) + " .*")
                            .doesNotContain("went by");
                }
                ada.type("inspector-filter", "storm/0001");
                ada.sees("inspector-count", "1 entry");
                assertThat(storm.stats().entries()).isEqualTo(KEYS + PUTS / PUTS_A_LINE);
                ada.sees("inspector-summary", String.format("digest %016x", storm.stats().digest()));
            }
        }
    }

    private static void measure(WindowProcess window, String what, Runnable storm) throws InterruptedException {
        Thread writer = new Thread(storm);
        writer.start();
        List<Long> micros = new ArrayList<>();
        while (writer.isAlive()) {
            micros.add(Long.parseLong(window.does("delay")));
            writer.join(5);
        }
        micros.sort(null);
        System.out.printf("In a storm of %,d puts a second, %s, the event thread answered %d times: p50 %.1f ms, p99 %.1f ms, "
                + "at most %.1f ms%n", PUTS_A_SECOND, what, micros.size(), micros.get(micros.size() / 2) / 1e3,
                micros.get(micros.size() * 99 / 100) / 1e3, micros.get(micros.size() - 1) / 1e3);
    }

    /** Puts, and says something between them. */
    private static void write(Room room, IntConsumer saying) {
        long begin = System.nanoTime();
        for (int done = 0; done < PUTS; ) {
            int due = (int) Math.min(PUTS, (System.nanoTime() - begin) * PUTS_A_SECOND / 1_000_000_000L);
            for (; done < due; done++) {
                room.sessionData().put(String.format("storm/%04d", done % KEYS), "value " + done);
                if (done % PUTS_A_LINE == 0) {
                    saying.accept(done);
                }
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }
}
