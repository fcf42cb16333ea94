package dev.parlor.internal.machine.members;

import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomStatus;
import dev.parlor.Warning;
import dev.parlor.internal.machine.compaction.Compaction;
import dev.parlor.internal.machine.lifetime.Lifetimes;
import dev.parlor.internal.machine.messaging.Messaging;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Versions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is present, with their user data. A member of the network's group becomes a participant by its own word
 * ({@link Frame.Presence}), which alone is believed about it. Guarded by the room's lock.
 */
public final class Roster {
    /** Who joins and has said anything within this time is joining still. */
    private static final long SPEAKS_NANOS = 10_000_000_000L;
    /** A member that has not said who it is is asked again so often... */
    private static final long ASK_AGAIN_NANOS = 1_000_000_000L;
    /**
     * ...and warned of and left out after so many times: it does not speak Parlor. One that is stopped, or cut off, is no member
     * any more by then.
     */
    private static final int ASKED_BEFORE_LEFT_OUT = 10;

    /** A member of whom nothing is known yet. */
    private static final class Stranger {
        private long askedNanos;
        private int asked;
    }

    private final RoomState state;
    private final Outbox outbox;
    private final Messaging messaging;
    private final Compaction compaction;
    private final ViewCheck viewCheck;
    private final EventSink events;
    private final Warnings warnings;
    private final Effects effects;
    private final Lifetimes lifetimes;
    private final Now now;
    private final long maxSkewMillis;
    private final Map<Long, Stranger> strangers = new HashMap<>();
    /** Members that have said that they are joining, and not yet that they are in: they have written nothing. */
    private final Set<Long> joiners = new HashSet<>();
    private final Set<Long> saidGoodbye = new HashSet<>();
    /** Members that have not got the room's key any more, and are still in the view. */
    private final Set<Long> thrownOut = new HashSet<>();
    private long host;
    private final Vanished vanished;

    /**
     * Those who are present.
     *
     * @param maxSkew by which clocks may differ
     * @param retention for which those who have vanished may come back
     */
    public Roster(RoomState state, Outbox outbox, Messaging messaging, Compaction compaction, ViewCheck viewCheck,
            EventSink events, Warnings warnings, Effects effects, Lifetimes lifetimes, Now now, Duration maxSkew, Duration retention) {
        this.state = state;
        this.outbox = outbox;
        this.messaging = messaging;
        this.compaction = compaction;
        this.viewCheck = viewCheck;
        this.events = events;
        this.warnings = warnings;
        this.effects = effects;
        this.lifetimes = lifetimes;
        this.now = now;
        this.maxSkewMillis = maxSkew.toMillis();
        this.vanished = new Vanished(retention.toNanos());
    }

    /** This participant is in, with those who answered it. */
    public void enter(String name, byte @Nullable [] userData, Map<Long, Frame.Presence> answers) {
        answers.forEach((id, presence) -> {
            state.losses().learn(presence.lossAgeMillis());
            if (!presence.joining()) {
                state.users().apply(id, presence.user());
                state.present(new Present(id, presence.name(), presence.joinedAtMillis(), state.users().of(id), false));
            }
        });
        if (userData != null) {
            state.users().apply(state.self(), new UserValue(1, userData));
        }
        state.present(new Present(state.self(), name, joinedAt(), state.users().of(state.self()), true));
        host = state.inJoiningOrder().get(0).id();
        lifetimes.enter(state.inJoiningOrder());
        answers.forEach((id, presence) -> warnOfClash(id, presence.name()));
        effects.participantsChanged();
    }

    /** Now, but after all who are here: who came a moment before somebody else has been here longer. */
    private long joinedAt() {
        long nowMillis = state.time().roomMillis();
        long latest = state.inJoiningOrder().stream().mapToLong(Present::joinedAtMillis)
                .filter(at -> at <= nowMillis + maxSkewMillis).max().orElse(Long.MIN_VALUE);
        return Math.max(nowMillis, latest + 1);
    }

    /** This participant's user data is another. */
    public void updateOwn(byte[] bytes) {
        long version = state.users().of(state.self()).version() + 1;
        apply(state.self(), new UserValue(version, bytes));
    }

