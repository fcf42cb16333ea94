package dev.parlor.internal.room;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import dev.parlor.WaitInterruptedException;
import dev.parlor.Warning;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;

/**
 * Who is present, with their user data. A member of the network's group becomes a participant by its own word
 * ({@link Frame.Presence}), which alone is believed about it. Guarded by the room's lock.
 */
final class Roster {
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

    private final RoomCore core;
    private final RoomState state;
    private final Condition changed;
    private final Map<Long, Stranger> strangers = new HashMap<>();
    /** Members that have said that they are joining, and not yet that they are in: they have written nothing. */
    private final Set<Long> joiners = new HashSet<>();
    private final Set<Long> saidGoodbye = new HashSet<>();
    /** Members that have not got the room's key any more, and are still in the view. */
    private final Set<Long> thrownOut = new HashSet<>();
    private long host;
    private final Missed missed;

    Roster(RoomCore core, RoomState state, Condition changed) {
        this.core = core;
        this.state = state;
        this.changed = changed;
        this.missed = new Missed(core.options().retention().toNanos());
    }

    /** This participant is in, with those who answered it. */
    void enter(String name, byte[] userData, Map<Long, Frame.Presence> answers) {
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
        answers.forEach((id, presence) -> warnOfClash(id, presence.name()));
        changed.signalAll();
    }

    /** Now, but after all who are here: who came a moment before somebody else has been here longer. */
    private long joinedAt() {
        long now = state.time().roomMillis();
        long latest = state.inJoiningOrder().stream().mapToLong(Present::joinedAtMillis)
                .filter(at -> at <= now + core.options().maxClockSkew().toMillis()).max().orElse(Long.MIN_VALUE);
        return Math.max(now, latest + 1);
    }

    /** This participant's user data is another. */
    void updateOwn(byte[] bytes) {
        long version = state.users().of(state.self()).version() + 1;
        apply(state.self(), new UserValue(version, bytes));
    }

    void onView(Network.View view) {
        long now = core.environment().nanos().getAsLong();
        for (long member : state.members()) {
            if (!view.members().contains(member)) {
                boolean goodbye = saidGoodbye.remove(member) | thrownOut.remove(member);
                if (goodbye) {
                    state.countAgain(member);
                }
                boolean present = leave(member, ParticipantLeft.Reason.LOST);
                if (present && !goodbye) {
                    missed.vanished(member, now);
                } else if (!goodbye) {
                    missed.vanishedAgain(member, now);
                }
                if (!joiners.remove(member) && !goodbye) {
                    // Also if nothing is known of it yet: it may be writing where we do not see it. Not who gave up its join.
                    state.losses().lost(member);
                }
                core.messages().flushes().onLeft(member);
                core.messages().onGone(member);
                strangers.remove(member);
            }
        }
        List<Long> come = view.members().stream().filter(member -> !state.isMember(member)).toList();
        come.forEach(core.sender()::forgetRecent);
        state.members(view.members());
        if (!view.sides().isEmpty()) {
            come.forEach(member -> state.inbound(member).met());
        }
        state.counted().forEach(state.losses()::back);
        countMissed();
    }

    /** Fewer are here, or more have vanished. */
    private void countMissed() {
        missed.count(state.inJoiningOrder().size(), core.environment().nanos().getAsLong());
    }

    void onPresence(long from, Frame.Presence presence) {
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
        missed.remove(from);
        joiners.remove(from);
        state.users().apply(from, presence.user());
        Present joined = new Present(from, presence.name(), presence.joinedAtMillis(), state.users().of(from), false);
        state.present(joined);
        core.events().joined(joined);
        hostMayHaveChanged();
        warnOfClash(from, presence.name());
        warnOfSkew(presence);
        core.health().update();
        changed.signalAll();
    }

    /** A member that is still joining says who it is by itself, once it has joined. */
    void joins(long member) {
        if (state.presentOf(member) == null) {
            joiners.add(member);
        }
        Stranger stranger = strangers.get(member);
        if (stranger != null) {
            stranger.askedNanos = core.environment().nanos().getAsLong();
            stranger.asked = 1;
            countAgain(member);
        }
    }

    void onGoodbye(long from) {
        saidGoodbye.add(from);
        missed.remove(from);
        leave(from, ParticipantLeft.Reason.CLOSED);
        leaveOut(from);
        countMissed();
    }

    /** These have not got the room's key any more, and leave the view once it is noticed that they fall silent. */
    void throwOut(Collection<Long> members) {
        for (long member : members) {
            thrownOut.add(member);
            strangers.remove(member);
            missed.remove(member);
            leave(member, ParticipantLeft.Reason.LOST);
            leaveOut(member);
        }
        countMissed();
    }

    boolean isThrownOut(long member) {
        return thrownOut.contains(member);
    }

    /** Nobody waits for this member any more. */
    private void leaveOut(long member) {
        state.leaveOut(member);
        core.messages().flushes().onLeft(member);
        core.messages().flushes().settle();
        core.compaction().onView();
        core.viewCheck().onView();
    }

    private void countAgain(long member) {
        if (state.isLeftOut(member) && !saidGoodbye.contains(member) && !thrownOut.contains(member)) {
            state.countAgain(member);
            state.losses().back(member);
            core.compaction().onView();
            core.viewCheck().onView();
        }
    }

