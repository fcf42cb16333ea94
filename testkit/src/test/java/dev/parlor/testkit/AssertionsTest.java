package dev.parlor.testkit;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Room;
import dev.parlor.RoomStatus;
import java.time.Duration;
import java.util.List;

/** What a failed assertion says to somebody who asks why, and that it waits no longer than it must. */
class AssertionsTest {
    private static final Duration SHORTLY = Duration.ofMillis(50);

    @ParlorTest
    void replicasThatDifferAreShownKeyByKeyWithAuthorsAndEvents(@Participants(2) List<Room> rooms, ParlorNetwork network) {
        Room ada = rooms.get(0);
        Room bob = rooms.get(1);
        ada.sessionData().put("same", 1);
        ada.setUserData("hand up");
        assertThat(rooms).eventuallyAgree();
        network.partition(ada, bob);
        assertThat(rooms).each(RoomAssert::isAlone);
        ada.sessionData().put("layout", "grid");
        bob.sessionData().put("layout", "speaker");
        bob.sessionData().put("banner", "hello");
        assertThatThrownBy(() -> assertThat(rooms).converge(SHORTLY)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected 2 replicas to agree within PT0.05S")
                .hasMessageContaining("Ada (" + ada.me().id() + "), RECONNECTING")
                .hasMessageContaining("layout = grid (String)   by Ada (" + ada.me().id() + ") at 20")
                .hasMessageContaining("layout = speaker (String)   by Bob")
                .hasMessageContaining("banner = (nothing)")
                .hasMessageContaining("hand up")
                .hasMessageContaining("last events:")
                .hasMessageContaining("ParticipantLeft")
                .hasMessageNotContaining("same = 1");
    }

    @ParlorTest
    void whatARoomHoldsIsShown(Room room) {
        room.sessionData().put("key", "value");
        assertThat(room).hasSessionData("key", "value").hasSessionData("key", String.class, text -> text.startsWith("v"))
                .hasSessionData("key").hasNoSessionData("other").isAlone().hasStatus(RoomStatus.ALONE).hasReceivedNo(String.class);
        assertThatThrownBy(() -> assertThat(room).within(SHORTLY).hasSessionData("key", "other"))
                .hasMessageContaining("to hold key = other (String)").hasMessageContaining("key = value (String)   by Ada");
        assertThatThrownBy(() -> assertThat(room).within(SHORTLY).hasNoSessionData("key")).hasMessageContaining("nothing under key");
        assertThatThrownBy(() -> assertThat(room).within(SHORTLY).hasParticipants("Ada", "Bob"))
                .hasMessageContaining("the participants [Ada, Bob]").hasMessageContaining("participants: [Ada (");
        assertThatThrownBy(() -> assertThat(room).within(SHORTLY).receives(String.class, any -> true))
                .hasMessageContaining("to receive a String");
        assertThatThrownBy(() -> assertThat(room).as("my app").within(SHORTLY).hasUserData("Ada", "x"))
                .hasMessageContaining("my app").hasMessageContaining("the user data x of Ada");
    }

    @ParlorTest
    void messagesThatCameBeforeAreKnown(@Participants(2) List<Room> rooms) {
        rooms.get(0).send("hello");
        assertThat(rooms.get(1)).receives(String.class, "hello"::equals);
        assertThat(rooms.get(1)).receives(String.class, "hello"::equals);
        assertThatThrownBy(() -> assertThat(rooms.get(1)).hasReceivedNo(String.class)).hasMessageContaining("hello");
    }

    @ParlorTest(network = NetworkKind.VIRTUAL_TIME)
    void inVirtualTimePatienceCostsNothing(@Participants(2) List<Room> rooms, ParlorNetwork network) {
        var begin = network.now();
        assertThatThrownBy(() -> assertThat(rooms.get(0)).within(Duration.ofHours(1)).hasSessionData("key", "never"))
                .isInstanceOf(AssertionError.class);
        assertThat(Duration.between(begin, network.now())).isEqualTo(Duration.ofHours(1));
    }
}
