package dev.parlor.internal.machine;

import dev.parlor.Change;
import dev.parlor.internal.machine.clocksync.Clocks;
import dev.parlor.internal.machine.compaction.Compaction;
import dev.parlor.internal.machine.members.Roster;
import dev.parlor.internal.machine.members.Standing;
import dev.parlor.internal.machine.members.ViewCheck;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.outbox.Pressure;
import dev.parlor.internal.machine.rekey.Rekeying;
import dev.parlor.internal.machine.repair.Repair;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.messaging.Messaging;
import dev.parlor.internal.machine.write.SessionUpdates;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Versions;
import org.jspecify.annotations.Nullable;

/** Takes the frames of members, and hands each to the part that it is for. Guarded by the room's lock. */
final class Reception {
    private final RoomMachine room;
    private final RoomState state;
    private final SessionUpdates updates;
    private final Outbox outbox;
    private final Pressure pressure;
    private final Messaging messaging;
    private final Repair repair;
    private final Clocks clocks;
    private final Compaction compaction;
    private final Roster roster;
    private final ViewCheck viewCheck;
    private final Standing standing;
    private final Rekeying rekeying;
    private final Now now;
    private final EarlyFrames early;

    Reception(RoomMachine room, RoomState state, SessionUpdates updates, Outbox outbox, Pressure pressure, Messaging messaging,
            Repair repair, Clocks clocks, Compaction compaction, Roster roster, ViewCheck viewCheck, Standing standing,
            Rekeying rekeying, Now now) {
        this.room = room;
        this.state = state;
        this.updates = updates;
        this.outbox = outbox;
        this.pressure = pressure;
        this.messaging = messaging;
        this.repair = repair;
        this.clocks = clocks;
        this.compaction = compaction;
        this.roster = roster;
        this.viewCheck = viewCheck;
        this.standing = standing;
        this.rekeying = rekeying;
        this.now = now;
        this.early = new EarlyFrames(state.budget());
    }

    /** A frame has come. @param length of it, encoded */
    void onFrame(long from, boolean toAll, Frame.Numbered numbered, int length) {
        state.stats().bytesReceived += length;
        if (numbered.frame() instanceof Frame.Signals signals) {
            // No part of the order of frames, and not worth keeping for a view to come.
            messaging.signals().onFrame(from, signals);
        } else if (state.isMember(from)) {
            take(from, toAll, numbered);
        } else if (!early.hold(new EarlyFrames.Early(from, toAll, numbered), length)) {
            refuse();
        }
    }

    /** Takes what came before the view. */
    void onView() {
        early.take(state::isMember, this::refuse).forEach(each -> take(each.from(), each.toAll(), each.numbered()));
    }

    private void refuse() {
        state.stats().framesRefused++;
    }

    private void take(long from, boolean toAll, Frame.Numbered numbered) {
        if (roster.isThrownOut(from)) {
            // The key that it has is taken for a moment more, for those who changed it and whose frames are on their way.
            refuse();
            return;
        }
        state.stats().framesReceived++;
        receive(from, toAll, numbered.number(), numbered.frame());
        messaging.messages().release(from);
    }

