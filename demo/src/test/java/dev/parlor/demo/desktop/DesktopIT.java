package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Windows in JVMs of their own: what is clicked in one is seen in the others. Needs a display, such as Xvfb's. */
class DesktopIT {
    private final String room = "desktop-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<WindowProcess> open = new ArrayList<>();

    @BeforeAll
    static void display() {
        WindowProcess.assumeDisplay();
    }

    private WindowProcess window(String name, String... more) throws IOException {
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

    @Test
    void everythingOnTheScreenIsShared() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        WindowProcess bob = window("Bob", "--dark");
        ada.sees("room-status", "2 here");
        bob.sees("room-status", "2 here");
        bob.sees("tile-Ada", "Ada, host");

        bob.click("raise-hand");
        bob.enter("my-status", "taking notes");
        ada.sees("tile-Bob", "hand raised, taking notes");
        ada.enter("banner-text", "Demo day: <welcome> & enjoy");
        bob.sees("banner", "Demo day: &lt;welcome&gt; &amp; enjoy");
        ada.click("react-heart");
        ada.click("react-applause");

        ada.enter("chat-text", "Hello Bob");
        bob.sees("chat-lines", "Hello Bob");
        bob.type("chat-text", "Hi");
        ada.sees("chat-typing", "Bob is writing");
        bob.does("choose", "chat-to", "Ada");
        bob.click("chat-send");
        ada.sees("chat-lines", "Bob to you alone");
        bob.shot("stage-dark");
        ada.shot("stage-light");

        ada.tab("Polls");
        bob.tab("Polls");
        ada.type("poll-question", "What shall we build next?");
        ada.type("poll-options", "A whiteboard, A quiz, A radio");
        ada.click("poll-create");
        bob.click("vote-A quiz");
        ada.click("vote-A quiz");
        ada.sees("vote-A quiz", "2 votes, your vote");
        bob.click("vote-A radio");
        ada.sees("vote-A radio", "1 vote");
        ada.sees("vote-A quiz", "1 vote, your vote");
        ada.shot("polls-light");
        bob.shot("polls-dark");
        ada.click("poll-close");
        bob.sees("poll-below", "2 votes · asked by Ada · closed");

        ada.tab("Q&A");
        bob.tab("Q&A");
        bob.enter("question-text", "Does it need a server?");
        ada.click("upvote-Does it need a server?");
        bob.enter("question-text", "Is it fast?");
        bob.shot("questions-dark");
        ada.shot("questions-light");
        ada.click("answered-Does it need a server?");
        bob.sees("question-by-Does it need a server?", "Bob · answered");

        bob.click("scene-speaker");
        ada.does("do", "tile-Bob", "stage");
        bob.sees("tile-Bob", "on the stage");
        bob.click("share-pointer");
        bob.does("point", "300", "180");
        WindowProcess cleo = window("Cleo");
        cleo.sees("room-status", "3 here");
        cleo.sees("banner", "Demo day");
        cleo.sees("tile-Bob", "hand raised, on the stage, taking notes");
        cleo.tab("Polls");
        cleo.sees("vote-A quiz", "1 vote");
        cleo.shot("late-joiner-polls-light");
        cleo.tab("Chat");
        assertThat(cleo.does("read", "chat-lines")).isEmpty();
        cleo.shot("late-joiner-light");

        cleo.does("size", "900", "600");
        cleo.shot("smallest-light");
        cleo.leave();
        ada.sees("room-status", "2 here");
        assertQuiet();
    }

