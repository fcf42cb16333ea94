package dev.parlor.internal.machine.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MergeReport;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Conflict;
import dev.parlor.internal.wire.Frame.Conflicts;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a part has lost, and what becomes of that if the coordinator dies or is late, or meets one more part before it has told it. */
class MergesTest {
    private static final long SELF = LoneRoom.SELF;
    private static final long BEN = 5;
    private static final long BENS_FRIEND = 6;
    private static final long CLEO = 7;
    /** Longer than anybody waits for the others, or says again what is not confirmed. */
    private static final long GIVEN_UP_MILLIS = 15_000;
    /** Longer than a moment in which it is not sure who wrote when. */
    private static final long A_WHILE_MILLIS = 500;

    private final List<MergeReport> told = new ArrayList<>();
    private final LoneRoom room = new LoneRoom();
    private final Map<Long, Long> numbers = new HashMap<>();

    MergesTest() {
        room.room().on(MergeReport.class, told::add);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void waitAWhile() {
        room.pass(A_WHILE_MILLIS);
    }

    private void comes(long from, Frame frame) {
        room.comes(from, false, numbers.getOrDefault(from, 0L), frame);
    }

    private void writes(long from, String key) {
        writes(from, key, room.nowMillis() - A_WHILE_MILLIS);
    }

    private void writes(long from, String key, long millis) {
        room.comes(from, true, numbers.merge(from, 1L, Long::sum), new Frame.Update(StateDelta.of(List.of(
                new KeyedValue(key, written(from, millis)))), 0, Map.of(), List.of()));
    }

    private static VersionedValue written(long author, long millis) {
        return VersionedValue.of(new Stamp(millis << Stamp.COUNTER_BITS, author), SimPeer.encoded("of " + author));
    }

    private void isThere(long who) {
        comes(who, new Frame.Presence(false, "p" + who, LoneRoom.BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("data")),
                room.nowMillis(), room.nowMillis(), -1));
    }

    /** Somebody who stands for a part says what it had replaced, which is nothing, and that it knows what ours had. */
    private void isCompared(long from, long... side) {
        isCompared(from, room.nowMillis(), side);
    }

    /** The same, where it was then by the clock of that part when the parts met. */
    private void isCompared(long from, long millis, long[] side) {
        comes(from, new Frame.Replaced(false, 0, Stamp.ZERO, millis << Stamp.COUNTER_BITS, side, new long[0], new long[0]));
        comes(from, new Frame.ConflictsHeard(0));
    }

    private void handsOver(long from, long number, String key) {
        comes(from, new Conflicts(true, number, List.of(new Conflict(key, written(from, 1), written(SELF, 2))), 0));
    }

    /** The first of the coordinator's part says what it holds to who stands for ours. */
    private void answersTheRound(String key) {
        SyncRequest request = room.takeSent().stream().map(LoneRoom.Sent::frame).filter(SyncRequest.class::isInstance)
                .map(SyncRequest.class::cast).findFirst().orElseThrow();
        comes(BEN, new SyncChunk(request.round(), 0, true, 1, StateDelta.of(List.of(
                new KeyedValue(key, written(BEN, room.nowMillis() - 2 * A_WHILE_MILLIS)))), Map.of(), Map.of(), new int[0]));
    }

    private List<String> keysTold() {
        return told.stream().flatMap(each -> each.conflicts().stream()).map(MergeReport.Conflict::key).toList();
    }

    /** What has been sent of conflicts since this was asked last. */
    private List<LoneRoom.Sent> conflictsSent() {
        return room.takeSent().stream().filter(each -> each.frame() instanceof Conflicts).toList();
    }

    private void meetsBenAndComparesWithHim() {
        room.room().sessionData().put("first", "ours");
        room.room().sessionData().put("second", "ours");
        room.pass(2 * A_WHILE_MILLIS);
        room.meets(List.of(SELF, BEN), List.of(List.of(SELF), List.of(BEN)));
        isThere(BEN);
        writes(BEN, "first");
        isCompared(BEN, BEN);
    }

