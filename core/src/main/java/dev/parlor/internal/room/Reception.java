package dev.parlor.internal.room;

import dev.parlor.Change;
import dev.parlor.Warning;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;

/** Takes frames from the network: decodes them without the lock, applies them under it, hands each to its part. */
final class Reception {
    private final RoomCore core;
    private final RoomState state;
    private final EarlyFrames early;

    Reception(RoomCore core, RoomState state) {
        this.core = core;
        this.state = state;
        this.early = new EarlyFrames(state.budget());
    }

    /** A frame has come; on a network thread, for different senders at once. */
    void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {
        Frame.Numbered numbered;
        try {
            numbered = FrameCodec.decode(from, bytes, offset, length);
        } catch (MalformedFrameException e) {
            core.locked(() -> {
                state.stats().framesRefused++;
                core.health().warn(Warning.Kind.UNDECODABLE_FRAME,
                        "from " + core.values().nameOf(from) + ": " + e.getMessage());
            });
            return;
        }
        core.locked(() -> {
            state.stats().bytesReceived += length;
            EarlyFrames.Early frame = new EarlyFrames.Early(from, toAll, numbered);
            if (state.isMember(from)) {
                take(frame);
            } else if (!early.hold(frame, length)) {
                refuse();
            }
        });
    }

    /** Takes what came before the view. Under the lock. */
    void onView() {
        early.take(state::isMember, this::refuse).forEach(this::take);
    }

    private void refuse() {
        state.stats().framesRefused++;
    }

    private void take(EarlyFrames.Early frame) {
        if (core.roster().isThrownOut(frame.from())) {
            // The key that it has is taken for a moment more, for those who changed it and whose frames are on their way.
            refuse();
            return;
        }
        state.stats().framesReceived++;
        receive(frame.from(), frame.toAll(), frame.numbered().number(), frame.numbered().frame());
    }

    private void receive(long from, boolean toAll, long number, Frame frame) {
        Inbound inbound = state.inbound(from);
        boolean news = true;
        long now = core.environment().nanos().getAsLong();
        if (!toAll) {
            inbound.toldOf(number, now);
            core.viewCheck().onFrameToUs(from);
        } else {
            long missing = inbound.frameToAll(number, now);
            news = missing >= 0;
            boolean met = inbound.takeMet();
            if (missing > 0 && core.isLive()) {
                state.stats().framesMissed += met ? 0 : missing;
                // Its user data may have been in one of them, and is believed of nobody else.
                core.outbox().control(from, Frame.WhoIsThere::new);
            }
        }
        if (frame instanceof Frame.Update update) {
            apply(from, update.delta());
            if (news) {
                core.messages().holdToAll(from, number, update);
            }
        } else if (frame instanceof Frame.Direct direct) {
            if (inbound.frameToUs(direct.count())) {
                core.messages().holdToUs(from, number, direct);
            }
        } else if (frame instanceof Frame.Presence presence) {
            Joining joining = core.joining();
            if (joining != null) {
                joining.onPresence(from, toAll, number, presence);
            } else {
                core.roster().onPresence(from, presence);
                if (!presence.joining() && state.presentOf(from) != null) {
                    core.clocks().onPresence(from, presence);
                }
            }
        } else if (frame instanceof Frame.WhoIsThere) {
            boolean told = false;
            if (toAll && core.joining() != null) {
                told = core.joining().isTold(from);
                core.joining().onWhoIsThere(from, number);
            } else if (toAll) {
                core.roster().joins(from);
            }
            if (!told) {
                core.outbox().askedBy(from, !toAll);
            }
        } else if (frame instanceof Frame.Goodbye goodbye) {
            if (core.joining() != null) {
                core.joining().onGoodbye(from);
            }
            core.roster().onGoodbye(from);
            core.outbox().control(from, () -> new Frame.Pong(goodbye.token(), core.messages().droppedOf(from)));
            core.health().update();
        } else if (frame instanceof Frame.Announce announce) {
            if (core.joining() == null) {
                core.repair().digests().onAnnounce(from, announce);
            }
        } else if (frame instanceof Frame.Agree agree) {
            core.repair().digests().onAgree(from, agree);
        } else if (frame instanceof Frame.Conflicts conflicts) {
            if (core.isLive()) {
                core.merges().onConflicts(from, conflicts);
            }
        } else if (frame instanceof Frame.ConflictsHeard heard) {
            core.merges().onHeard(from, heard);
        } else if (frame instanceof Frame.Replaced replaced) {
            core.merges().onReplaced(from, number, replaced);
        } else if (frame instanceof Frame.CompactionProposal proposal) {
            core.compaction().onProposal(from, proposal);
        } else if (frame instanceof Frame.CompactionVote vote) {
            core.compaction().onVote(from, vote);
        } else if (frame instanceof Frame.Compact compact) {
            core.compaction().onCompact(from, compact);
        } else if (frame instanceof Frame.SyncRequest request) {
            core.repair().onRequest(from, request);
        } else if (frame instanceof Frame.SyncChunk chunk) {
            core.repair().onChunk(from, chunk);
        } else if (frame instanceof Frame.SyncAck ack) {
            core.repair().onAck(from, ack);
        } else if (frame instanceof Frame.Rekey rekey) {
            core.rekeying().onFrame(from, rekey);
        } else if (frame instanceof Frame.Pong pong) {
            core.messages().flushes().onPong(from, pong);
        } else if (frame instanceof Frame.Backlog backlog) {
            core.messages().pressure().onBacklog(from, backlog.full(), now);
        }
        core.messages().release(from);
    }

    private void apply(long from, StateDelta delta) {
        if (delta.isEmpty()) {
            return;
        }
        core.apply(core.clocks().heard(from, delta), Change.Cause.REMOTE);
    }
}