    /** Members have come or gone. */
    public void onView(Network.View view) {
        for (long member : state.members()) {
            if (!view.members().contains(member)) {
                boolean goodbye = saidGoodbye.remove(member) | thrownOut.remove(member);
                if (goodbye) {
                    state.countAgain(member);
                }
                boolean present = leave(member, ParticipantLeft.Reason.LOST);
                if (present && !goodbye) {
                    vanished.vanished(member, now.nanos());
                } else if (!goodbye) {
                    vanished.vanishedAgain(member, now.nanos());
                }
                if (!joiners.remove(member) && !goodbye) {
                    // Also if nothing is known of it yet: it may be writing where we do not see it. Not who gave up its join.
                    state.losses().lost(member);
                }
                messaging.onGone(member);
                strangers.remove(member);
            }
        }
        List<Long> come = view.members().stream().filter(member -> !state.isMember(member)).toList();
        state.members(view.members());
        if (!view.sides().isEmpty()) {
            come.forEach(member -> state.inbound(member).met());
        }
        state.counted().forEach(state.losses()::back);
        countMissed();
    }

    /** Fewer are here, or more have vanished. */
    private void countMissed() {
        vanished.count(state.inJoiningOrder().size(), now.nanos());
    }

    /** A member says who it is. */
    public void onPresence(long from, Frame.Presence presence) {
        state.losses().learn(presence.lossAgeMillis());
        if (presence.joining()) {
            joins(from);
            return;
        }
        if (saidGoodbye.contains(from) || thrownOut.contains(from)) {
            return;
        }
        countAgain(from);
        if (state.presentOf(from) != null) {
            apply(from, presence.user());
            return;
        }
        strangers.remove(from);
        vanished.remove(from);
        joiners.remove(from);
        state.users().apply(from, presence.user());
        Present joined = new Present(from, presence.name(), presence.joinedAtMillis(), state.users().of(from), false);
        state.present(joined);
        events.joined(joined);
        lifetimes.joined(from);
        hostMayHaveChanged();
        warnOfClash(from, presence.name());
        warnOfSkew(presence);
        effects.participantsChanged();
    }

    /** A member that is still joining says who it is by itself, once it has joined. */
    public void joins(long member) {
        if (state.presentOf(member) == null) {
            joiners.add(member);
        }
        Stranger stranger = strangers.get(member);
        if (stranger != null) {
            stranger.askedNanos = now.nanos();
            stranger.asked = 1;
            countAgain(member);
        }
    }

    /** A participant leaves. */
    public void onGoodbye(long from) {
        saidGoodbye.add(from);
        vanished.remove(from);
        leave(from, ParticipantLeft.Reason.CLOSED);
        leaveOut(from);
        countMissed();
    }

    /** These have not got the room's key any more, and leave the view once it is noticed that they fall silent. */
    public void throwOut(Collection<Long> members) {
        for (long member : members) {
            thrownOut.add(member);
            strangers.remove(member);
            vanished.remove(member);
            leave(member, ParticipantLeft.Reason.LOST);
            leaveOut(member);
        }
        countMissed();
    }

    /** Whether this member has not got the room's key any more. */
    public boolean isThrownOut(long member) {
        return thrownOut.contains(member);
    }

    /** Nobody waits for this member any more. */
    private void leaveOut(long member) {
        state.leaveOut(member);
        messaging.onLeftOut(member);
        compaction.onView();
        viewCheck.onView();
    }

    private void countAgain(long member) {
        if (state.isLeftOut(member) && !saidGoodbye.contains(member) && !thrownOut.contains(member)) {
            state.countAgain(member);
            state.losses().back(member);
            compaction.onView();
            viewCheck.onView();
        }
    }

    /** A member that does not say who it is. It may write where we do not see it: so it counts as lost, and not as leaving. */
    public void ignore(long member) {
        state.losses().lost(member);
        leaveOut(member);
        warnings.warn(Warning.Kind.INTRUDER, "member " + new ParticipantId(member) + " of the cluster does not say who it "
                + "is: another program uses this room's cluster, or it hangs; it is not waited for");
    }

    /**
     * A member speaks other versions of the protocol. It is told which this program speaks, and not waited for; it may write
     * where we do not see it, so it counts as lost.
     *
     * @return false if it is present or no member, so that only this frame was wrong
     */
    public boolean speaksOther(long from, Versions theirs) {
        if (!state.isMember(from) || state.presentOf(from) != null) {
            return false;
        }
        if (state.otherVersions().put(from, theirs) == null) {
            strangers.remove(from);
            state.losses().lost(from);
            leaveOut(from);
            outbox.askedBy(from, true);
            warnings.warn(Warning.Kind.OTHER_VERSION, "member " + new ParticipantId(from) + " " + theirs.noneOfOurs());
        }
        return true;
    }