    private void meetsCleoAndComparesWithHer() {
        room.pass(2 * A_WHILE_MILLIS);
        room.meets(List.of(SELF, BEN, CLEO), List.of(List.of(SELF, BEN), List.of(CLEO)));
        isThere(CLEO);
        writes(CLEO, "second");
        isCompared(CLEO, CLEO);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatACoordinatorThatDiesHasNotToldIsToldByWhoHandedItOver(boolean confirmed) {
        room.room().sessionData().put("k", "ours");
        room.pass(2 * A_WHILE_MILLIS);
        room.takeSent();
        room.meets(List.of(BEN, BENS_FRIEND, SELF), List.of(List.of(BEN, BENS_FRIEND), List.of(SELF)));
        isThere(BEN);
        isThere(BENS_FRIEND);
        waitAWhile();
        answersTheRound("k");
        isCompared(BEN, BEN, BENS_FRIEND);
        waitAWhile();
        List<LoneRoom.Sent> draft = conflictsSent();
        assertThat(draft).isNotEmpty().allSatisfy(each -> assertThat(each.to()).isEqualTo(BEN));
        if (confirmed) {
            comes(BEN, new Frame.ConflictsHeard(((Conflicts) draft.get(0).frame()).number()));
        }
        room.membersAfter(BENS_FRIEND);
        waitAWhile();
        assertThat(keysTold()).containsExactly("k");
        List<LoneRoom.Sent> report = conflictsSent();
        assertThat(report).isNotEmpty().allSatisfy(each -> assertThat(((Conflicts) each.frame()).draft()).isFalse());
        comes(BENS_FRIEND, new Frame.ConflictsHeard(((Conflicts) report.get(0).frame()).number()));
        room.pass(GIVEN_UP_MILLIS);
        assertThat(conflictsSent()).isEmpty();
        assertThat(keysTold()).containsExactly("k");
    }

    /** The clock of the other part is ahead, so that what it wrote before the parts met wins over a clear just after that. */
    @Test
    void onlyWhatAClearHadKilledWhenThePartsMetIsARemovalThatAnotherWriteCanReplace() {
        room.members(BEN);
        isThere(BEN);
        room.members();
        waitAWhile();
        room.room().sessionData().replace(Map.of("removed", "before", "replaced", "before"));
        room.room().sessionData().replace(Map.of("replaced", "ours"));
        waitAWhile();
        room.meets(List.of(SELF, BEN), List.of(List.of(SELF), List.of(BEN)));
        isThere(BEN);
        writes(BEN, "new", room.nowMillis());
        room.room().sessionData().clear();
        for (String key : List.of("removed", "replaced", "new")) {
            writes(BEN, key, room.nowMillis() + A_WHILE_MILLIS);
        }
        isCompared(BEN, room.nowMillis() + 2 * A_WHILE_MILLIS, new long[] {BEN});
        handsOver(BEN, 1, "of Ben");
        waitAWhile();
        assertThat(keysTold()).containsExactlyInAnyOrder("removed", "of Ben");
    }

    @Test
    void whatIsHandedOverToACoordinatorThatHasGivenUpAndNeverAnswersIsNotSaidForEver() {
        room.meets(List.of(BEN, SELF), List.of(List.of(BEN), List.of(SELF)));
        isThere(BEN);
        waitAWhile();
        answersTheRound("k");
        comes(BEN, new Conflicts(false, 1, List.of(), 0));
        for (int i = 0; i < 2; i++) {
            room.takeSent();
            for (long passed = 0; passed < 2 * GIVEN_UP_MILLIS; passed += A_WHILE_MILLIS) {
                waitAWhile();
                isThere(BEN);
            }
        }
        assertThat(conflictsSent()).isEmpty();
    }

    @Test
    void whatIsHandedOverOnceTheReportIsOutIsToldOnce() {
        room.meets(List.of(SELF, BEN), List.of(List.of(SELF), List.of(BEN)));
        isThere(BEN);
        room.pass(GIVEN_UP_MILLIS);
        assertThat(told).hasSize(1);
        for (int i = 0; i < 3; i++) {
            handsOver(BEN, 1, "k");
            waitAWhile();
        }
        assertThat(keysTold()).containsExactly("k");
        assertThat(room.takeSent().stream().filter(each -> each.to() == BEN && each.frame().equals(new Frame.ConflictsHeard(1))))
                .hasSize(3);
    }

    @Test
    void whoMeetsAThirdPartBeforeTheReportIsOutTellsWhatWasLostToEither() {
        meetsBenAndComparesWithHim();
        waitAWhile();
        meetsCleoAndComparesWithHer();
        handsOver(BEN, 1, "of Ben");
        waitAWhile();
        handsOver(CLEO, 1, "of Cleo");
        waitAWhile();
        assertThat(keysTold()).containsExactlyInAnyOrder("first", "second", "of Ben", "of Cleo");
        room.pass(GIVEN_UP_MILLIS);
        assertThat(keysTold()).hasSize(4);
    }

    @Test
    void whatWasToldIsNotToldAgainIfItIsSaidAgainAmidTheNextMerge() {
        meetsBenAndComparesWithHim();
        handsOver(BEN, 1, "of Ben");
        waitAWhile();
        assertThat(keysTold()).containsExactlyInAnyOrder("first", "of Ben");
        meetsCleoAndComparesWithHer();
        handsOver(BEN, 1, "of Ben");
        handsOver(CLEO, 1, "of Cleo");
        waitAWhile();
        assertThat(keysTold()).containsExactlyInAnyOrder("first", "of Ben", "second", "of Cleo");
    }
}
