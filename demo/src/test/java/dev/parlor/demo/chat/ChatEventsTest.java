package dev.parlor.demo.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.RoomStatus;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the chat says of events. */
class ChatEventsTest {
    private static final Participant BOB = participant("Bob", false, false);

    @Test
    void comingAndGoing() {
        assertThat(ChatEvents.lines(new ParticipantJoined(BOB))).containsExactly("* Bob joined");
        assertThat(ChatEvents.lines(new ParticipantLeft(BOB, ParticipantLeft.Reason.CLOSED)))
                .containsExactly("* Bob left");
        assertThat(ChatEvents.lines(new ParticipantLeft(BOB, ParticipantLeft.Reason.LOST)))
                .containsExactly("* Bob is lost (its program ended without leaving, or the network is cut)");
        assertThat(ChatEvents.lines(new HostChanged(BOB))).containsExactly("* Bob is the host now");
        assertThat(ChatEvents.lines(new HostChanged(participant("Ada", true, false))))
                .containsExactly("* You are the host now");
    }

    @Test
    void whatBothSidesOfACutHadChanged() {
        var kept = new MergeReport.Version(Optional.of("grid"), new Author(BOB.id(), "Bob"), Instant.EPOCH);
        var removed = new MergeReport.Version(Optional.empty(), new Author(BOB.id(), "Ada"), Instant.EPOCH);

        assertThat(ChatEvents.lines(new MergeReport(List.of(new MergeReport.Conflict("layout", kept, removed)), 2)))
                .containsExactly(
                        "* Both sides had changed layout: grid by Bob is kept, nothing by Ada is not",
                        "* Both sides had changed 2 more");
        assertThat(ChatEvents.lines(new MergeReport(List.of(), 0))).isEmpty();
    }

    @Test
    void handsOfOthers() {
        Optional<Object> down = Optional.of(new Profile("grey", false));
        Optional<Object> up = Optional.of(new Profile("grey", true));

        assertThat(ChatEvents.lines(new ParticipantUpdated(participant("Bob", false, true), down)))
                .containsExactly("* Bob raised a hand");
        assertThat(ChatEvents.lines(new ParticipantUpdated(BOB, up))).containsExactly("* Bob lowered the hand");
        assertThat(ChatEvents.lines(new ParticipantUpdated(BOB, down))).isEmpty();
        assertThat(ChatEvents.lines(new ParticipantUpdated(participant("Ada", true, true), down))).isEmpty();
    }

    @Test
    void changesOfOthers() {
        SessionDataChanged event = new SessionDataChanged(List.of(
                change("layout", "grid", "speaker", Change.Cause.REMOTE),
                change("topic", null, "Plans", Change.Cause.SYNC),
                change("timer", "05:00", null, Change.Cause.REMOTE),
                change("mine", null, "1", Change.Cause.LOCAL)));

        assertThat(ChatEvents.lines(event)).containsExactly(
                "* layout: grid -> speaker, by Bob",
                "* topic: Plans, by Bob",
                "* timer: removed, it was 05:00, by Bob");
    }

    @Test
    void messages() {
        assertThat(ChatEvents.lines(new MessageReceived(new Chat("hello"), BOB, false))).containsExactly("Bob: hello");
        assertThat(ChatEvents.lines(new MessageReceived(new Chat("psst"), BOB, true)))
                .containsExactly("Bob (to you alone): psst");
    }

    @Test
    void statusAndWarnings() {
        assertThat(ChatEvents.lines(new StatusChanged(RoomStatus.LIVE, RoomStatus.ALONE, true)))
                .containsExactly("* You are alone in the room");
        assertThat(ChatEvents.lines(new StatusChanged(RoomStatus.CONNECTING, RoomStatus.ALONE, true))).isEmpty();
        assertThat(ChatEvents.lines(new StatusChanged(RoomStatus.LIVE, RoomStatus.RECONNECTING, true)))
                .containsExactly("* All others vanished at once: reconnecting; you can go on meanwhile");
        assertThat(ChatEvents.lines(new StatusChanged(RoomStatus.RECONNECTING, RoomStatus.LIVE, true)))
                .containsExactly("* Back with the others");
        assertThat(ChatEvents.lines(new Warning(Warning.Kind.NAME_CLASH, "two are called Bob")))
                .containsExactly("! two are called Bob");
        assertThat(ChatEvents.lines(new SyncProgress(1, 2))).isEmpty();
    }

    private static Participant participant(String name, boolean local, boolean handUp) {
        return new Participant(new ParticipantId(name.hashCode()), name, Instant.EPOCH,
                Optional.of(new Profile("grey", handUp)), local);
    }

    private static Change change(String key, String before, String now, Change.Cause cause) {
        return new Change(key, Optional.ofNullable(before), Optional.ofNullable(now),
                new Author(BOB.id(), BOB.name()), cause);
    }
}
