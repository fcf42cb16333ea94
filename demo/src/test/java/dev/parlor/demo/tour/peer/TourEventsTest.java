package dev.parlor.demo.tour.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.SessionDataChanged;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the tour says of events. */
class TourEventsTest {
    private static final Participant BOB = new Participant(new ParticipantId(1), "Bob", Instant.EPOCH,
            Optional.of(new Profile("grey", false)), false);

    @Test
    void tourSaysWhatALineSays() {
        Change change = new Change("layout", Optional.of("grid"), Optional.of("speaker"), new Author(BOB.id(), BOB.name()),
                Change.Cause.REMOTE);

        assertThat(TourEvents.lines(new SessionDataChanged(List.of(change)))).map(TourEvents::text)
                .containsExactly("layout = \"grid\" -> \"speaker\", by Bob");
        assertThat(TourEvents.lines(new ParticipantLeft(BOB, ParticipantLeft.Reason.LOST))).map(TourEvents::text)
                .containsExactly("Bob left: LOST");
        assertThat(TourEvents.lines(new MessageReceived(new Chat("psst"), BOB, true))).map(TourEvents::text)
                .containsExactly("\"psst\" from Bob, to it alone");
    }
}
