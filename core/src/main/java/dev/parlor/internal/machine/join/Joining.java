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
import java.util.ArrayList;
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
    /** Who has not answered by then is not waited for (it may be stopped); it is announced when it answers. */
    private static final long SILENT_NANOS = 2_000_000_000L;
    /**
     * Who has not answered by then, and is still a member, does not speak Parlor: a participant that is stopped or cut off is
     * expelled sooner.
     */
    private static final long STRANGER_NANOS = 10_000_000_000L;
    /** Who has failed to serve so often is not asked again for what it sent lately; the repairs of the room see to it. */
    private static final int MAX_FAILURES = 2;
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
    /** Rounds with each that failed. */
    private final Map<Long, Integer> failures = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();
    /** Those to whom our question to all is on its way: it tells them that we join as well. */
    private final Set<Long> told = new HashSet<>();
    /** When each member was seen first, or asked last: of many who join at once each will ask, and need not be. */
    private final Map<Long, Long> awaitedSinceNanos = new HashMap<>();
    /** When each member was seen first: who came at the end of a long join is not silent yet. */
    private final Map<Long, Long> seenNanos = new HashMap<>();
    private final long startedNanos;
    private long askedNanos;
    private long firstAskedNanos;
    private int clockQuestions;
    private boolean synced;
    /** Somebody who was in the room has vanished. */
    private boolean lostSomebody;

    /**
     * The first members are known.
     *
     * @param room its name, for what is told if it cannot be joined
     * @param beganNanos nobody can have taken this participant for a member before
     * @param outcome hears how it ends
     */
    public Joining(RoomState state, Outbox outbox, Repair repair, Roster roster, Standing standing, Warnings warnings, Now now,
            String room, long beganNanos, Outcome outcome) {
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
        this.startedNanos = now.nanos();
    }

    /** The members are known, or have changed. */
    public void onView() {
        lostSomebody |= answers.entrySet().stream().anyMatch(each -> !each.getValue().joining()
                && !state.isMember(each.getKey()));
        answers.keySet().retainAll(state.members());
        numbers.keySet().retainAll(state.members());
        seenNanos.keySet().retainAll(state.members());
        state.members().forEach(member -> seenNanos.putIfAbsent(member, now.nanos()));
        if (unanswered().isEmpty()) {
            advance();
        } else if (askedNanos == 0) {
            // Once: who comes after us asks itself, and if all asked anew for each, many who join at once would drown in it.
            ask();
        }
    }

    /** Another joins as well, and asks everybody: that is an answer too. */
    public void onWhoIsThere(long from, long number) {
        if (answers.putIfAbsent(from, new Presence(true, "", 0, UserReplica.UserValue.NONE, 0, 0, -1)) == null) {
            numbers.merge(from, number, Math::max);
            advance();
        }
    }

    /** Somebody says who it is. */
    public void onPresence(long from, boolean toAll, long number, Presence presence) {
        answers.merge(from, presence, Joining::newer);
        if (!presence.joining()) {
            long least = state.time().aheadOfLocal(presence.roomMillis());
            // An answer may be to any of our questions, also to the first: then a stop of this program came between. What is said
            // to all need not be an answer, and may have waited for us since we began.
            long since = toAll ? beganNanos : firstAskedNanos;
            ClockOffset offset = offsets.merge(from, ClockOffset.ofAnswer(least, (now.nanos() - since) / NANOS_A_MILLI),
                    ClockOffset::narrowedBy);
            if (offset != null && offset.isVague() && clockQuestions++ < MAX_CLOCK_QUESTIONS) {
                outbox.control(from, WhoIsThere::new);
            }
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
            failures.merge(peer, 1, Integer::sum);
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
        if (repair.isAsking() || isCutOff()) {
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
        boolean silent = haveBeenHereFor(SILENT_NANOS);
        if (source == 0) {
            // All others are joining as well, or stopped, or strangers: the first of us begins. Not if those who had the room are
            // lost: they may be those who have not answered yet.
            boolean roomIsElsewhere = lostSomebody && !synced;
            if (!roomIsElsewhere && (state.isCoordinator(state.self()) && silent
                    || now.nanos() - startedNanos > STRANGER_NANOS && isFirstOfThoseWhoAnswered())) {
                finish();
            }
            return;
        }
        if (!synced) {
            offset().ifPresent(state.stamps()::adopt);
            repair.begin(source, true, false);
        } else if (silent) {
            finishOrFill();
        }
    }

    /**
     * Whether all who have not answered have been members for so long: not since the join began, which may have been long before
     * they came, or came back.
     */
    private boolean haveBeenHereFor(long nanos) {
        return unanswered().stream().allMatch(each -> now.nanos() - seenNanos.getOrDefault(each, now.nanos()) > nanos);
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
        return lostSomebody && !synced && source() == 0 && unanswered().isEmpty();
    }

    /** Everybody has answered. What they had sent by then must be here; if not, whoever sent it is asked. */
    private void finishOrFill() {
        for (Map.Entry<Long, Presence> answer : answers.entrySet()) {
            long member = answer.getKey();
            if (!answer.getValue().joining() && state.inbound(member).covered() < numbers.getOrDefault(member, 0L)
                    && failures.getOrDefault(member, 0) < MAX_FAILURES) {
                repair.begin(member, true, false);
                return;
            }
        }
        finish();
    }

    private void finish() {
        for (long silent : unanswered()) {
            long seenForNanos = now.nanos() - seenNanos.getOrDefault(silent, now.nanos());
            if (seenForNanos > STRANGER_NANOS) {
                roster.ignore(silent);
            } else if (seenForNanos > SILENT_NANOS) {
                warnings.warn(Warning.Kind.SILENT_PARTICIPANT, "member " + new ParticipantId(silent)
                        + " did not answer during the join within " + SILENT_NANOS / 1_000_000_000L
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

    /** One who is in sync, at random among those who answered and failed least, or 0. */
    private long source() {
        List<Long> live = new ArrayList<>();
        answers.forEach((id, presence) -> {
            if (!presence.joining()) {
                live.add(id);
            }
        });
        int fewest = live.stream().mapToInt(id -> failures.getOrDefault(id, 0)).min().orElse(0);
        List<Long> best = live.stream().filter(id -> failures.getOrDefault(id, 0) == fewest).toList();
        return best.isEmpty() ? 0 : best.get((int) Math.floorMod(state.self(), (long) best.size()));
    }

    private List<Long> unanswered() {
        return state.members().stream().filter(id -> id != state.self() && !answers.containsKey(id)
                && !gone.contains(id)).toList();
    }
}