    private void receive(long from, boolean toAll, long number, @Nullable Frame frame) {
        Inbound inbound = state.inbound(from);
        boolean news = true;
        if (!toAll) {
            inbound.toldOf(number, now.nanos());
            viewCheck.onFrameToUs(from);
        } else {
            long missing = inbound.frameToAll(number, now.nanos());
            news = missing >= 0;
            boolean met = inbound.takeMet();
            if (news && inbound.skippedSinceNanos() != 0 && state.isLive()) {
                messaging.missed().gap(from, inbound.skippedSinceNanos());
            }
            if (news && state.isLive() && (missing > 0 || inbound.hasJumped())) {
                state.stats().framesMissed += met ? 0 : missing;
                // Its user data may have been in one of them, and is believed of nobody else. And its answer comes to us alone, after
                // all that was sent to us alone before.
                outbox.control(from, Frame.WhoIsThere::new);
            }
        }
        if (frame == null) {
            state.stats().framesSkipped++;
        } else if (frame instanceof Frame.Update update) {
            if (!update.delta().isEmpty()) {
                updates.apply(updates.possible(from, update.delta()), Change.Cause.REMOTE);
            }
            if (news) {
                messaging.messages().holdToAll(from, number, update);
            }
        } else if (frame instanceof Frame.Direct direct) {
            if (inbound.frameToUs(direct.count())) {
                messaging.messages().holdToUs(from, number, direct);
            }
        } else if (frame instanceof Frame.Presence presence) {
            onPresence(from, toAll, number, presence);
        } else if (frame instanceof Frame.WhoIsThere) {
            onWhoIsThere(from, toAll, number);
        } else if (frame instanceof Frame.Goodbye goodbye) {
            onGoodbye(from, goodbye);
        } else if (frame instanceof Frame.Announce announce) {
            if (!state.isJoining()) {
                clocks.onAnnounce(from, announce.roomMillis());
                repair.digests().onAnnounce(from, announce);
            }
        } else if (frame instanceof Frame.Agree agree) {
            repair.digests().onAgree(from, agree);
        } else if (frame instanceof Frame.Conflicts conflicts) {
            if (state.isLive()) {
                repair.merges().onConflicts(from, conflicts);
            }
        } else if (frame instanceof Frame.ConflictsHeard heard) {
            repair.merges().onHeard(from, heard);
        } else if (frame instanceof Frame.Replaced replaced) {
            repair.merges().onReplaced(from, number, replaced);
        } else if (frame instanceof Frame.CompactionProposal proposal) {
            compaction.onProposal(from, proposal);
        } else if (frame instanceof Frame.CompactionVote vote) {
            compaction.onVote(from, vote);
        } else if (frame instanceof Frame.Compact compact) {
            compaction.onCompact(from, compact);
        } else if (frame instanceof Frame.SyncRequest request) {
            repair.onRequest(from, request);
        } else if (frame instanceof Frame.SyncChunk chunk) {
            repair.onChunk(from, chunk);
        } else if (frame instanceof Frame.SyncAck ack) {
            repair.onAck(from, ack);
        } else if (frame instanceof Frame.Rekey rekey) {
            rekeying.onFrame(from, rekey);
        } else if (frame instanceof Frame.Pong pong) {
            messaging.flushes().onPong(from, pong);
        } else if (frame instanceof Frame.Backlog backlog) {
            pressure.onBacklog(from, backlog.full(), now.nanos());
        } else {
            throw new IllegalStateException("nobody takes frames of the kind " + frame.kind());
        }
    }

    private void onPresence(long from, boolean toAll, long number, Frame.Presence presence) {
        if (!presence.versions().meet(Versions.SPOKEN)) {
            room.speaksOther(from, presence.versions());
            return;
        }
        roster.understands(from);
        if (state.isJoining()) {
            room.joining().onPresence(from, toAll, number, presence);
            return;
        }
        if (!presence.joining() && state.isOutdated(from, presence)) {
            if (state.presentOf(from) == null) {
                outbox.control(from, Frame.WhoIsThere::new);
            }
            return;
        }
        roster.onPresence(from, presence);
        if (!presence.joining() && state.presentOf(from) != null) {
            standing.update();
            clocks.onPresence(from, presence);
        }
    }

    private void onWhoIsThere(long from, boolean toAll, long number) {
        roster.understands(from);
        boolean told = false;
        if (toAll && state.isJoining()) {
            told = room.joining().isTold(from);
            room.joining().onWhoIsThere(from, number);
        } else if (toAll) {
            roster.joins(from);
        }
        if (!told) {
            outbox.askedBy(from, !toAll);
        }
    }

    private void onGoodbye(long from, Frame.Goodbye goodbye) {
        if (state.isJoining()) {
            room.joining().onGoodbye(from);
        }
        roster.onGoodbye(from);
        outbox.control(from, () -> new Frame.Pong(goodbye.token(), messaging.messages().droppedOf(from)));
        standing.update();
    }
}
