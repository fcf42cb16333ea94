package dev.parlor.internal.machine.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Warning;
import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.Recorded.Sent;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Versions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is not seen by those whom it sees finds it out, and has them looked for anew. */
class ViewCheckTest {
    private static final long SELF = Recorded.SELF;
    private static final long BEN = 7;
    private static final long CLEO = 8;
    private static final Duration SILENT = Duration.ofSeconds(16);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int QUESTIONS = 6;

    private final Recorded room = new Recorded().with(BEN, SELF, CLEO);
    private final ViewCheck check = new ViewCheck(room.state, room.outbox, room.warnings, room, room.now);

    private List<Sent> tickAfter(Duration span) {
        room.later(span);
        check.tick(room.nanos());
        return room.sent();
    }

    private static Sent question(long to) {
        return new Sent(to, new Frame.WhoIsThere());
    }

    private void unanswered(long witness) {
        assertThat(tickAfter(SILENT)).containsExactly(question(witness));
        for (int i = 1; i < QUESTIONS; i++) {
            assertThat(tickAfter(AGAIN)).containsExactly(question(witness));
        }
        tickAfter(AGAIN);
    }

    @Test
    void whoHasSentNothingToUsAloneForLongIsAsked() {
        check.onView();
        assertThat(tickAfter(Duration.ofSeconds(14))).isEmpty();
        check.onFrameToUs(CLEO);
        assertThat(tickAfter(AGAIN)).as("the longest present, whoever else is heard").containsExactly(question(BEN));
        assertThat(tickAfter(Duration.ofMillis(500))).isEmpty();
        check.onFrameToUs(BEN);
        assertThat(tickAfter(AGAIN)).isEmpty();
        assertThat(tickAfter(SILENT)).containsExactly(question(BEN));
    }

    @Test
    void sixQuestionsWithoutAnAnswerGiveUpTheView() {
        check.onView();
        unanswered(BEN);
        assertThat(room.asked).containsExactly("lookForOthers");
        assertThat(room.warned).containsExactly(Warning.Kind.SILENT_PARTICIPANT);
        assertThat(tickAfter(AGAIN)).as("and it begins anew").isEmpty();
    }

    @Test
    void anAnswerToTheLastQuestionIsInTime() {
        check.onView();
        tickAfter(SILENT);
        for (int i = 1; i < QUESTIONS; i++) {
            tickAfter(AGAIN);
        }
        check.onFrameToUs(BEN);
        tickAfter(AGAIN);
        assertThat(room.asked).isEmpty();
    }

    @Test
    void oneThatIsLeftOutIsLookedForOnce() {
        check.onView();
        room.state.leaveOut(BEN);
        unanswered(BEN);
        assertThat(room.asked).containsExactly("lookForOthers");
        assertThat(tickAfter(SILENT)).containsExactly(question(CLEO));
    }

    @Test
    void oneThatSpeaksOtherVersionsIsNeverAsked() {
        check.onView();
        room.state.otherVersions().put(BEN, new Versions(2, 3));
        assertThat(tickAfter(SILENT)).containsExactly(question(CLEO));
    }

    @Test
    void whoIsAloneAsksNobody() {
        room.members(SELF);
        check.onView();
        assertThat(tickAfter(SILENT)).isEmpty();
    }
}
