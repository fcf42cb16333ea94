package dev.parlor.internal.machine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where several write without a pause, digests differ by what is under way, and hardly ever by anything else. */
class UnderWayTest {
    private static final long BEN = 3;
    private static final int ANNOUNCEMENTS = 100;
    private static final int STEPS = 5;
    private static final long STEP_MILLIS = 200;
    private static final long LONG_AGO_MILLIS = 60_000;

    private final LoneRoom room = new LoneRoom();
    private long number;
    /** After how many announcements a round was begun. */
    private final List<Integer> rounds = new ArrayList<>();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void roundsThatFindNothingElseBecomeRare() {
        room.membersAfter(BEN);
        for (int i = 1; i <= ANNOUNCEMENTS; i++) {
            anotherSecond(i, StateDelta.of(List.of()));
        }
        assertThat(rounds).as("3, and twice as many each time").containsExactly(3, 9, 21, 45, 93);
    }

    @Test
    void oneThatFindsWhatIsLostIsFollowedByAnotherSoon() {
        room.membersAfter(BEN);
        for (int i = 1; i <= ANNOUNCEMENTS; i++) {
            StateDelta lost = StateDelta.of(List.of(new KeyedValue("lost" + i, VersionedValue.of(
                    new Stamp(room.nowMillis() - LONG_AGO_MILLIS << Stamp.COUNTER_BITS, BEN), new byte[] {1}))));
            anotherSecond(i, lost);
        }
        assertThat(rounds).hasSize(ANNOUNCEMENTS / 3);
    }

    @Test
    void whoAnnouncesInABurstIsNotAskedForWhatItSendsNext() {
        room.membersAfter(BEN);
        isHere();
        room.pass(STEP_MILLIS);
        room.takeSent();
        announces();
        room.pass(STEP_MILLIS / STEPS);
        room.comes(BEN, true, ++number, new Frame.Update(StateDelta.of(List.of(new KeyedValue("k", VersionedValue.of(
                new Stamp(room.nowMillis() << Stamp.COUNTER_BITS, BEN), new byte[] {1})))), 1, Map.of(), List.of()));
        room.pass(STEP_MILLIS);
        assertThat(room.takeSent()).noneMatch(each -> each.frame() instanceof Frame.SyncRequest);
        announces();
        room.pass(STEP_MILLIS);
        assertThat(room.takeSent()).as("and nothing comes").anyMatch(each -> each.frame() instanceof Frame.SyncRequest);
    }

    private void announces() {
        room.comes(BEN, true, ++number, new Frame.Announce(1, Map.of(BEN, number, LoneRoom.SELF, room.lastNumber()), Map.of(),
                room.nowMillis(), false));
    }

    /** We write all the time, and Ben, who speaks, announces what we never hold just then. */
    private void anotherSecond(int second, StateDelta found) {
        for (int i = 0; i < STEPS; i++) {
            room.room().sessionData().put("k", second + "." + i);
            room.pass(STEP_MILLIS);
        }
        isHere();
        room.takeSent();
        room.comes(BEN, true, ++number, new Frame.Announce(second, Map.of(BEN, number + 1), Map.of(), room.nowMillis(), false));
        for (LoneRoom.Sent each : room.takeSent()) {
            if (each.frame() instanceof Frame.SyncRequest request) {
                rounds.add(second);
                room.comes(BEN, false, number, new Frame.SyncChunk(request.round(), 0, true, 1, found, Map.of(), Map.of(BEN, number),
                        new int[0]));
            }
        }
    }

    private void isHere() {
        room.comes(BEN, false, number, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("hi")),
                room.nowMillis(), room.nowMillis(), -1));
    }
}
