package dev.parlor.internal.machine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.user.UserReplica;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What joins go through; and what a member that never says who it is does to those who are in the room. */
class JoiningTest {
    private static final long STRANGER = 2;
    private static final long BEN = 3;
    private static final long NEWCOMER = 9;

    /** What is said of the stranger is not said of who came a moment before the join ended. */
    @Test
    void aMemberThatCameAtTheEndOfALongJoinIsNoStranger() {
        try (LoneRoom room = LoneRoom.joining(STRANGER)) {
            List<String> warnings = new ArrayList<>();
            room.room().on(Warning.class, warning -> warnings.add(warning.message()));
            room.pass(9_900);
            assertThat(room.hasJoined()).isFalse();
            room.members(STRANGER, NEWCOMER);
            room.pass(500);
            assertThat(room.hasJoined()).isTrue();
            assertThat(warnings).hasSize(1).first().asString().contains(new ParticipantId(STRANGER).toString());
        }
    }

    /** Cut off amid the state and met again as the first of the view: those who have the room have not had the time to say so. */
    @Test
    void whoWasCutOffAmidTheStateNeverBeginsWithAPartOfIt() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(1);
            room.comes(BEN, false, 1, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, UserReplica.UserValue.NONE,
                    LoneRoom.BEGIN_MILLIS, LoneRoom.BEGIN_MILLIS, -1));
            room.pass(3_000);
            room.members();
            room.pass(6_000);
            room.meets(BEN, NEWCOMER);
            room.pass(100);
            assertThat(room.hasJoined()).isFalse();
            // Nor when they are long silent: whose answer is lost is asked again, until the join's own time is over.
            room.pass(12_000);
            assertThat(room.hasJoined()).isFalse();
        }
    }

    @Test
    void whoComesBackIsGivenTheTimeToAnswerThatAnybodyHas() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(1_500);
            room.members(NEWCOMER);
            room.pass(1_500);
            assertThat(room.hasJoined()).isFalse();
            room.pass(1_000);
            assertThat(room.hasJoined()).isTrue();
        }
    }

    @Test
    void aClockThatIsAnHourOffAtTheJoinIsTold() {
        assertThat(warningsOfAJoinWhereTheRoomIsAheadBy(3_600_000)).singleElement().asString().contains("PT1H").contains("behind");
        assertThat(warningsOfAJoinWhereTheRoomIsAheadBy(-3_600_000)).singleElement().asString().contains("ahead of");
        assertThat(warningsOfAJoinWhereTheRoomIsAheadBy(9_000)).isEmpty();
    }

    private static List<String> warningsOfAJoinWhereTheRoomIsAheadBy(long millis) {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            List<String> warnings = new ArrayList<>();
            room.room().on(Warning.class, warning -> warnings.add(warning.message()));
            room.pass(1);
            room.comes(BEN, false, 1, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS + millis, UserReplica.UserValue.NONE,
                    LoneRoom.BEGIN_MILLIS + millis, LoneRoom.BEGIN_MILLIS + millis, -1));
            long round = room.takeSent().stream().map(LoneRoom.Sent::frame).filter(Frame.SyncRequest.class::isInstance)
                    .mapToLong(frame -> ((Frame.SyncRequest) frame).round()).findFirst().orElseThrow();
            room.comes(BEN, false, 2, new Frame.SyncChunk(round, 0, true, 0, new StateDelta(Stamp.ZERO, List.of()), Map.of(),
                    Map.of(BEN, 2L), new int[0]));
            room.pass(1_000);
            assertThat(room.hasJoined()).isTrue();
            return warnings;
        }
    }
}
