package dev.parlor.internal.machine.join;

import dev.parlor.JoinException;
import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.machine.clocksync.ClockOffset;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.members.Roster;
import dev.parlor.internal.machine.members.Standing;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.repair.Repair;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.user.UserReplica;
import dev.parlor.internal.wire.Frame.Presence;
import dev.parlor.internal.wire.Frame.WhoIsThere;
import dev.parlor.internal.wire.Versions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The way from the first view to being in the room: ask who is there; take everybody's own word for its user data; get
 * the session data from one who is in sync, not always the same; make sure that nothing sent meanwhile is missing.
 * Guarded by the room's lock.
 */
public final class Joining {
    /** Who has not answered for so long since it was seen first, or asked last, is asked again... */
    private static final long ASK_AGAIN_NANOS = 200_000_000L;
    /** ...and for so much longer with each member: where a hundred join at once, each has two hundred frames to take first. */
    private static final long ASK_AGAIN_NANOS_A_MEMBER = 10_000_000L;
    /** A member of which nobody knows anything, and that has not answered by then, is not waited for. */
    private static final long SILENT_NANOS = 2_000_000_000L;
    /**
     * Nor is one that is in the room, by then: one that is stopped is expelled much sooner, and where one packet of five is lost an
     * answer may take more than ten seconds. It is announced when it answers.
     */
    private static final long SILENT_PARTICIPANT_NANOS = 20_000_000_000L;
    /**
     * Who has not answered by then, and is still a member, does not speak Parlor: a participant that is stopped or cut off is
     * expelled sooner.
     */
    private static final long STRANGER_NANOS = 10_000_000_000L;
    /** After a round that failed, so long until whoever is next is asked for what a member sent lately. */
    private static final long FILL_AGAIN_NANOS = 250_000_000L;
    /** So often at most a participant is asked anew because its answer was too slow to set the clock by. */
    private static final int MAX_CLOCK_QUESTIONS = 8;
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** While a join is under way it is looked at so often. */
    public static final long TICK_MILLIS = 50;

    private final RoomState state;
    private final Outbox outbox;
    private final Repair repair;
    private final Roster roster;
    private final Standing standing;
    private final Warnings warnings;
    private final Now now;
    private final String room;
    private final long beganNanos;
    private final Outcome outcome;
    /** Answers, with the number of the answerer's last frame to all at that time. */
    private final Map<Long, Presence> answers = new HashMap<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    /** How far the room's time is ahead of our clock, according to each who is in the room. */
    private final Map<Long, ClockOffset> offsets = new HashMap<>();
    private final Sources sources;
    /** Of members, those who have left or of whom nothing can be read. */
    private final Set<Long> gone = new HashSet<>();
    /** Those to whom our question to all is on its way: it tells them that we join as well. */
    private final Set<Long> told = new HashSet<>();
    /** When each member was seen first, or asked last: of many who join at once each will ask, and need not be. */
    private final Map<Long, Long> awaitedSinceNanos = new HashMap<>();
    /** When each member was seen first: who came at the end of a long join is not silent yet. */
    private final Map<Long, Long> seenNanos = new HashMap<>();
    /** Those that may have been in the room before us: who were members before us, or were met in a merge, in any order. */
    private final Set<Long> elders = new HashSet<>();
    private final long startedNanos;
    private long askedNanos;
    private long firstAskedNanos;
    private int clockQuestions;
    private long filledNanos;
    private boolean synced;

    /**
     * The first members are known.
     *
     * @param room its name, for what is told if it cannot be joined
     * @param beganNanos nobody can have taken this participant for a member before
     * @param timeout how long it may take from then on
     * @param outcome hears how it ends
     */
    public Joining(RoomState state, Outbox outbox, Repair repair, Roster roster, Standing standing, Warnings warnings, Now now,
            String room, long beganNanos, Duration timeout, Outcome outcome) {
        this.state = state;
        this.outbox = outbox;
        this.repair = repair;
        this.roster = roster;
        this.standing = standing;
        this.warnings = warnings;
        this.now = now;
        this.room = room;
        this.beganNanos = beganNanos;
        this.outcome = outcome;
        this.sources = new Sources(state, now, beganNanos, timeout);
        this.startedNanos = now.nanos();
    }

    /** The members are known, or have changed. @param merged whether groups have met */
    public void onView(boolean merged) {
        sources.onView(seenNanos.keySet().stream().filter(each -> !state.isMember(each) && mayHaveHadTheRoom(each)).toList());
        answers.keySet().retainAll(state.members());
        numbers.keySet().retainAll(state.members());
        seenNanos.keySet().retainAll(state.members());
        state.members().forEach(member -> seenNanos.putIfAbsent(member, now.nanos()));
        elders.addAll(merged ? state.members() : state.members().subList(0, state.members().indexOf(state.self())));
        if (unanswered().isEmpty()) {
            advance();
        } else if (askedNanos == 0) {
            // Once: who comes after us asks itself, and if all asked anew for each, many who join at once would drown in it.
            ask();
        }
    }

