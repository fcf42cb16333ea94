package dev.parlor.internal.machine.repair;

import dev.parlor.Change;
import dev.parlor.SyncProgress;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.merge.Merges;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.messaging.Messages;
import dev.parlor.internal.machine.write.SessionUpdates;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.SyncAck;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Anti-entropy (Dynamo 2007, section 4.7): how replicas become equal when frames were missed. One <b>round</b> serves
 * joins, gaps, crashes and merges: the requester says what it holds, bucket by bucket; the source streams what it holds in
 * the buckets that differ; what the requester holds there and the source lacks goes to all through the outbox, once.
 *
 * <p>Who begins a round: a joiner; who misses frames of somebody; who hears a digest that differs from its own ({@link
 * DigestExchange}); and after a merge the first member of each side but the coordinator's, who also passes on to its side what
 * it learnt. Guarded by the room's lock.
 */
public final class Repair {
    /** A round without a sign of life for so long is given up and begun with another. */
    private static final long ROUND_TIMEOUT_NANOS = 2_000_000_000L;
    /**
     * The same of a round for a gap before its first chunk, which takes a round trip: it is asked for four times by then. Another may
     * have what is missing, and messages wait for it.
     */
    private static final long FIRST_CHUNK_NANOS = 1_000_000_000L;
    /**
     * Each round that is given up in a row doubles the time that the next is given, up to 16 s: where a machine is so busy that no answer
     * is in time, none ever would be.
     */
    private static final int MAX_DOUBLINGS = 3;
    /** A request that was not answered is sent again so often. */
    private static final long ASK_AGAIN_NANOS = 250_000_000L;
    /** A gap is given so long to close by itself or by a repair for all, as after a merge. */
    private static final long GAP_GRACE_NANOS = 300_000_000L;

    /** A round this participant asked for. */
    private static final class Round {
        private final long peer;
        private final long id;
        private final boolean joining;
        private final boolean spread;
        private final Stamp clear;
        /** What the peer holds that is newer than what is held here. */
        private final List<KeyedValue> received = new ArrayList<>();
        private final Lacking lacking;
        private final List<Batch> batches = new ArrayList<>();
        private final Set<Stamp> batchStamps = new HashSet<>();
        private @Nullable SyncRequest request;
        private long askedNanos;
        private int nextIndex;
        private long count;
        private long lastSignNanos;

        Round(long peer, long id, boolean joining, boolean spread, Stamp clear, Lacking lacking, long nowNanos) {
            this.lacking = lacking;
            this.peer = peer;
            this.id = id;
            this.joining = joining;
            this.spread = spread;
            this.clear = clear;
            this.lastSignNanos = nowNanos;
        }
    }

    private final RoomState state;
    private final Outbox outbox;
    private final Departures departures;
    private final SessionUpdates updates;
    private final Merges merges;
    private final Messages messages;
    private final Effects effects;
    private final Now now;
    private final RoundListener rounds;
    private final DigestExchange digests;
    private final Answers answers;
    private @Nullable Round round;
    /** We are the first of our side of a merge, and still to be compared with the coordinator. */
    private boolean spreadWanted;
    /** How often what the coordinator lacks is being looked for, to be passed on. */
    private int lookingFor;
    private long nextRound = 1;
    /** Whose round was given up last, since it gave no sign; 0 if another was asked since. */
    private long silent;
    /** Rounds in a row that were given up since no sign came. */
    private int givenUp;

    /**
     * Repairs this replica, and others'.
     *
     * @param events told of what merges of parts have lost
     * @param rounds hears of the rounds that this participant asks for
     */
    public Repair(RoomState state, Outbox outbox, Departures departures, SessionUpdates updates, Messages messages,
            EventSink events, Effects effects, Now now, RoundListener rounds) {
        this.state = state;
        this.outbox = outbox;
        this.departures = departures;
        this.updates = updates;
        this.messages = messages;
        this.effects = effects;
        this.now = now;
        this.rounds = rounds;
        this.merges = new Merges(state, outbox, departures, events, now, this::isSpreading);
        this.answers = new Answers(state, outbox, departures, effects, now);
        this.digests = new DigestExchange(state, outbox, departures, merges, messages, effects, now, this);
    }

    /** What parts of the room that have met had changed. */
    public Merges merges() {
        return merges;
    }