    /** A member that does not say who it is. It may write where we do not see it: so it counts as lost, and not as leaving. */
    void ignore(long member) {
        state.losses().lost(member);
        leaveOut(member);
        core.health().warn(Warning.Kind.INTRUDER, "member " + new ParticipantId(member) + " of the cluster does not say who it "
                + "is: another program uses this room's cluster, or it hangs; it is not waited for");
    }

    private boolean leave(long id, ParticipantLeft.Reason reason) {
        Present gone = state.absent(id);
        if (gone == null) {
            return false;
        }
        core.events().left(gone, reason);
        core.messages().onLeft(id);
        hostMayHaveChanged();
        changed.signalAll();
        return true;
    }

    private void apply(long owner, UserValue value) {
        Present before = state.presentOf(owner);
        if (before == null || state.users().apply(owner, value) == null) {
            return;
        }
        Present now = before.with(value);
        state.present(now);
        core.events().updated(before, now);
    }

    private void hostMayHaveChanged() {
        List<Present> ordered = state.inJoiningOrder();
        if (!ordered.isEmpty() && ordered.get(0).id() != host) {
            Present now = ordered.get(0);
            host = now.id();
            core.events().hostChanged(now);
        }
    }

    private void warnOfClash(long id, String name) {
        boolean clash = state.inJoiningOrder().stream().anyMatch(each -> each.id() != id && each.name().equals(name));
        if (clash) {
            core.health().warn(Warning.Kind.NAME_CLASH, "more than one participant is called \"" + name
                    + "\": tell them apart by their ids");
        }
    }

    private void warnOfSkew(Frame.Presence presence) {
        long skew = presence.roomMillis() - state.time().roomMillis();
        if (Math.abs(skew) > core.options().maxClockSkew().toMillis()) {
            core.health().warn(Warning.Kind.CLOCK_SKEW, "the clock of \"" + presence.name() + "\" differs from ours by "
                    + Duration.ofMillis(skew) + ": who is ahead wins conflicts; set the clocks");
        }
    }

    void tick(long nowNanos) {
        for (long member : state.members()) {
            if (member == state.self() || state.presentOf(member) != null || saidGoodbye.contains(member)
                    || thrownOut.contains(member)) {
                continue;
            }
            Stranger stranger = strangers.computeIfAbsent(member, id -> new Stranger());
            if (stranger.asked == 0 || nowNanos - stranger.askedNanos > ASK_AGAIN_NANOS) {
                stranger.askedNanos = nowNanos;
                if (++stranger.asked == ASKED_BEFORE_LEFT_OUT && !state.isLeftOut(member)) {
                    ignore(member);
                }
                if (stranger.asked > 1) {
                    core.outbox().control(member, Frame.WhoIsThere::new);
                }
            }
        }
    }

    RoomStatus status(long nowNanos) {
        if (state.inJoiningOrder().size() > 1) {
            return RoomStatus.LIVE;
        }
        return isCutOff(nowNanos) ? RoomStatus.RECONNECTING : RoomStatus.ALONE;
    }

    /** Whether nobody else is here and somebody vanished, not long ago. Not before those who have said goodbye are gone. */
    boolean isCutOff() {
        return isCutOff(core.environment().nanos().getAsLong());
    }

    /** Whether so many vanished at once that this participant may be the one that is cut off, with those who are here. */
    boolean mayBeCutOff() {
        long now = core.environment().nanos().getAsLong();
        return isCutOff(now) || missed.outnumber(state.inJoiningOrder().size(), now);
    }

    private boolean isCutOff(long nowNanos) {
        return state.isAlone() && saidGoodbye.stream().noneMatch(state::isMember) && missed.vanishedLately(nowNanos);
    }

    /** Nobody waits any more. */
    void end() {
        changed.signalAll();
    }

    // ---- for callers; these take the lock or need none

    Participant participant(Present present) {
        return present.toParticipant(bytes -> core.values().tryDecode(bytes,
                () -> "the user data of \"" + present.name() + "\""));
    }

    List<Participant> participants() {
        return state.inJoiningOrder().stream().map(this::participant).toList();
    }

    List<Participant> await(int count, Duration timeout) {
        if (count < 1) {
            throw new InvalidArgumentException("count must be at least 1 (yourself), got " + count);
        }
        long left = core.environment().waiting().before(() -> core.isClosed() || state.inJoiningOrder().size() >= count,
                timeout.toNanos());
        core.lock().lock();
        try {
            while (state.inJoiningOrder().size() < count) {
                if (core.isClosed()) {
                    throw new RoomClosedException(core.options().room());
                }
                if (left <= 0) {
                    throw new RoomTimeoutException("waited " + timeout + " for " + count + " participants in the room \""
                            + core.options().room() + "\", there are " + state.inJoiningOrder().size() + ": "
                            + state.inJoiningOrder().stream().map(Present::name).toList());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("interrupted while waiting for " + count + " participants in the room \""
                    + core.options().room() + "\"", e);
        } finally {
            core.lock().unlock();
        }
        return participants();
    }
}