    /** Whether it was in the room or, as it has not answered, may have been; not who has left it. */
    private boolean mayHaveHadTheRoom(long member) {
        Presence answer = answers.get(member);
        return member != state.self() && (answer == null ? !gone.contains(member) : !answer.joining());
    }

    /** Another joins as well, and asks everybody: that is an answer too. */
    public void onWhoIsThere(long from, long number) {
        sources.joins(from);
        if (answers.putIfAbsent(from, new Presence(true, "", 0, UserReplica.UserValue.NONE, 0, 0, -1)) == null) {
            numbers.merge(from, number, Math::max);
            advance();
        }
    }

    /** Somebody says who it is. */
    public void onPresence(long from, boolean toAll, long number, Presence presence) {
        answers.merge(from, presence, Joining::newer);
        if (!presence.joining()) {
            sources.onPresence(from, presence);
            long least = state.time().aheadOfLocal(presence.roomMillis());
            // An answer may be to any of our questions, also to the first: then a stop of this program came between. What is said
            // to all need not be an answer, and may have waited for us since we began.
            long since = toAll ? beganNanos : firstAskedNanos;
            ClockOffset offset = offsets.merge(from, ClockOffset.ofAnswer(least, (now.nanos() - since) / NANOS_A_MILLI),
                    ClockOffset::narrowedBy);
            if (offset != null && offset.isVague() && clockQuestions++ < MAX_CLOCK_QUESTIONS) {
                outbox.control(from, WhoIsThere::new);
            }
        } else if (toAll) {
            sources.joins(from);
        }
        numbers.merge(from, number, Math::max);
        advance();
    }

    /** An answer to us alone and what the same member says to all may pass each other on the way. */
    private static Presence newer(Presence one, Presence other) {
        boolean older = (other.joining() && !one.joining()) || other.user().version() < one.user().version();
        return older ? one : other;
    }

    /** Somebody leaves. */
    public void onGoodbye(long from) {
        answers.remove(from);
        gone.add(from);
    }

    /** A member of whom nothing can be read. */
    public void onOtherVersion(long from) {
        answers.remove(from);
        gone.add(from);
        advance();
    }

    /** A round with one that was asked for its state is over. */
    public void onRoundEnded(long peer, boolean complete) {
        if (complete) {
            synced = true;
        } else {
            sources.failed(peer);
        }
        advance();
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        long askAgainNanos = ASK_AGAIN_NANOS + state.members().size() * ASK_AGAIN_NANOS_A_MEMBER;
        if (source() == 0) {
            if (nowNanos - askedNanos > askAgainNanos) {
                ask();
            }
        } else {
            unanswered().stream().filter(member -> nowNanos - awaitedSince(member, nowNanos) > askAgainNanos)
                    .forEach(member -> {
                        awaitedSinceNanos.put(member, nowNanos);
                        outbox.control(member, WhoIsThere::new);
                    });
        }
        advance();
    }

    private void ask() {
        askedNanos = now.nanos();
        firstAskedNanos = firstAskedNanos == 0 ? askedNanos : firstAskedNanos;
        told.addAll(state.members());
        outbox.control(null, WhoIsThere::new);
    }

    private long awaitedSince(long member, long nowNanos) {
        return awaitedSinceNanos.computeIfAbsent(member, seen -> nowNanos);
    }

    /** Whether one who asks all need not be answered, since our own question tells it as much. Once: asked again, it is lost. */
    public boolean isTold(long asker) {
        return told.remove(asker);
    }

    private void advance() {
        if (repair.isAsking() || isCutOff() || mayBeOneOfMore()) {
            return;
        }
        if (!state.hasOthers()) {
            if (standing.metStrangersOfThisRoom()) {
                outcome.failed(new JoinException(JoinException.Reason.WRONG_PASSPHRASE, "somebody is in the room \""
                        + room + "\" with another passphrase than this program, or where one of both gives "
                        + "none, and nobody with the same: check the passphrase, or take another name for a room of your own",
                        null));
            } else {
                outcome.joined(Map.of());
            }
            return;
        }
        long source = source();
        Versions begunIn = state.otherVersions().get(state.members().get(0));
        if (source == 0 && begunIn != null && unanswered().isEmpty()) {
            outcome.failed(new JoinException(JoinException.Reason.OTHER_VERSION, "the room \"" + room
                    + "\" was begun by a program that " + begunIn.noneOfOurs() + ", or take another name for a room of your own",
                    null));
            return;
        }
        boolean allAnswered = haveAllAnswered();
        if (source == 0) {
            // All others are joining as well, or stopped, or strangers: the first of us begins. Not if those who had the room are
            // lost: they may be those who have not answered yet.
            List<Long> silentElders = unanswered().stream().filter(elders::contains).toList();
            if (!isRoomElsewhere() && (state.isCoordinator(state.self()) && allAnswered && silentElders.isEmpty()
                    || now.nanos() - startedNanos > STRANGER_NANOS && isFirstOfThoseWhoAnswered()
                    && silentElders.stream().allMatch(each -> seenForNanos(each) > STRANGER_NANOS))) {
                finish();
            }
            return;
        }
        if (!synced) {
            offset().ifPresent(state.stamps()::adopt);
            repair.begin(source, true, false);
        } else if (allAnswered) {
            finishOrFill();
        }
    }