    /** Whether all replicas are equal. */
    public DigestExchange digests() {
        return digests;
    }

    // ---- asking

    /** Begins a round, unless one is under way. */
    public void begin(long peer, boolean joining, boolean spread) {
        if (round != null || peer == state.self()) {
            return;
        }
        Digest digest = state.session().digest();
        Round begun = new Round(peer, nextRound++, joining, spread, digest.clear(), new Lacking(state, effects),
                now.nanos());
        begun.request = new SyncRequest(begun.id, digest.buckets(), digest.clear());
        round = begun;
        ask(begun);
    }

    /** Asked again until the first chunk comes: the peer may not yet have the view in which we are. */
    private void ask(Round asking) {
        asking.askedNanos = now.nanos();
        outbox.control(asking.peer, () -> asking.request);
    }

    /** Whether our side of a merge is still to be passed on to all. */
    public boolean isSpreading() {
        return spreadWanted || lookingFor > 0 || round != null && round.spread;
    }

    /** Whether a round is under way that was asked for here. */
    public boolean isAsking() {
        return round != null;
    }

    /** Whether this replica holds what all hold, as far as it knows. */
    public boolean inSync() {
        return (digests.inSync() || state.isAlone()) && round == null
                && state.inbounds().values().stream().noneMatch(Inbound::hasGap);
    }

    /** A part of what was asked for has come. */
    public void onChunk(long from, SyncChunk heard) {
        Round current = round;
        if (current == null || current.peer != from || current.id != heard.round()
                || current.nextIndex != heard.index()) {
            return;
        }
        SyncChunk chunk = heard.with(updates.possible(from, heard.delta()));
        current.nextIndex++;
        current.count += chunk.delta().entries().size();
        current.lastSignNanos = now.nanos();
        chunk.names().forEach(state::learnName);
        take(current, chunk.delta());
        rounds.progress(new SyncProgress(current.count, chunk.total()));
        if (chunk.last()) {
            round = null;
            end(current, chunk);
        } else {
            outbox.control(from, () -> new SyncAck(chunk.round(), chunk.index()));
        }
    }

    /**
     * A join keeps at once what it gets, so that it can go on with another source. But what belongs together, the clear of
     * a replace included, waits until all has come: the source may vanish before.
     */
    private void take(Round current, StateDelta part) {
        current.batches.addAll(part.batches());
        if (!current.joining) {
            // Compared as it comes: all of a large map at the end would make writes here wait.
            part.entries().stream().filter(current.lacking::isNews).forEach(current.received::add);
            return;
        }
        part.batches().forEach(batch -> current.batchStamps.addAll(batch.stamps()));
        if (current.batchStamps.isEmpty()) {
            state.session().applyUnheard(StateDelta.of(part.entries()));
            return;
        }
        List<KeyedValue> single = new ArrayList<>();
        for (KeyedValue entry : part.entries()) {
            (current.batchStamps.contains(entry.value().stamp()) ? current.received : single).add(entry);
        }
        state.session().applyUnheard(StateDelta.of(single));
    }

    private void end(Round ended, SyncChunk last) {
        state.stats().repairs++;
        givenUp = 0;
        StateDelta delta = new StateDelta(last.delta().clear(), ended.received, ended.batches);
        if (ended.joining) {
            // Nobody reads yet.
            state.session().applyUnheard(delta);
        } else {
            Set<String> news = new HashSet<>();
            if (ended.spread) {
                spreadWanted = false;
                merges.passesOn();
                news.addAll(newsIn(ended.received));
            }
            SessionChanges changes = updates.applyRepaired(delta);
            state.stats().entriesRepaired += changes.size();
            boolean clears = state.session().clear().after(ended.spread && last.delta().clear().after(ended.clear)
                    ? ended.clear : last.delta().clear());
            passOn(news, clears);
            if (ended.spread) {
                // All of it must be in the outbox before the other sides hear how far it goes.
                lookingFor++;
                ended.lacking.find(last.differing(), keys -> passOn(keys, false), anyIsOld -> lookingFor--);
            } else {
                boolean old = ended.lacking.anyIsOld(ended.received);
                ended.lacking.find(last.differing(), keys -> passOn(keys, false), oldToo -> digests.mended(old || oldToo));
            }
            updates.announce(changes, Change.Cause.SYNC);
        }
        state.cover(last.known());
        messages.releaseAll();
        if (ended.joining || state.isCoordinator(ended.peer)) {
            // Whether we are equal to all, only who speaks for all can say.
            digests.inSync(true);
        }
        rounds.ended(ended.peer, true);
        beginSpread();
    }

