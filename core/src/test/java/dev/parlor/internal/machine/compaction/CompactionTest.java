package dev.parlor.internal.machine.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.Recorded.Sent;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.Compact;
import dev.parlor.internal.wire.Frame.CompactionProposal;
import dev.parlor.internal.wire.Frame.CompactionVote;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Removed keys are forgotten once all who could bring them back have agreed, and not before. */
class CompactionTest {
    private static final long SELF = Recorded.SELF;
    private static final long BEN = 7;
    private static final long CLEO = 8;
    private static final int MIN_TOMBSTONES = 2;
    private static final Duration OLD = Recorded.RETENTION.plusSeconds(10);

    private final Recorded room = new Recorded();
    private final Compaction compaction = new Compaction(room.state, room.outbox, room, room.now, new Observation(thrown -> { }),
            Recorded.RETENTION, Recorded.SKEW, MIN_TOMBSTONES);

    private void removeThreeKeys() {
        for (String key : List.of("a", "b", "c")) {
            Stamp stamp = new Stamp(room.state.stamps().next(0), SELF);
            room.state.session().apply(StateDelta.of(List.of(new KeyedValue(key, VersionedValue.tombstone(stamp)))));
        }
    }

    private List<Sent> tick() {
        compaction.tick(room.nanos());
        return room.sent();
    }

    private CompactionProposal proposed() {
        return (CompactionProposal) tick().get(0).frame();
    }

    private CompactionProposal proposalOf(long root) {
        return new CompactionProposal(1, room.time.roomMillis() - Recorded.RETENTION.toMillis() << Stamp.COUNTER_BITS, root);
    }

    private boolean agrees(long from, CompactionProposal proposal) {
        compaction.onProposal(from, proposal);
        return ((CompactionVote) room.sent().get(0).frame()).agrees();
    }

    @Test
    void whoIsAloneForgetsWhatIsOldAndNothingThatIsNot() {
        removeThreeKeys();
        room.later(Duration.ofSeconds(6));
        tick();
        assertThat(room.state.session().tombstones()).isEqualTo(3);
        room.later(OLD);
        tick();
        room.compute();
        assertThat(room.state.session().tombstones()).isZero();
        assertThat(room.state.stats().compactions).isEqualTo(1);
    }

    /** Its clock was set forward: what is old by that others may be writing now, who cannot be seen. */
    @Test
    void whoIsAloneForLessThanTheRetentionForgetsNothingHoweverOldItSeems() {
        removeThreeKeys();
        tick();
        room.leap(OLD);
        room.later(Recorded.RETENTION.minusSeconds(1));
        tick();
        room.compute();
        assertThat(room.state.session().tombstones()).isEqualTo(3);
        room.later(Duration.ofSeconds(6));
        tick();
        room.compute();
        assertThat(room.state.session().tombstones()).isZero();
    }

    @Test
    void theSpeakerForgetsWhenTheLastHasAgreed() {
        room.with(SELF, BEN, CLEO);
        removeThreeKeys();
        room.later(OLD);
        CompactionProposal proposal = proposed();
        compaction.onVote(BEN, new CompactionVote(proposal.round(), true));
        compaction.onVote(BEN, new CompactionVote(proposal.round(), true));
        assertThat(room.state.session().tombstones()).isEqualTo(3);
        compaction.onVote(CLEO, new CompactionVote(proposal.round(), true));
        room.compute();
        assertThat(room.state.session().tombstones()).isZero();
        assertThat(room.sent()).containsExactly(new Sent(null, new Compact(proposal.at(), proposal.root())));
    }

    @Test
    void oneThatDisagreesEndsIt() {
        room.with(SELF, BEN, CLEO);
        removeThreeKeys();
        room.later(OLD);
        CompactionProposal proposal = proposed();
        compaction.onVote(BEN, new CompactionVote(proposal.round(), false));
        compaction.onVote(BEN, new CompactionVote(proposal.round(), true));
        compaction.onVote(CLEO, new CompactionVote(proposal.round(), true));
        assertThat(room.state.session().tombstones()).isEqualTo(3);
    }

    @Test
    void whoComesMeanwhileIsAskedAnew() {
        room.with(SELF, BEN);
        removeThreeKeys();
        room.later(OLD);
        CompactionProposal proposal = proposed();
        room.with(SELF, BEN, CLEO);
        compaction.onView();
        compaction.onVote(BEN, new CompactionVote(proposal.round(), true));
        assertThat(room.state.session().tombstones()).isEqualTo(3);
        room.later(Duration.ofSeconds(6));
        assertThat(proposed().round()).isGreaterThan(proposal.round());
    }

