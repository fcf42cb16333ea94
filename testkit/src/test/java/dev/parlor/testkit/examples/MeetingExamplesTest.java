package dev.parlor.testkit.examples;

import static dev.parlor.testkit.ParlorAssertions.assertThat;

import dev.parlor.Room;
import dev.parlor.RoomStatus;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.Participants;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.ParlorTest;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What people test who build meetings: one example each, to be read as documentation. */
@ParlorTest(types = {MeetingExamplesTest.Poll.class, MeetingExamplesTest.Chat.class, MeetingExamplesTest.Profile.class})
class MeetingExamplesTest {
    record Poll(String question, List<String> options) {}

    record Chat(String text) {}

    record Profile(boolean handUp) {}

    private static Room join(ParlorNetwork network, String name) {
        return network.join(name, room -> room.types(Poll.class, Chat.class, Profile.class));
    }

    @Test
    void aLateJoinerSeesThePollButNotTheChat(Room ada, ParlorNetwork network) {
        ada.sessionData().put("poll", new Poll("Tea?", List.of("yes", "no")));
        ada.send(new Chat("hello"));
        try (Room late = join(network, "Late")) {
            assertThat(late).hasSessionData("poll", Poll.class, poll -> poll.question().equals("Tea?"));
            ada.send(new Chat("hello again"));
            assertThat(late).receives(Chat.class, chat -> chat.text().equals("hello again"))
                    .hasParticipants("Ada", "Late");
        }
    }

    @Test
    void twoWhoVoteAtTheSameMomentLoseNothing(@Participants(3) List<Room> rooms) {
        rooms.forEach(room -> room.sessionData().put("vote/" + room.me().id(), "yes"));
        assertThat(rooms).eventuallyAgree().each(room ->
                rooms.forEach(voter -> room.hasSessionData("vote/" + voter.me().id(), "yes")));
    }

    @Test
    void bothSidesOfASplitMeetingGoOnAndAgreeAfterwards(@Participants(3) List<Room> rooms, ParlorNetwork network) {
        network.partition(rooms.get(0), rooms.get(1));
        assertThat(rooms.get(1)).hasStatus(RoomStatus.RECONNECTING).isAlone();
        rooms.get(1).sessionData().put("notes/bob", "written alone");
        rooms.get(0).sessionData().put("layout", "speaker");
        network.heal();
        assertThat(rooms).eventuallyAgree().each(room ->
                room.hasSessionData("notes/bob", "written alone").hasSessionData("layout", "speaker"));
    }

    @Test
    void aRaisedHandIsGoneWithItsOwner(Room ada, Room bob, ParlorNetwork network) {
        bob.setUserData(new Profile(true));
        assertThat(ada).hasUserData("Bob", new Profile(true));
        network.kill(bob);
        assertThat(ada).hasParticipants("Ada");
    }

    @Test
    void whatIsDeletedDoesNotComeBackWithSomebodyWhoWasAway(Room ada, Room bob, ParlorNetwork network) {
        ada.sessionData().put("banner", "old");
        assertThat(bob).hasSessionData("banner", "old");
        network.isolate(bob);
        ada.sessionData().remove("banner");
        network.heal();
        assertThat(List.of(ada, bob)).eventuallyAgree().each(room -> room.hasNoSessionData("banner"));
    }

    // With a seed, as where chance delays a repair by more than 5 s a message is delivered without, and a Warning says so.
    @ParlorTest(network = NetworkKind.VIRTUAL_TIME, seed = 7)
    void aMessageNeverOvertakesTheStateThatItIsAbout(Room ada, Room bob, ParlorNetwork network) {
        network.lose(0.3);
        StringBuilder heard = new StringBuilder();
        bob.onMessage(String.class, (key, from) -> heard.append(bob.sessionData().containsKey(key) ? "." : key + " is missing"));
        for (int i = 0; i < 100; i++) {
            ada.sessionData().put("key" + i, i);
            ada.send("key" + i);
            network.advance(Duration.ofMillis(10));
        }
        network.advance(Duration.ofMinutes(1));
        Assertions.assertThat(heard.toString()).matches("\\.+");
    }
}
