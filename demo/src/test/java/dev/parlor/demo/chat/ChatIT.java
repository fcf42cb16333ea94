package dev.parlor.demo.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.demo.DemoProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two chats as processes of their own, used through pipes. */
class ChatIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String roomName = "chat-" + UUID.randomUUID();

    @Test
    void whatOneDoesTheOtherSees() throws IOException, InterruptedException {
        try (DemoProcess ada = DemoProcess.start("chat", roomName, "--name", "Ada")) {
            awaitOut(ada, "in the room \"" + roomName + "\" as Ada, the first one");
            ada.type("/put topic Plans for May");
            awaitOut(ada, "* topic: Plans for May");
            try (DemoProcess bob = DemoProcess.start("chat", roomName, "--name", "Bob")) {
                awaitOut(bob, "as Bob, with Ada");
                awaitOut(ada, "* Bob joined");

                bob.type("/state");
                awaitOut(bob, "topic = Plans for May   (by Ada, ");
                bob.type("/put layout grid");
                awaitOut(ada, "* layout: grid, by Bob");
                ada.type("hello all");
                awaitOut(bob, "Ada: hello all");
                bob.type("/tell Ada psst");
                awaitOut(ada, "Bob (to you alone): psst");
                bob.type("/hand");
                awaitOut(ada, "* Bob raised a hand");

                bob.endInput();
                assertThat(bob.exitCode(PATIENCE)).as(bob::err).isZero();
                assertPlain(bob);
            }
            awaitOut(ada, "* Bob left");
            ada.type("/quit");
            assertThat(ada.exitCode(PATIENCE)).as(ada::err).isZero();
            assertPlain(ada);
        }
    }

    @Test
    void whoIsToldToEndStillLeaves() throws IOException, InterruptedException {
        try (DemoProcess ada = DemoProcess.start("chat", roomName, "--name", "Ada");
                DemoProcess bob = DemoProcess.start("chat", roomName, "--name", "Bob")) {
            awaitOut(ada, "as Ada");
            awaitOut(bob, "as Bob");
            ada.type("/who");
            awaitOut(ada, "Bob");
            bob.interrupt();
            awaitOut(ada, "* Bob left");
        }
    }

    @Test
    void whatCannotBeJoinedIsALineAndExitCodeOne() throws IOException, InterruptedException {
        try (DemoProcess chat = DemoProcess.start("chat", " ")) {
            assertThat(chat.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(chat.err()).startsWith("Cannot join the room").doesNotContain("\tat ");
        }
    }

    private static void awaitOut(DemoProcess chat, String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(chat.out()).contains(text));
    }

    /** No escape codes, and no warnings of JLine; those of the JDK about others' libraries are not the demo's. */
    private static void assertPlain(DemoProcess chat) {
        assertThat(chat.out()).doesNotContain("\u001B", "\r");
        assertThat(chat.err()).doesNotContain("jline", "dumb", "native");
    }
}
