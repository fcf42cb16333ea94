package dev.parlor.internal.machine.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member that never says who it is, where it is the only other one. */
class StrangerTest {
    private static final long BEN = 22;
    private static final long STRANGER = 33;
    /** After so long it is left out. */
    private static final long LEFT_OUT_MILLIS = 15_000;

    private final LoneRoom lone = new LoneRoom();

    @AfterEach
    void close() {
        lone.close();
    }

    private void benIsHere() {
        lone.comes(BEN, false, 1, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS,
                new UserValue(1, SimPeer.encoded("hi")), LoneRoom.BEGIN_MILLIS, LoneRoom.BEGIN_MILLIS, -1));
    }

    @Test
    void whatOnlyAVanishedParticipantCouldHaveConfirmedIsNotConfirmed() {
        lone.members(BEN, STRANGER);
        benIsHere();
        lone.pass(LEFT_OUT_MILLIS);
        lone.room().sessionData().put("k", 1);
        CompletableFuture<Void> flushed = lone.room().flushAsync(Duration.ofSeconds(5));
        lone.pass(100);
        assertThat(flushed).isNotDone();
        lone.members(STRANGER);
        lone.pass(100);
        assertThat(lone.room().status()).isEqualTo(RoomStatus.RECONNECTING);
        assertThatThrownBy(flushed::join).hasCauseInstanceOf(RoomTimeoutException.class);
    }

    /** Somebody vanished before, and may be out there. */
    @Test
    void whoIsLeftByTheLastOfTheOthersIsAloneAndThenMayBeCutOff() {
        lone.members(BEN, STRANGER);
        benIsHere();
        lone.comes(STRANGER, false, 1, new Frame.Presence(false, "Cleo", LoneRoom.BEGIN_MILLIS,
                new UserValue(1, SimPeer.encoded("hi")), LoneRoom.BEGIN_MILLIS, LoneRoom.BEGIN_MILLIS, -1));
        lone.members(BEN);
        List<RoomStatus> seen = new ArrayList<>();
        lone.room().on(StatusChanged.class, status -> seen.add(status.newStatus()));
        lone.comes(BEN, false, 2, new Frame.Goodbye(1));
        assertThat(seen).containsExactly(RoomStatus.ALONE);
        lone.members();
        lone.pass(100);
        assertThat(seen).containsExactly(RoomStatus.ALONE, RoomStatus.RECONNECTING);
        assertThat(lone.room().stats().inSync()).as("the one who vanished may be cut off").isFalse();
    }

    @Test
    void whoIsAloneWithItIsInSync() {
        lone.meets(STRANGER);
        lone.pass(LEFT_OUT_MILLIS);
        assertThat(lone.room().stats().inSync()).isTrue();
    }

    @Test
    void itsMessagesAreCountedAsDroppedWhenItGoes() {
        lone.members(BEN);
        for (int i = 1; i <= 3; i++) {
            lone.comes(BEN, true, i, new Frame.Update(new StateDelta(Stamp.ZERO, List.of(), List.of()), 0, Map.of(),
                    List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, SimPeer.encoded("line")))));
        }
        lone.members();
        assertThat(lone.room().stats().messagesDropped()).isEqualTo(3);
    }

    /** Its state is on its way for a minute, and our questions wait behind it. */
    @Test
    void whoTakesLongToJoinIsNoStranger() {
        List<Warning> warnings = new ArrayList<>();
        lone.room().on(Warning.class, warnings::add);
        lone.members(STRANGER);
        lone.comes(STRANGER, true, 1, new Frame.WhoIsThere());
        for (int i = 0; i < 30; i++) {
            lone.pass(2_000);
            lone.comes(STRANGER, false, 1, new Frame.SyncAck(7, i));
        }
        assertThat(warnings).isEmpty();
        lone.pass(2 * LEFT_OUT_MILLIS);
        assertThat(warnings).extracting(Warning::kind).contains(Warning.Kind.INTRUDER);
    }
}
