package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever others write and do, a window shows it as it is, and what a person does in it goes where the person meant. */
class OthersWriteIT extends OpenWindows {
    private static final String BODY = "<html>, <body>";

    @Test
    void textIsShownAsItIsAndNothingIsFetched() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        try (ServerSocket pictures = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                while (true) {
                    try {
                        pictures.accept().close();
                        fetched.incrementAndGet();
                    } catch (java.io.IOException closed) {
                        return;
                    }
                }
            });
            server.setDaemon(true);
            server.start();
            String picture = "<html><img src='http://127.0.0.1:" + pictures.getLocalPort() + "/p.png'>";

            WindowProcess ada = window("Ada");
            ada.sees("room-status", "alone");
            WindowProcess eve = window(picture);
            ada.sees("room-status", "2 here");
            eve.enter("my-status", picture);
            eve.enter("banner-text", picture);
            ada.sees("banner", "<html>");
            eve.enter("chat-text", picture);
            ada.sees("chat-lines", "<html>");
            eve.tab("Polls");
            eve.type("poll-question", picture);
            eve.type("poll-options", BODY);
            eve.click("poll-create");
            eve.tab("Q&A");
            eve.enter("question-text", picture);
            ada.tab("Rooms");
            ada.enter("breakout-name", picture);
            ada.sees("breakout-title", picture);
            ada.click("inspector");
            ada.tab("Polls");
            ada.sees("vote-<html>", "<html>, 0 votes");
            ada.click("vote-<body>");
            eve.tab("Polls");
            eve.sees("vote-<body>", "1 vote");
            WindowProcess late = window("Late");
            for (WindowProcess each : new WindowProcess[] {ada, eve, late}) {
                each.sees("room-status", "3 here");
                for (String tab : new String[] {"Chat", "Polls", "Q&A", "Rooms"}) {
                    each.tab(tab);
                    assertThat(each.does("html")).as(tab).isEmpty();
                    assertThat(each.does("blank")).as(tab).isEqualTo("false");
                }
            }
            late.tab("Chat");
            late.sees("chat-lines", picture);
            late.tab("Polls");
            late.sees("poll-title", picture);
            late.sees("vote-<body>", "1 vote");
            late.shot("written-by-others-light");
            assertThat(fetched).hasValue(0);
        }
        assertQuiet();
    }

    @Test
    void aPrivateLineGoesToNobodyElseWhenItsRecipientLeaves() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        WindowProcess bob = window("Bob");
        WindowProcess cleo = window("Cleo");
        ada.sees("room-status", "3 here");
        ada.does("choose", "chat-to", "Bob");
        ada.type("chat-text", "only for Bob");
        bob.leave();
        ada.sees("room-status", "2 here");
        ada.sees("chat-to", "Bob (not here)");
        ada.click("chat-send");
        ada.sees("chat-notice", "Not sent");
        assertThat(ada.does("read", "chat-text")).isEqualTo("only for Bob");
        ada.does("choose", "chat-to", "Everyone");
        ada.type("chat-text", "for all");
        ada.click("chat-send");
        cleo.sees("chat-lines", "for all");
        assertThat(cleo.does("read", "chat-lines")).doesNotContain("only for Bob");
        assertThat(ada.does("read", "chat-lines")).doesNotContain("only for Bob");
        assertQuiet();
    }

    @Test
    void whatWasWrittenForABreakoutRoomGoesToNoOtherAndTheFocusStaysInIt() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        WindowProcess bob = window("Bob");
        WindowProcess cleo = window("Cleo");
        ada.sees("room-status", "3 here");
        ada.tab("Rooms");
        ada.enter("breakout-name", "Kitchen");
        ada.enter("breakout-name", "Garden");
        ada.sees("seat-Bob", "Main room");
        ada.does("choose", "seat-Bob", "Kitchen");
        ada.does("choose", "seat-Cleo", "Garden");
        bob.sees("chat-to", "Breakout room");
        cleo.sees("chat-to", "Breakout room");
        bob.type("chat-text", "for the kitchen");
        ada.does("choose", "seat-Bob", "Garden");
        bob.sees("chat-to", "Breakout room (not here)");
        bob.tab("Rooms");
        bob.sees("breakout-mine", "You are in Garden with Cleo");
        bob.tab("Chat");
        bob.does("focus", "chat-text");
        bob.does("key", "ENTER");
        bob.sees("chat-notice", "Not sent: choose who is to hear it");
        assertThat(bob.does("focused")).isEqualTo("chat-text");
        // The first letter of another recipient, whom a box would choose.
        bob.does("key", "C");
        bob.does("key", "ENTER");
        assertThat(bob.does("read", "chat-to")).isEqualTo("Breakout room (not here)");
        assertThat(bob.does("read", "chat-text")).startsWith("for the kitchen").endsWith("c");
        bob.does("choose", "chat-to", "Breakout room");
        bob.type("chat-text", "for the garden");
        bob.click("chat-send");
        cleo.sees("chat-lines", "for the garden");
        assertThat(cleo.does("read", "chat-lines")).doesNotContain("kitchen");
        assertQuiet();
    }

    @Test
    void theFocusStaysWhereItIsWhenOthersChangeWhatIsShown() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        WindowProcess bob = window("Bob");
        ada.sees("room-status", "2 here");
        ada.enter("banner-text", "stay");
        bob.sees("banner", "stay");
        ada.tab("Q&A");
        ada.enter("question-text", "first");
        bob.tab("Q&A");
        bob.enter("question-text", "second");
        ada.sees("upvote-second", "Vote for: second");
        // By the mouse, which takes the focus to this window.
        ada.type("question-text", "a third, half writ");
        ada.does("focus", "upvote-first");
        // Not by the mouse, which would take the focus to the other window.
        bob.does("press", "upvote-second", "true");
        await().atMost(WindowProcess.PATIENCE).untilAsserted(() -> assertThat(ada.does("order", "question-second", "question-first"))
                .isEqualTo("true"));
        assertThat(ada.does("focused")).isEqualTo("upvote-first");
        bob.does("push", "answered-first");
        ada.sees("question-by-first", "answered");
        assertThat(ada.does("focused")).isEqualTo("question-first");

        ada.tab("Rooms");
        ada.enter("breakout-name", "Kitchen");
        ada.does("focus", "seat-Bob");
        ada.does("choose", "seat-Ada", "Kitchen");
        bob.tab("Rooms");
        bob.sees("breakout-people", "Ada");
        assertThat(ada.does("focused")).isEqualTo("seat-Bob");
        bob.leave();
        ada.sees("room-status", "alone");
        assertThat(ada.does("focused")).isNotEqualTo("banner-text");

        ada.does("focus", "banner-text");
        ada.does("key", "ENTER");
        ada.tab("Chat");
        ada.enter("chat-text", "a line later");
        ada.sees("chat-lines", "a line later");
        ada.sees("banner", "stay");
        assertQuiet();
    }

    @Test
    void aLineThatNobodyHeardDoesNotLookSentAndIsSeenOnceByThoseWhoCome() throws Exception {
        WindowProcess ada = window("Ada");
        ada.sees("room-status", "alone");
        ada.enter("chat-text", "hello?");
        ada.sees("chat-lines", "nobody was here");
        WindowProcess bob = window("Bob");
        ada.sees("room-status", "2 here");
        ada.click("inspector");
        ada.sees("inspector-summary", "in sync");
        ada.enter("chat-text", "hello Bob");
        bob.sees("chat-lines", "hello Bob");
        await().atMost(WindowProcess.PATIENCE).untilAsserted(() ->
                assertThat(ada.does("read", "chat-lines")).matches("(?s).*You  \\d\\d:\\d\\d hello Bob.*"));

        ada.click("pause-network");
        ada.enter("chat-text", "into the void");
        ada.sees("chat-lines", "perhaps not heard by all");
        ada.sees("room-status", "reconnecting");
        ada.sees("inspector-summary", "cut off");
        bob.sees("room-status", "reconnecting");
        bob.enter("chat-text", "meanwhile");
        bob.sees("chat-lines", "nobody was here; kept for late joiners meanwhile");
        ada.enter("chat-text", "still there?");
        ada.enter("banner-text", "written alone");
        await().atMost(WindowProcess.PATIENCE).untilAsserted(() ->
                assertThat(ada.does("read", "chat-lines")).containsSubsequence("into the void", "nobody was here", "still there?"));
        assertThat(ada.does("read", "inspector-summary")).doesNotContain("in sync");
        ada.shot("cut-off-light");
        ada.click("pause-network");
        bob.sees("banner", "written alone");
        ada.sees("inspector-summary", "in sync");
        bob.sees("chat-lines", "still there?");
        ada.sees("chat-lines", "meanwhile");
        for (WindowProcess each : new WindowProcess[] {ada, bob}) {
            assertThat(each.does("read", "chat-lines").replaceAll("\\s*\\w+  \\d\\d:\\d\\d( · [a-z; ]+(joiners|all))? ", "|"))
                    .isEqualTo("|hello?|hello Bob|into the void|meanwhile|still there?");
        }
        assertQuiet();
    }
}
