package dev.parlor.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Snapshots of participants: equal by content, and the same participant by their id. */
class ParticipantsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @ParlorTest
    void areEqualIfAllOfTheirContentIs() {
        Participant ada = new Participant(new ParticipantId(1), "Ada", Instant.EPOCH, Optional.of("away"), false);
        assertThat(ada).isEqualTo(new Participant(new ParticipantId(1), "Ada", Instant.EPOCH, Optional.of("away"), false))
                .hasSameHashCodeAs(new Participant(new ParticipantId(1), "Ada", Instant.EPOCH, Optional.of("away"), false))
                .isNotEqualTo(new Participant(new ParticipantId(2), "Ada", Instant.EPOCH, Optional.of("away"), false))
                .isNotEqualTo(new Participant(new ParticipantId(1), "Bob", Instant.EPOCH, Optional.of("away"), false))
                .isNotEqualTo(new Participant(new ParticipantId(1), "Ada", Instant.MAX, Optional.of("away"), false))
                .isNotEqualTo(new Participant(new ParticipantId(1), "Ada", Instant.EPOCH, Optional.of("back"), false))
                .isNotEqualTo(new Participant(new ParticipantId(1), "Ada", Instant.EPOCH, Optional.of("away"), true));
    }

    @ParlorTest
    void anOldSnapshotStillSaysWhoIsMeant(List<Room> rooms) throws Exception {
        Room ada = rooms.get(0);
        Room bob = rooms.get(1);
        AtomicInteger heard = new AtomicInteger();
        bob.onMessage(String.class, (text, from) -> heard.incrementAndGet());
        bob.onRequest(String.class, (text, from) -> from.id().equals(ada.me().id()));
        Participant before = ada.participant(bob.me().id()).orElseThrow();
        bob.setUserData("away");
        bob.flush(SOON);
        Participant after = ada.participant(bob.me().id()).orElseThrow();

        assertThat(after).isNotEqualTo(before);
        assertThat(after.id()).isEqualTo(before.id());
        // Named twice, by two snapshots that are not equal, it hears once.
        ada.send("hello", before, after);
        assertThat(ada.request("is it me?", before, Boolean.class, SOON).get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).hasValue(1);
    }
}
