package dev.parlor.internal.machine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import org.junit.jupiter.api.Test;

/** Where no view tells that somebody was away, what is missing is found by digests, and soon. */
class HeardAgainTest {
    private static final long BEN = 2;
    private static final long STEP_MILLIS = 500;
    /** Longer than it takes until all is said as seldom as it gets: each sixteen seconds. */
    private static final int QUIET_STEPS = 120;
    private static final int MANY_STEPS = 200;
    private static final int FEW_STEPS = 10;

    private final LoneRoom room = new LoneRoom();

    @Test
    void whoWasAwayForAMomentIsToldWhatThereIs() {
        room.members(BEN);
        room.comes(BEN, true, 1, presence());
        int announced = 0;
        for (int i = 0; i < QUIET_STEPS || announced == 0; i++) {
            assertThat(i).isLessThan(MANY_STEPS);
            announced = announcementsInAStep();
        }
        for (int i = 0; i < FEW_STEPS; i++) {
            assertThat(announcementsInAStep()).as("where nothing happens").isZero();
        }
        room.heardAgain();
        assertThat(announcementsInAStep() + announcementsInAStep()).as("within a second").isPositive();
        room.close();
    }

    /** Ben holds the same, and says so and who he is. */
    private int announcementsInAStep() {
        room.pass(STEP_MILLIS);
        int count = 0;
        for (LoneRoom.Sent each : room.takeSent()) {
            if (each.frame() instanceof Frame.Announce announce) {
                count++;
                benAnswers(new Frame.Agree(announce.root()));
            } else if (each.frame() instanceof Frame.WhoIsThere) {
                benAnswers(presence());
            }
        }
        return count;
    }

    private void benAnswers(Frame frame) {
        room.comes(BEN, false, 1, frame);
    }

    private Frame presence() {
        return new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("hi")), room.nowMillis(),
                room.nowMillis(), -1);
    }
}