    /** Keys of which the peer held what is newer than ours. */
    private Set<String> newsIn(List<KeyedValue> received) {
        Set<String> news = new HashSet<>();
        for (KeyedValue entry : received) {
            VersionedValue ours = state.session().entry(entry.key());
            if (ours == null || entry.value().stamp().after(ours.stamp())) {
                news.add(entry.key());
            }
        }
        return news;
    }

    /** To all, by the ordinary way of a write. */
    private void passOn(Collection<String> keys, boolean clears) {
        if (clears) {
            outbox.clear(List.of());
        }
        keys.forEach(outbox::passOn);
    }

    // ---- answering

    /** Somebody asks for what it lacks. */
    public void onRequest(long from, SyncRequest request) {
        answers.onRequest(from, request);
    }

    /** It has got a part of that. */
    public void onAck(long from, SyncAck ack) {
        answers.onAck(from, ack);
    }

    // ---- when members come and go, and as time goes by

    /** Members have changed. */
    public void onView(List<List<Long>> sides) {
        answers.onView();
        if (round != null && !state.isMember(round.peer)) {
            abandon(round);
        }
        List<Long> representatives = state.representatives(sides);
        merges.onView(sides, representatives);
        if (representatives.size() > 1) {
            digests.inSync(false);
            spreadWanted |= representatives.contains(state.self());
            beginSpread();
        }
        digests.onView();
    }

    /** Gives up what does not go on, asks for what is missing, and announces now and then. */
    public void tick(long nowNanos) {
        if (round != null && round.nextIndex == 0 && state.isLeftOut(round.peer) && !round.joining) {
            // It has never said who it is: nothing comes, and as the first of a view it held up the comparison of two sides. Who joins
            // does not ask such a one: what it asked may come of who has said goodbye since, the last who has it.
            abandon(round);
        } else if (round != null && nowNanos - round.lastSignNanos > patienceNanos(round)) {
            silent = round.peer;
            givenUp++;
            abandon(round);
        } else if (round != null && round.nextIndex == 0 && nowNanos - round.askedNanos > ASK_AGAIN_NANOS) {
            ask(round);
        }
        answers.tick(nowNanos);
        if (round == null && !merges.isComparing() && !state.session().isCompacting()) {
            askForGaps(nowNanos);
        }
        digests.tick(nowNanos);
    }

    private long patienceNanos(Round round) {
        long first = round.nextIndex == 0 && !round.joining && !round.spread ? FIRST_CHUNK_NANOS : ROUND_TIMEOUT_NANOS;
        return first << Math.min(MAX_DOUBLINGS, givenUp);
    }

    private void askForGaps(long nowNanos) {
        state.inbounds().entrySet().stream()
                .filter(each -> state.presentOf(each.getKey()) != null && each.getValue().lacks(nowNanos, GAP_GRACE_NANOS))
                .min(Comparator.comparingLong(each -> each.getValue().askedNanos()))
                .ifPresent(longestUnasked -> {
                    longestUnasked.getValue().asked(nowNanos);
                    begin(sourceFor(longestUnasked.getKey()), false, false);
                });
    }

    /** Who sent it, or if that did not answer just now another, who has most likely got it. */
    private long sourceFor(long sender) {
        long before = silent;
        silent = 0;
        return before != sender ? sender : state.counted().stream()
                .filter(id -> id != state.self() && id != sender && state.presentOf(id) != null).findFirst().orElse(sender);
    }

    /**
     * We hold what the coordinator holds: a round for what was missing has nothing left to bring, however much of it is still to
     * come. Not so a join, and the comparison of two sides, whose report is waited for.
     */
    void nothingIsMissing() {
        if (round != null && !round.joining && !round.spread) {
            round = null;
            beginSpread();
        }
    }

    private void abandon(Round abandoned) {
        round = null;
        beginSpread();
        rounds.ended(abandoned.peer, false);
    }

    /** As soon as no other round is under way. */
    private void beginSpread() {
        spreadWanted &= state.counted().size() > 1 && !state.isCoordinator(state.self());
        if (spreadWanted) {
            begin(state.counted().get(0), false, true);
        }
    }
}
