package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What windows say when something goes wrong, and that all is right afterwards. */
class DesktopTroubleIT extends OpenWindows {
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
        // What the room still tells while it is closed is not for the lobby.
        await().during(Duration.ofMillis(500)).atMost(WindowProcess.PATIENCE).until(() -> bob.does("read", "parlor"), "Parlor"::equals);
        bob.click("lobby-join");
        ada.sees("room-status", "2 here");
        ada.leave();
        bob.sees("room-status", "alone");
    }

    @Test
    void whoIsAloneIsToldWhy() throws Exception {
        WindowProcess ada = window("Ada", "--hosts", "127.0.0.1");
        ada.sees("room-status", "alone");
        ada.click("why-alone");
        ada.sees("doctor-report", "The room \"" + room + "\"");
        ada.sees("doctor-report", "Port ");
        ada.click("doctor-again");
        ada.sees("doctor-report", "five seconds");
        ada.sees("doctor-report", "Port ");
        ada.click("doctor-close");
        WindowProcess bob = window("Bob", "--hosts", "127.0.0.1");
        ada.sees("room-status", "2 here");
        assertThat(ada.does("try-read", "why-alone")).isEmpty();
        bob.sees("room-status", "2 here");
        assertQuiet();
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
        bob.sees("inspector-summary", "in sync");
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
}