    /** A member can be understood, whatever came from it before. */
    public void understands(long member) {
        if (state.otherVersions().remove(member) != null) {
            countAgain(member);
        }
    }

    private boolean leave(long id, ParticipantLeft.Reason reason) {
        Present gone = state.absent(id);
        if (gone == null) {
            return false;
        }
        events.left(gone, reason);
        lifetimes.left(id);
        messaging.onLeft(id);
        hostMayHaveChanged();
        effects.participantsChanged();
        return true;
    }

    private void apply(long owner, UserValue value) {
        Present before = state.presentOf(owner);
        if (before == null || state.users().apply(owner, value) == null) {
            return;
        }
        Present now = before.with(value);
        state.present(now);
        events.updated(before, now);
    }

    private void hostMayHaveChanged() {
        List<Present> ordered = state.inJoiningOrder();
        if (!ordered.isEmpty() && ordered.get(0).id() != host) {
            Present now = ordered.get(0);
            host = now.id();
            events.hostChanged(now);
        }
    }

    private void warnOfClash(long id, String name) {
        boolean clash = state.inJoiningOrder().stream().anyMatch(each -> each.id() != id && each.name().equals(name));
        if (clash) {
            warnings.warn(Warning.Kind.NAME_CLASH, "more than one participant is called \"" + name
                    + "\": tell them apart by their ids");
        }
    }

    /** This machine's clock differs by at least so much from the time of the room that is joined, in milliseconds. */
    public void joinedAhead(long roomIsAheadMillis) {
        if (Math.abs(roomIsAheadMillis) > maxSkewMillis) {
            warnings.warn(Warning.Kind.CLOCK_SKEW, "the clock of this machine is " + Duration.ofSeconds(Math.round(Math.abs(roomIsAheadMillis) / 1_000.0))
                    + (roomIsAheadMillis > 0 ? " behind" : " ahead of") + " the room's time; it goes by the room's here: set the clock");
        }
    }

    private void warnOfSkew(Frame.Presence presence) {
        long skew = presence.roomMillis() - state.time().roomMillis();
        if (Math.abs(skew) > maxSkewMillis) {
            warnings.warn(Warning.Kind.CLOCK_SKEW, "the clock of \"" + presence.name() + "\" differs from ours by "
                    + Duration.ofMillis(skew) + ": who is ahead wins conflicts; set the clocks");
        }
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        for (long member : state.members()) {
            if (member == state.self() || state.presentOf(member) != null || saidGoodbye.contains(member)
                    || thrownOut.contains(member) || state.otherVersions().containsKey(member)) {
                continue;
            }
            Stranger stranger = strangers.computeIfAbsent(member, id -> new Stranger());
            if (stranger.asked == 0 || nowNanos - stranger.askedNanos > ASK_AGAIN_NANOS) {
                stranger.askedNanos = nowNanos;
                boolean again = stranger.asked > 0;
                // Of one that joins and speaks our question waits behind the state that it is being given, over a link that is slow.
                boolean joins = joiners.contains(member) && nowNanos - state.inbound(member).spokeNanos() < SPEAKS_NANOS;
                if ((!joins || !again) && ++stranger.asked == ASKED_BEFORE_LEFT_OUT && !state.isLeftOut(member)) {
                    ignore(member);
                }
                if (again) {
                    outbox.control(member, Frame.WhoIsThere::new);
                }
            }
        }
    }

    RoomStatus status() {
        if (state.inJoiningOrder().size() > 1) {
            return RoomStatus.LIVE;
        }
        return isCutOff() ? RoomStatus.RECONNECTING : RoomStatus.ALONE;
    }

    /** Whether somebody has said goodbye and is a member still. */
    public boolean isSomebodyLeaving() {
        return saidGoodbye.stream().anyMatch(state::isMember);
    }

    /** Whether nobody else is here and somebody vanished, not long ago. Not before those who have said goodbye are gone. */
    public boolean isCutOff() {
        return state.isAlone() && !isSomebodyLeaving() && vanished.vanishedLately(now.nanos());
    }

    /** Whether so many vanished at once that this participant may be the one that is cut off, with those who are here. */
    boolean mayBeCutOff() {
        return isCutOff() || vanished.outnumber(state.inJoiningOrder().size(), now.nanos());
    }
}
