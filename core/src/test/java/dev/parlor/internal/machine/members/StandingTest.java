package dev.parlor.internal.machine.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.RoomStatus;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.backpressure.Shortage;
import dev.parlor.internal.machine.compaction.Compaction;
import dev.parlor.internal.machine.messaging.Messaging;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.repair.Repair;
import dev.parlor.internal.machine.repair.RoundListener;
import dev.parlor.internal.machine.lifetime.Lifetimes;
import dev.parlor.internal.machine.write.SessionUpdates;
import dev.parlor.internal.machine.write.Writes;
import dev.parlor.internal.net.Network;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A participant knows whether it is alone, has lost the others, or has left, and tells so once. */
class StandingTest {
    private static final long SELF = Recorded.SELF;
    private static final long BEN = 7;

    private final Recorded room = new Recorded().with(SELF, BEN);
    private final Departures departures = new Departures(room.state, room.outbox, room.now);
    private final Observation observation = new Observation(thrown -> { });
    private final Messaging messaging = new Messaging(room.state, room.outbox, room.pressure,
            new Shortage(room.state.budget(), room.state.stats(), room.warnings), room, room.warnings, room, room.now,
            () -> false, false);
    private final SessionUpdates updates = new SessionUpdates(room.state, room, room, observation, room.warnings);
    private final Lifetimes lifetimes = new Lifetimes(room.state, updates, new Writes(room.state, updates, room.outbox, "room", 1_000), room,
            room.now, Recorded.RETENTION);
    private final Repair repair = new Repair(room.state, room.outbox, departures, updates, messaging.messages(), room, room, room.now,
            new RoundListener() {
                @Override
                public void progress(SyncProgress progress) {
                    // Nobody asks.
                }

                @Override
                public void ended(long peer, boolean complete) {
                    // Nobody asks.
                }
            });
    private final Roster roster = new Roster(room.state, room.outbox, messaging, new Compaction(room.state,
            room.outbox, room, room.now, observation, Recorded.RETENTION, Recorded.SKEW, 2), new ViewCheck(room.state, room.outbox,
            room.warnings, room, room.now), room, room.warnings, room, lifetimes, room.now, Recorded.SKEW, Recorded.RETENTION);
    private final Standing standing = new Standing(room.state, roster, repair, room, room.warnings, room.now);

    private List<String> told() {
        List<String> told = room.asked.stream().filter(each -> each.startsWith("statusChanged")).toList();
        room.asked.clear();
        return told;
    }

    private void view(Long... members) {
        roster.onView(new Network.View(List.of(members), List.of()));
        standing.update();
    }

    @Test
    void whoIsWithOthersIsLiveAndIsToldSoOnce() {
        standing.update();
        standing.update();
        assertThat(told()).containsExactly("statusChanged LIVE");
        assertThat(standing.status()).isEqualTo(RoomStatus.LIVE);
    }

    @Test
    void whoLosesAllOthersWaitsForThemForAWhileAndClaimsNothing() {
        standing.update();
        told();
        view(SELF);
        assertThat(told()).containsExactly("statusChanged RECONNECTING");
        assertThat(standing.isInSync()).isFalse();
        room.later(Recorded.RETENTION.plus(Duration.ofMinutes(5)));
        standing.update();
        assertThat(told()).containsExactly("statusChanged ALONE");
        assertThat(standing.isInSync()).isTrue();
    }

    @Test
    void whoIsLeftByAllIsAlone() {
        standing.update();
        told();
        roster.onGoodbye(BEN);
        view(SELF);
        assertThat(told()).containsExactly("statusChanged ALONE");
        assertThat(standing.isInSync()).isTrue();
    }

    @Test
    void whoHasLeftIsClosed() {
        standing.update();
        room.state.end();
        standing.update();
        assertThat(standing.status()).isEqualTo(RoomStatus.CLOSED);
        assertThat(told()).endsWith("statusChanged CLOSED");
    }

    @Test
    void strangersAreCountedAndWarnedOfOnceAMinute() {
        standing.strangers(3, false);
        standing.strangers(4, true);
        assertThat(room.warned).containsExactly(Warning.Kind.INTRUDER);
        assertThat(room.state.stats().strangersRefused).isEqualTo(7);
        assertThat(standing.metStrangersOfThisRoom()).isTrue();
        room.later(Duration.ofMinutes(1));
        standing.strangers(1, false);
        assertThat(room.warned).hasSize(2);
    }
}
