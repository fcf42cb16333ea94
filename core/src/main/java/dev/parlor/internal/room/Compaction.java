package dev.parlor.internal.room;

import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.wire.Frame.CompactionProposal;
import dev.parlor.internal.wire.Frame.CompactionVote;
import dev.parlor.internal.wire.Frame.Compact;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps tombstones bounded. When there are too many, the speaker proposes a time T, older than the retention; everybody
 * who holds the same up to T, and has lost nobody for as long, agrees and will never write a stamp up to T again. If all
 * agree, all that was removed up to T is forgotten: the state becomes a clear at T, and what lives is stamped anew just
 * after it, with its own stamp to break ties. That is an ordinary state of the lattice, so no merge rule knows of
 * compactions, and whoever misses this one gets it by an ordinary repair. Guarded by the room's lock.
 */
final class Compaction {
    /** Whether there are too many tombstones is looked at so often; counting those that are old takes a pass over all. */
    private static final long LOOK_NANOS = 5_000_000_000L;
    /** Votes that come later are not waited for: something is under way, and the next proposal finds it settled. */
    private static final long VOTING_NANOS = 3_000_000_000L;
    /** A compaction is worth its pass over everything if it forgets at least one tombstone in so many. */
    private static final int WORTHWHILE = 4;

    private final RoomCore core;
    private final RoomState state;
    private long round;
    private long at;
    private long root;
    private final Set<Long> missingVotes = new HashSet<>();
    private long proposedNanos;
    private long lookedNanos;
    private boolean voting;

    Compaction(RoomCore core, RoomState state) {
        this.core = core;
        this.state = state;
    }

    private long retentionMillis() {
        return core.options().retention().toMillis();
    }

    void tick(long nowNanos) {
        if (voting && nowNanos - proposedNanos > VOTING_NANOS) {
            voting = false;
        }
        if (!voting && nowNanos - lookedNanos > LOOK_NANOS) {
            lookedNanos = nowNanos;
            SessionReplica session = state.session();
            int tombstones = session.tombstones();
            if (state.isSpeaker(state.self()) && tombstones > Math.max(core.options().minTombstones(), session.size())) {
                propose(nowNanos, tombstones);
            }
        }
    }

    private void propose(long nowNanos, int tombstones) {
        at = Math.max(0, state.time().roomMillis() - retentionMillis()) << Stamp.COUNTER_BITS;
        if (!mayForget(at) || (long) state.session().tombstonesUpTo(at) * WORTHWHILE < tombstones) {
            return;
        }
        round++;
        root = state.session().rootUpTo(at);
        proposedNanos = nowNanos;
        voting = true;
        missingVotes.clear();
        missingVotes.addAll(state.counted());
        missingVotes.remove(state.self());
        state.stamps().passed(at);
        if (missingVotes.isEmpty()) {
            compact();
        } else {
            CompactionProposal proposal = new CompactionProposal(round, at, root);
            core.outbox().control(null, () -> proposal);
        }
    }

    /** Whether all that could be missed up to a time would have come by now. */
    private boolean mayForget(long time) {
        long slackMillis = core.options().maxClockSkew().toMillis();
        return core.isLive() && state.losses().ageMillis() < 0
                && (time >>> Stamp.COUNTER_BITS) <= state.time().roomMillis() - retentionMillis() + slackMillis;
    }

    void onProposal(long from, CompactionProposal proposal) {
        boolean agrees = state.isSpeaker(from) && mayForget(proposal.at())
                && state.session().rootUpTo(proposal.at()) == proposal.root();
        if (agrees) {
            state.stamps().passed(proposal.at());
        }
        core.outbox().control(from, () -> new CompactionVote(proposal.round(), agrees));
    }

    void onVote(long from, CompactionVote vote) {
        if (!voting || vote.round() != round) {
            return;
        }
        if (!vote.agrees()) {
            voting = false;
        } else if (missingVotes.remove(from) && missingVotes.isEmpty()) {
            compact();
        }
    }

    /** Members have changed: who has come may hold something else, so all is asked anew. */
    void onView() {
        voting = false;
    }

    private void compact() {
        voting = false;
        if (state.session().rootUpTo(at) == root) {
            Compact done = new Compact(at, root);
            forget();
            core.outbox().control(null, () -> done);
        }
    }

    void onCompact(long from, Compact compact) {
        if (state.isSpeaker(from) && core.isLive() && state.session().rootUpTo(compact.at()) == compact.root()) {
            at = compact.at();
            forget();
        }
    }

    private void forget() {
        state.session().compact(at);
        state.observe(each -> each.compacted(at));
        state.stats().compactions++;
    }
}