    @Test
    void breakoutRoomsAndBack() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        WindowProcess bob = window("Bob");
        ada.sees("room-status", "2 here");
        ada.tab("Rooms");
        bob.tab("Rooms");
        bob.sees("breakout-none", "The host can open some");
        ada.enter("breakout-name", "Kitchen");
        bob.sees("breakout-title", "Kitchen");
        ada.does("choose", "seat-Bob", "Kitchen");
        bob.sees("breakout-mine", "You are in Kitchen, alone.");
        ada.does("choose", "seat-Ada", "Kitchen");
        bob.sees("breakout-mine", "You are in Kitchen with Ada.");
        bob.shot("rooms-light");
        ada.enter("breakout-announcement", "Five minutes");
        bob.tab("Chat");
        bob.sees("chat-lines", "Ada to all rooms");
        bob.enter("chat-text", "among us");
        ada.tab("Chat");
        ada.sees("chat-lines", "Bob in the breakout room");
        ada.tab("Rooms");
        bob.tab("Rooms");
        ada.click("breakout-back");
        bob.sees("breakout-mine", "You are in the main room.");
        assertQuiet();
    }

    @Test
    void theLobbyJoinsAndSaysWhatIsWrong() throws Exception {
        WindowProcess ada = WindowProcess.start();
        open.add(ada);
        ada.type("lobby-name", "");
        ada.click("lobby-join");
        ada.sees("lobby-message", "Write what the others shall call you");
        ada.type("lobby-name", "Ada");
        ada.does("choose", "lobby-room", room);
        ada.type("lobby-passphrase", "open sesame");
        ada.click("lobby-colour-3");
        ada.shot("lobby-light");
        ada.click("lobby-join");
        ada.sees("room-status", "alone");

        WindowProcess bob = window("Bob", "--passphrase", "another one", "--dark");
        bob.sees("lobby-message", "not the passphrase");
        bob.shot("lobby-dark");
        bob.type("lobby-passphrase", "open sesame");
        bob.click("lobby-join");
        bob.sees("room-status", "2 here");
        bob.click("leave");
        ada.sees("room-status", "alone");
        bob.click("lobby-join");
        ada.sees("room-status", "2 here");
        ada.leave();
        bob.sees("room-status", "alone");
    }

    @Test
    void everythingIsReachedByTheKeyboardAndHasAName() throws Exception {
        WindowProcess ada = WindowProcess.start();
        open.add(ada);
        ada.sees("lobby-name", "");
        ada.does("choose", "lobby-reach", "Known hosts");
        assertThat(ada.does("unreachable")).isEmpty();
        ada.does("choose", "lobby-reach", "This machine");
        ada.click("lobby-colour-3");
        ada.does("key", "RIGHT");
        assertThat(ada.does("read", "lobby-colour-4")).endsWith("selected");
        WindowProcess bob = window("Bob");
        bob.sees("room-status", "alone");
        bob.click("inspector");
        bob.enter("banner-text", "something to take away");
        bob.sees("banner", "something");
        for (String tab : List.of("Chat", "Polls", "Q&A", "Rooms")) {
            bob.tab(tab);
            if (tab.equals("Polls")) {
                bob.type("poll-question", "Tea?");
                bob.type("poll-options", "yes, no");
                bob.click("poll-create");
                bob.sees("vote-yes", "yes");
            } else if (tab.equals("Q&A")) {
                bob.enter("question-text", "Why?");
                bob.sees("upvote-Why?", "");
            } else if (tab.equals("Rooms")) {
                bob.enter("breakout-name", "Kitchen");
                bob.sees("breakout-title", "Kitchen");
            }
            assertThat(bob.does("unreachable")).as(tab).isEmpty();
        }
    }

    @Test
    void theInspectorShowsACutHealAndAWindowDie() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        WindowProcess bob = window("Bob", "--dark");
        WindowProcess cleo = window("Cleo");
        ada.sees("room-status", "3 here");
        bob.click("inspector");
        ada.click("inspector");
        bob.sees("inspector-summary", "in sync");
        ada.enter("banner-text", "together");
        bob.sees("banner", "together");
        ada.click("write-same-key");
        await().atMost(WindowProcess.PATIENCE).untilAsserted(() -> assertThat(digest(ada)).isEqualTo(digest(bob)));
        bob.shot("inspector-dark");
        ada.shot("inspector-light");

        bob.click("pause-network");
        bob.sees("room-status", "reconnecting");
        bob.shot("reconnecting-dark");
        ada.sees("room-status", "2 here");
        bob.enter("banner-text", "Bob alone");
        ada.enter("banner-text", "Ada and Cleo");
        bob.click("pause-network");
        bob.sees("room-status", "3 here");
        bob.sees("banner", "Ada and Cleo");
        bob.does("tab", "inspector-tabs", "Events");
        bob.sees("inspector-log", "Both sides had changed banner: Ada and Cleo by Ada is kept, Bob alone by Bob is not");
        bob.shot("merged-dark");
        await().atMost(WindowProcess.PATIENCE).untilAsserted(() -> assertThat(digest(ada)).isEqualTo(digest(bob)));

        ada.click("kill-window");
        ada.click("kill-Cleo");
        ada.sees("room-status", "2 here");
        bob.sees("inspector-log", "Cleo is lost");
        assertQuiet();
    }

    private static String digest(WindowProcess window) {
        return window.does("read", "inspector-summary").replaceAll(".*digest (\\w+).*", "$1");
    }

    /** No exception that has to do with the app, and no warning of a library, on any standard error. */
    private void assertQuiet() {
        for (WindowProcess window : open) {
            assertThat(window.errors()).doesNotContain("\tat dev.parlor", "WARN ", "ERROR ");
        }
    }
}