    @Test
    void nothingIsProposedByWhoDoesNotSpeakNorWhileSomebodyIsMissed() {
        removeThreeKeys();
        room.with(BEN, SELF);
        room.later(OLD);
        assertThat(tick()).isEmpty();
        room.with(SELF, BEN);
        room.state.losses().lost(CLEO);
        room.later(Duration.ofSeconds(6));
        assertThat(tick()).isEmpty();
        room.state.losses().back(CLEO);
        room.later(Duration.ofSeconds(6));
        assertThat(tick()).hasSize(1);
    }

    @Test
    void onlyTheSpeakerIsAgreedWithAndByWhoHoldsTheSameAndMissesNobody() {
        room.with(BEN, SELF, CLEO);
        removeThreeKeys();
        room.later(OLD);
        CompactionProposal proposal = proposalOf(room.state.session().times().rootUpTo(proposalOf(0).at()));
        assertThat(agrees(CLEO, proposal)).isFalse();
        assertThat(agrees(BEN, proposalOf(proposal.root() + 1))).isFalse();
        room.state.losses().lost(CLEO);
        assertThat(agrees(BEN, proposal)).isFalse();
        room.state.losses().back(CLEO);
        assertThat(agrees(BEN, proposal)).isTrue();
    }

    @Test
    void whoHasAgreedWritesNoStampUpToThenThoughItsClockIsBehind() {
        room.with(BEN, SELF);
        Duration shorterThanClocksDiffer = Recorded.SKEW.dividedBy(2);
        Compaction behind = new Compaction(room.state, room.outbox, room, room.now, new Observation(thrown -> { }), shorterThanClocksDiffer,
                Recorded.SKEW, MIN_TOMBSTONES);
        long at = room.time.roomMillis() + Recorded.SKEW.minus(shorterThanClocksDiffer).toMillis() << Stamp.COUNTER_BITS;
        assertThat(room.state.stamps().next(0)).isLessThan(at);
        behind.onProposal(BEN, new CompactionProposal(1, at, room.state.session().times().rootUpTo(at)));
        assertThat(room.sent()).containsExactly(new Sent(BEN, new CompactionVote(1, true)));
        assertThat(room.state.stamps().next(0)).isGreaterThan(at);
    }

    @Test
    void oneThatTakesTooLongIsFinishedAtOnce() {
        removeThreeKeys();
        tick();
        room.later(OLD);
        tick();
        assertThat(room.state.session().isCompacting()).isTrue();
        room.later(Duration.ofSeconds(2));
        tick();
        assertThat(room.state.session().isCompacting()).isTrue();
        room.later(Duration.ofSeconds(2));
        tick();
        assertThat(room.state.session().isCompacting()).isFalse();
        assertThat(room.state.session().tombstones()).isZero();
    }

    /** Up to when removed keys are being forgotten by then. */
    private long begunByBen() {
        room.with(BEN, SELF);
        removeThreeKeys();
        room.later(OLD);
        long at = proposalOf(0).at();
        compaction.onCompact(BEN, new Compact(at, room.state.session().times().rootUpTo(at)));
        return at;
    }

    @Test
    void oneThatAClearOvertakesIsDone() {
        long at = begunByBen();
        Stamp later = new Stamp(room.state.stamps().next(at), SELF);
        room.state.session().applyUnheard(new StateDelta(later, List.of()));
        room.compute();
        assertThat(room.state.session().isCompacting()).isFalse();
        assertThat(room.state.session().clear()).isEqualTo(later);
    }

    @Test
    void oneIsFinishedBeforeTheNextBegins() {
        long at = begunByBen();
        assertThat(room.state.session().isCompacting()).isTrue();
        compaction.onCompact(BEN, new Compact(at + 1, room.state.session().times().rootUpTo(at + 1)));
        assertThat(room.state.session().tombstones()).isZero();
        assertThat(room.state.session().clear().time()).isEqualTo(at + 1);
        room.compute();
        assertThat(room.state.session().isCompacting()).isFalse();
    }

    @Test
    void whoHoldsSomethingElseByThenForgetsNothing() {
        room.with(BEN, SELF);
        removeThreeKeys();
        room.later(OLD);
        CompactionProposal proposal = proposalOf(0);
        compaction.onCompact(BEN, new Compact(proposal.at(), room.state.session().times().rootUpTo(proposal.at()) + 1));
        assertThat(room.state.session().tombstones()).isEqualTo(3);
        compaction.onCompact(BEN, new Compact(proposal.at(), room.state.session().times().rootUpTo(proposal.at())));
        room.compute();
        assertThat(room.state.session().tombstones()).isZero();
    }
}
