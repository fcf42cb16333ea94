package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Windows of one room in JVMs of their own, which end with the test. Needs a display, such as Xvfb's. */
abstract class OpenWindows {
    final String room = "desktop-" + UUID.randomUUID().toString().substring(0, 8);
    final List<WindowProcess> open = new ArrayList<>();

    @BeforeAll
    static void display() {
        WindowProcess.assumeDisplay();
    }

    final WindowProcess window(String name, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(room, "--name", name));
        arguments.addAll(List.of(more));
        WindowProcess window = WindowProcess.start(arguments.toArray(new String[0]));
        open.add(window);
        return window;
    }

    @AfterEach
    void close() throws IOException {
        for (WindowProcess window : open) {
            window.close();
        }
    }

    /** No exception that has to do with the app, and no warning of a library, on any standard error. */
    final void assertQuiet() {
        for (WindowProcess window : open) {
            assertThat(window.errors()).doesNotContain("\tat dev.parlor", "WARN ", "ERROR ");
        }
    }
}
