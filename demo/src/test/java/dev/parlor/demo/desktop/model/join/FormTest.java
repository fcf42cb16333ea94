package dev.parlor.demo.desktop.model.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ParticipantId;
import dev.parlor.demo.desktop.model.shown.Person;
import dev.parlor.demo.desktop.state.Presence;
import java.time.Instant;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person fills in, and what is remembered of it. */
class FormTest {
    @Test
    void whatIsMissingIsSaid() {
        assertThat(form("Ada", "lounge", Reach.THIS_MACHINE, "").problem()).isEmpty();
        assertThat(form(" ", "lounge", Reach.THIS_MACHINE, "").problem()).contains("call you");
        assertThat(form("Ada", "", Reach.LAN, "").problem()).contains("room's name");
        assertThat(form("x".repeat(201), "lounge", Reach.LAN, "").problem()).contains("200");
        assertThat(form("Ada", "lounge", Reach.HOSTS, " , ").problem()).contains("hosts to meet");
        assertThat(form("Ada", "lounge", Reach.HOSTS, "a.local, 192.0.2.7:7900").hostList()).containsExactly("a.local", "192.0.2.7:7900");
    }

    @Test
    void theLastRoomsAreRememberedOnceEach() throws BackingStoreException {
        Preferences preferences = Preferences.userRoot().node("parlor-test-" + UUID.randomUUID());
        try {
            RecentRooms recent = new RecentRooms(preferences);
            assertThat(recent.names()).isEmpty();
            for (int i = 0; i < 9; i++) {
                recent.add("room " + i);
            }
            recent.add("room 5");
            assertThat(new RecentRooms(preferences).names())
                    .containsExactly("room 5", "room 8", "room 7", "room 6", "room 4", "room 3");
            recent.add("x".repeat(5_000));
            assertThat(recent.names()).hasSize(6);
        } finally {
            preferences.removeNode();
        }
    }

    @ParameterizedTest
    @CsvSource({"Ada Lovelace, AL", "bob, B", "'  Jean  Luc Picard ', JL", "😀 Smile, 😀S", "éa, É"})
    void initials(String name, String initials) {
        assertThat(new Person(new ParticipantId(1), name, false, false, false, "", Instant.EPOCH, Presence.UNKNOWN).initials())
                .isEqualTo(initials);
    }

    private static JoinForm form(String name, String room, Reach reach, String hosts) {
        return new JoinForm(name, 0, room, "", reach, hosts);
    }
}