    /**
     * Whether a member that has not answered has been here for too long to wait for it: not since the join began, which may have
     * been long before it came, or came back.
     */
    private boolean isSilent(long member) {
        return seenForNanos(member) > (isInTheRoom(member) ? SILENT_PARTICIPANT_NANOS : SILENT_NANOS);
    }

    private long seenForNanos(long member) {
        return now.nanos() - seenNanos.getOrDefault(member, now.nanos());
    }

    /** Whether others have frames of it: it speaks Parlor. */
    private boolean isInTheRoom(long member) {
        return state.inbound(member).covered() > 0;
    }

    private boolean isFirstOfThoseWhoAnswered() {
        return state.members().stream().filter(id -> id == state.self() || answers.containsKey(id)).findFirst()
                .orElse(0L) == state.self();
    }

    /**
     * Whether there is a room and nobody of it is here, before it was handed over: to begin with a part of it, as if that
     * were all, would be to write over what is there. If they come back in time, the join goes on.
     */
    public boolean isCutOff() {
        return isRoomElsewhere() && source() == 0 && unanswered().isEmpty();
    }

    /**
     * Whether who was here has said goodbye and is a member still: the view that others have without it may have somebody who holds the
     * room, of whom this participant, whose view comes late, does not know.
     */
    private boolean mayBeOneOfMore() {
        return !synced && source() == 0 && roster.isSomebodyLeaving();
    }

    /** Whether those who had the room are lost, or have left amid what they were handing over: what is here is a part of it. */
    private boolean isRoomElsewhere() {
        return !synced && (sources.lostSomebody() || state.session().times().newest() > 0);
    }

    /** Everybody has answered. What they had sent by then must be here; if not, whoever sent it is asked. */
    private void finishOrFill() {
        for (Map.Entry<Long, Presence> answer : answers.entrySet()) {
            long member = answer.getKey();
            if (!answer.getValue().joining() && state.inbound(member).covered() < numbers.getOrDefault(member, 0L)) {
                fill(member);
                return;
            }
        }
        finish();
    }

    /** Asks a member for what it sent lately or, where it does not serve, in turn with the others, who get that as well. */
    private void fill(long member) {
        int failed = sources.failures(member);
        if (failed > 0 && now.nanos() - filledNanos < FILL_AGAIN_NANOS) {
            return;
        }
        filledNanos = now.nanos();
        long other = source();
        if (failed > sources.failures(other)) {
            sources.failed(other);
            repair.begin(other, true, false);
        } else {
            repair.begin(member, true, false);
        }
    }

    private void finish() {
        for (long silent : unanswered()) {
            long seenForNanos = seenForNanos(silent);
            if (seenForNanos > STRANGER_NANOS && !isInTheRoom(silent)) {
                roster.ignore(silent);
            } else if (isSilent(silent)) {
                warnings.warn(Warning.Kind.SILENT_PARTICIPANT, "member " + new ParticipantId(silent)
                        + " did not answer during the join within " + seenForNanos / 1_000_000_000L
                        + " s; it is announced when it does");
            }
        }
        if (synced) {
            // Perhaps another answer has come since, which tells more.
            offset().ifPresent(state.stamps()::adopt);
            roster.joinedAhead(surelyAhead());
        }
        outcome.joined(answers);
    }

    /** How far the room's time is ahead of our clock at least, as most say. */
    private long surelyAhead() {
        long[] least = offsets.entrySet().stream().filter(each -> answers.containsKey(each.getKey()))
                .mapToLong(each -> each.getValue().surely()).sorted().toArray();
        return least.length == 0 ? 0 : least[(least.length - 1) / 2];
    }

    /** The room's time is what most say, not what one does. */
    private OptionalLong offset() {
        long[] likely = offsets.entrySet().stream().filter(each -> answers.containsKey(each.getKey()))
                .mapToLong(each -> each.getValue().likely()).sorted().toArray();
        return likely.length == 0 ? OptionalLong.empty() : OptionalLong.of(likely[(likely.length - 1) / 2]);
    }

    /** One who is in sync, or 0. */
    private long source() {
        List<Long> live = answers.entrySet().stream().filter(each -> !each.getValue().joining()).map(Map.Entry::getKey).toList();
        return sources.pick(live, synced, haveAllAnswered());
    }

    /** Whether nobody else is waited for. */
    private boolean haveAllAnswered() {
        return unanswered().stream().allMatch(this::isSilent);
    }

    private List<Long> unanswered() {
        return state.members().stream().filter(id -> id != state.self() && !answers.containsKey(id)
                && !gone.contains(id)).toList();
    }
}
