package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is clicked in one window is seen in the others. */
class DesktopIT extends OpenWindows {
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
        bob.sees("banner", "Demo day: <welcome> & enjoy");
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
        cleo.sees("chat-lines", "Hello Bob");
        assertThat(cleo.does("read", "chat-lines")).matches("(?s)Ada  \\d\\d:\\d\\d Hello Bob");
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
}
