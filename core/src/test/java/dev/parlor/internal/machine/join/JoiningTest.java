package dev.parlor.internal.machine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.HashMap;
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
            room.comes(BEN, true, 1, new Frame.Goodbye(1));
            room.members(NEWCOMER);
            room.pass(1_500);
            assertThat(room.hasJoined()).isFalse();
            room.pass(1_000);
            assertThat(room.hasJoined()).isTrue();
        }
    }

    /** Excluded by mistake before anybody has answered: who was there most likely has a room. */
    @Test
    void whoVanishesBeforeItAnswersMayHaveTheRoom() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            room.members();
            room.pass(20_000);
            assertThat(room.hasJoined()).isFalse();
            room.membersAfter(BEN);
            answers(room, BEN, 1);
            hands(room, BEN, true, 2);
            assertThat(room.hasJoined()).isTrue();
            assertThat(room.room().sessionData().size()).isEqualTo(1);
        }
    }

    /** All start together while a switch does: those who were lost before they could answer are back, and join as well. */
    @Test
    void whoWasLostAndComesBackAsOneWhoJoinsIsNotWaitedForAsTheRoom() {
        try (LoneRoom room = LoneRoom.joining(BEN, NEWCOMER)) {
            room.pass(100);
            room.members();
            room.pass(5_000);
            room.meets(BEN, NEWCOMER);
            room.comes(BEN, true, 3, new Frame.WhoIsThere());
            room.pass(12_000);
            assertThat(room.hasJoined()).as("the other may have the room").isFalse();
            room.comes(NEWCOMER, true, 3, new Frame.WhoIsThere());
            assertThat(room.hasJoined()).isTrue();
        }
    }

    /** An answer to one alone is sent again after a cut: who joined before it may have been in the room since. */
    @Test
    void anAnswerFromBeforeACutDoesNotShowThatWhoComesBackJoins() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            room.members();
            room.pass(5_000);
            room.meets(BEN);
            room.comes(BEN, false, 3, new Frame.Presence(true, "", 0, UserReplica.UserValue.NONE, room.nowMillis(), room.nowMillis(), -1));
            assertThat(room.hasJoined()).isFalse();
            answers(room, BEN, 4);
            hands(room, BEN, true, 4);
            assertThat(room.hasJoined()).isTrue();
            assertThat(room.room().sessionData().size()).isEqualTo(1);
        }
    }

    /** Of a merged view the order says nothing. */
    @Test
    void whoIsMetAndStandsStillIsGivenMoreTimeThanWhoCameLater() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            room.comes(BEN, false, 1, new Frame.Presence(true, "", 0, UserReplica.UserValue.NONE, LoneRoom.BEGIN_MILLIS, LoneRoom.BEGIN_MILLIS, -1));
            room.meets(List.of(BEN, LoneRoom.SELF, NEWCOMER), List.of(List.of(BEN, LoneRoom.SELF), List.of(NEWCOMER)));
            room.members(NEWCOMER);
            room.pass(8_000);
            assertThat(room.hasJoined()).isFalse();
            room.pass(3_000);
            assertThat(room.hasJoined()).isTrue();
        }
    }

    /** Then it has a part, of a room that is gone. */
    @Test
    void whoseSourceLeavesAmidTheStateDoesNotBeginWithAPartOfIt() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            answers(room, BEN, 1);
            hands(room, BEN, false, 1);
            room.comes(BEN, true, 2, new Frame.Goodbye(1));
            room.members();
            room.pass(20_000);
            assertThat(room.hasJoined()).isFalse();
        }
    }

    @Test
    void whoseSourceLeavesBeforeItHandsOverAnythingBegins() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            answers(room, BEN, 1);
            room.comes(BEN, true, 2, new Frame.Goodbye(1));
            room.members();
            room.pass(1_000);
            assertThat(room.hasJoined()).isTrue();
        }
    }

    /** Its own view comes late: the others see one more, who got all, and whom it asks once it sees it too. */
    @Test
    void whoseSourceHasLeftWaitsForTheViewWithoutItWhichMayHaveTheRoom() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            room.comes(BEN, true, 1, new Frame.Goodbye(1));
            room.pass(1_000);
            assertThat(room.hasJoined()).isFalse();
            room.members(NEWCOMER);
            answers(room, NEWCOMER, 1);
            hands(room, NEWCOMER, true, 2);
            room.pass(500);
            assertThat(room.hasJoined()).isTrue();
            assertThat(room.room().sessionData().size()).isEqualTo(1);
        }
    }

    /** One that began alone while the room was out of its sight has nothing of it. */
    @Test
    void whoLostTheRoomDoesNotTakeTheStateFromOneItMetLater() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            answers(room, BEN, 1);
            room.pass(100);
            meetsTheNewcomerAndTakesTheStateFromIt(room, 5_000, 6_000);
        }
    }

    /** A simulated network had a join fail at its end so: a try that begins anew would have asked them at once. */
    @Test
    void whoLostTheRoomLateInItsJoinTakesTheStateFromThoseItMetLaterWhileThereIsTime() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            answers(room, BEN, 1);
            room.pass(49_000);
            room.meets(BEN);
            answers(room, BEN, 1);
            room.pass(1_000);
            meetsTheNewcomerAndTakesTheStateFromIt(room, 4_000, 2_000);
        }
    }

    /** Not yet, and later: if those who were lost do not come back, it is the room. */
    private static void meetsTheNewcomerAndTakesTheStateFromIt(LoneRoom room, int notYetMillis, int laterMillis) {
        room.meets(NEWCOMER);
        room.takeSent();
        answers(room, NEWCOMER, 1);
        room.pass(notYetMillis);
        assertThat(room.takeSent()).noneMatch(each -> each.frame() instanceof Frame.SyncRequest);
        room.pass(laterMillis);
        hands(room, NEWCOMER, true, 2);
        room.pass(100);
        assertThat(room.hasJoined()).isTrue();
    }

    /** What is on its way to one that joined while we do may be lacking there, and is not where it was all the time. */
    @Test
    void theStateIsTakenFromOneThatWasInTheRoomBefore() {
        try (LoneRoom room = LoneRoom.joining(BEN, NEWCOMER)) {
            room.pass(100);
            room.comes(NEWCOMER, false, 1, presence(room, LoneRoom.BEGIN_MILLIS + 50));
            assertThat(room.takeSent()).noneMatch(each -> each.frame() instanceof Frame.SyncRequest);
            answers(room, BEN, 1);
            assertThat(room.takeSent()).filteredOn(each -> each.frame() instanceof Frame.SyncRequest).extracting(LoneRoom.Sent::to)
                    .containsExactly(BEN);
        }
    }

    /** What it wrote last comes from another, once that has got it. */
    @Test
    void whatAMemberSentLastIsWaitedForThoughItDoesNotServe() {
        try (LoneRoom room = LoneRoom.joining(BEN, NEWCOMER)) {
            room.pass(100);
            answers(room, BEN, 1);
            answers(room, NEWCOMER, 7);
            assertThat(passesAndIsServedByBen(room, 15_000, 6)).as("rounds that did not bring it").isPositive();
            assertThat(room.hasJoined()).isFalse();
            passesAndIsServedByBen(room, 5_000, 7);
            assertThat(room.hasJoined()).isTrue();
        }
    }

    /** @param number of the last frame of the newcomer that is part of what Ben holds @return how often Ben was asked */
    private static int passesAndIsServedByBen(LoneRoom room, int millis, long number) {
        int asked = 0;
        for (int passed = 0; passed < millis; passed += 50) {
            for (LoneRoom.Sent each : room.takeSent()) {
                if (each.to() == BEN && each.frame() instanceof Frame.SyncRequest request) {
                    asked++;
                    room.comes(BEN, false, 1, new Frame.SyncChunk(request.round(), 0, true, 0, new StateDelta(Stamp.ZERO, List.of()),
                            Map.of(), Map.of(BEN, 1L, NEWCOMER, number), new int[0]));
                }
            }
            room.pass(50);
        }
        return asked;
    }

    /** Others know that it is in the room. */
    @Test
    void whoIsInTheRoomIsWaitedForLongerThanWhoSaysNothing() {
        try (LoneRoom room = LoneRoom.joining(BEN, NEWCOMER)) {
            room.pass(100);
            answers(room, BEN, 1);
            hands(room, BEN, true, 1, NEWCOMER);
            room.pass(8_000);
            assertThat(room.hasJoined()).isFalse();
            answers(room, NEWCOMER, 1);
            assertThat(room.hasJoined()).isTrue();
            assertThat(room.room().participants()).hasSize(3);
        }
    }

    private static Frame.Presence presence(LoneRoom room, long joinedAtMillis) {
        return new Frame.Presence(false, "one", joinedAtMillis, UserReplica.UserValue.NONE, room.nowMillis(), room.nowMillis(), -1);
    }

    /** One that has been in the room for long says so. */
    private static void answers(LoneRoom room, long who, long number) {
        room.comes(who, false, number, presence(room, LoneRoom.BEGIN_MILLIS - 60_000));
    }

    /** Hands over an entry, or the first of several. @param others whose first frame it has as well */
    private static void hands(LoneRoom room, long who, boolean last, long number, Long... others) {
        long round = room.takeSent().stream().map(LoneRoom.Sent::frame).filter(Frame.SyncRequest.class::isInstance)
                .mapToLong(frame -> ((Frame.SyncRequest) frame).round()).max().orElseThrow();
        Map<Long, Long> known = new HashMap<>(Map.of(who, number));
        List.of(others).forEach(other -> known.put(other, 1L));
        StateDelta entry = StateDelta.of(List.of(new KeyedValue("k", VersionedValue.of(new Stamp(1L << 40, who), new byte[] {1}))));
        room.comes(who, false, number, new Frame.SyncChunk(round, 0, last, 2, entry, Map.of(), last ? known : Map.of(), new int[0]));
    }

    /** As on a machine with many more programs than cores. */
    @Test
    void whoseAnswersAreLateEachTimeJoinsAllTheSame() {
        try (LoneRoom room = LoneRoom.joining(BEN)) {
            room.pass(100);
            answers(room, BEN, 1);
            for (int i = 0; i < 3 && !room.hasJoined(); i++) {
                long round = room.takeSent().stream().map(LoneRoom.Sent::frame).filter(Frame.SyncRequest.class::isInstance)
                        .mapToLong(frame -> ((Frame.SyncRequest) frame).round()).max().orElse(0);
                room.pass(3_500);
                room.comes(BEN, false, 1, new Frame.SyncChunk(round, 0, true, 0, StateDelta.of(List.of()), Map.of(), Map.of(BEN, 1L), new int[0]));
            }
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
