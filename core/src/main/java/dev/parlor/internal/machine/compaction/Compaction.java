package dev.parlor.internal.machine.compaction;

import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StampTimes;
import dev.parlor.internal.wire.Frame.Compact;
import dev.parlor.internal.wire.Frame.CompactionProposal;
import dev.parlor.internal.wire.Frame.CompactionVote;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tombstones bounded. When there are too many, the coordinator proposes a time T, older than the retention; everybody
 * who holds the same up to T, and has lost nobody for as long, agrees and will never write a stamp up to T again. If all
 * agree, all that was removed up to T is forgotten: the state becomes a clear at T, and what lives is stamped anew just
 * after it, with its own stamp to break ties. That is an ordinary state of the lattice, so no merge rule knows of
 * compactions, and whoever misses this one gets it by an ordinary repair. Guarded by the room's lock.
 */
public final class Compaction {
    /** Whether there are too many tombstones is looked at so often. */
    private static final long LOOK_NANOS = 5_000_000_000L;
    /** Votes that come later are not waited for: something is under way, and the next proposal finds it settled. */
    private static final long VOTING_NANOS = 3_000_000_000L;
    /** The least that is ever forgotten takes so many steps: 5,000 entries each, for which the room's lock is held for one or two milliseconds. */
    private static final int STEPS = 2;
    /**
     * After that what is left is done at once, where a step has failed or the worker is busy with sending: who asks for what it lacks is not
     * answered meanwhile, and after five seconds messages are heard without what was sent before them.
     */
    private static final long LONGEST_NANOS = 3_000_000_000L;
    /** A compaction is worth its pass over everything if it forgets at least one tombstone in so many. */
    private static final int WORTHWHILE = 4;

    private final RoomState state;
    private final Outbox outbox;
    private final Effects effects;
    private final Now now;
    private final Observation observation;
    private final Duration retention;
    private final Duration maxSkew;
    private final int minTombstones;
    private long round;
    private long at;
    private long root;
    private final Set<Long> missingVotes = new HashSet<>();
    private long proposedNanos;
    private long lookedNanos;
    private boolean voting;
    /** The last one, which may be under way. */
    private @Nullable Compacting running;
    private long begunNanos;
    private boolean ticks;
    private long presentSinceNanos;

    /**
     * Keeps tombstones bounded.
     *
     * @param retention how long removed keys are remembered
     * @param maxSkew by which clocks may differ
     * @param minTombstones removed keys remembered before any is forgotten, whatever their age
     */
    public Compaction(RoomState state, Outbox outbox, Effects effects, Now now, Observation observation, Duration retention,
            Duration maxSkew, int minTombstones) {
        this.state = state;
        this.outbox = outbox;
        this.effects = effects;
        this.now = now;
        this.observation = observation;
        this.retention = retention;
        this.maxSkew = maxSkew;
        this.minTombstones = minTombstones;
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        if (!ticks) {
            ticks = true;
            presentSinceNanos = nowNanos;
        }
        if (voting && nowNanos - proposedNanos > VOTING_NANOS) {
            voting = false;
        }
        if (running != null && !running.isDone() && nowNanos - begunNanos > LONGEST_NANOS) {
            running.finish();
        }
        if (!voting && !state.session().isCompacting() && nowNanos - lookedNanos > LOOK_NANOS) {
            lookedNanos = nowNanos;
            SessionReplica session = state.session();
            int tombstones = session.tombstones();
            if (state.isCoordinator(state.self()) && tombstones > Math.max(minTombstones, session.size())) {
                propose(nowNanos, tombstones);
            }
        }
    }

    private void propose(long nowNanos, int tombstones) {
        StampTimes times = state.session().times();
        at = times.countedUpTo(Math.max(0, state.time().roomMillis() - retention.toMillis()) << Stamp.COUNTER_BITS);
        if (at < 0 || isAloneAndNew(nowNanos) || !mayForget(at) || (long) times.tombstonesUpTo(at) * WORTHWHILE < tombstones) {
            return;
        }
        round++;
        root = times.rootUpTo(at);
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
            outbox.control(null, () -> proposal);
        }
    }

    /**
     * Whether nobody agrees to how old something is, and it was not seen to grow so old: this machine's clock may have been set forward, and
     * what others write, who were never met as they are cut off, is not older than what would be forgotten.
     */
    private boolean isAloneAndNew(long nowNanos) {
        return state.isAlone() && nowNanos - presentSinceNanos < retention.toNanos();
    }

    /** Whether all that could be missed up to a time would have come by now. */
    private boolean mayForget(long time) {
        long slackMillis = maxSkew.toMillis();
        return state.isLive() && state.losses().ageMillis() < 0
                && (time >>> Stamp.COUNTER_BITS) <= state.time().roomMillis() - retention.toMillis() + slackMillis;
    }

    /** The coordinator proposes to forget what was removed up to a time. */
    public void onProposal(long from, CompactionProposal proposal) {
        boolean agrees = state.isCoordinator(from) && mayForget(proposal.at())
                && state.session().times().rootUpTo(proposal.at()) == proposal.root();
        if (agrees) {
            state.stamps().passed(proposal.at());
        }
        outbox.control(from, () -> new CompactionVote(proposal.round(), agrees));
    }

    /** Somebody agrees, or does not. */
    public void onVote(long from, CompactionVote vote) {
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
    public void onView() {
        voting = false;
    }

    private void compact() {
        voting = false;
        if (state.session().times().rootUpTo(at) == root) {
            Compact done = new Compact(at, root);
            forget();
            outbox.control(null, () -> done);
        }
    }

    /** All have agreed. */
    public void onCompact(long from, Compact compact) {
        if (state.isCoordinator(from) && state.isLive() && state.session().times().rootUpTo(compact.at()) == compact.root()) {
            at = compact.at();
            forget();
        }
    }

    private void forget() {
        long upTo = at;
        observation.tell(each -> each.compacted(upTo));
        state.stats().compactions++;
        if (running != null) {
            running.finish();
        }
        Compacting begun = new Compacting(state.session(), upTo, Math.max(1, minTombstones / STEPS),
                () -> state.undos().compacts(new Stamp(upTo, Stamp.LO)));
        running = begun;
        begunNanos = now.nanos();
        if (begun.isShort()) {
            begun.finish();
        } else {
            step(begun);
        }
    }

    private void step(Compacting begun) {
        effects.compute("looking for removed keys that are forgotten", begun::look, keys -> {
            begun.apply(keys);
            if (!begun.isDone()) {
                step(begun);
            }
        });
    }
}
