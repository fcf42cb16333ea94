package dev.parlor.internal.wire;

import dev.parlor.internal.session.Digest;
import dev.parlor.internal.wire.Frame.Agree;
import dev.parlor.internal.wire.Frame.Announce;
import dev.parlor.internal.wire.Frame.Backlog;
import dev.parlor.internal.wire.Frame.Compact;
import dev.parlor.internal.wire.Frame.CompactionProposal;
import dev.parlor.internal.wire.Frame.CompactionVote;
import dev.parlor.internal.wire.Frame.Conflicts;
import dev.parlor.internal.wire.Frame.ConflictsHeard;
import dev.parlor.internal.wire.Frame.Direct;
import dev.parlor.internal.wire.Frame.Goodbye;
import dev.parlor.internal.wire.Frame.Pong;
import dev.parlor.internal.wire.Frame.Presence;
import dev.parlor.internal.wire.Frame.Rekey;
import dev.parlor.internal.wire.Frame.Replaced;
import dev.parlor.internal.wire.Frame.Signals;
import dev.parlor.internal.wire.Frame.SyncAck;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import dev.parlor.internal.wire.Frame.Update;
import dev.parlor.internal.wire.Frame.WhoIsThere;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of frames, all in this table: the number of each on the wire, its class, and how its body is written and read. Part
 * of the protocol: no number is ever given to another kind. A version may add fields at the end of a body and nowhere else; a
 * reader of an older one leaves them. (Classes and not functions: nineteen pairs of lambdas take ten milliseconds to be made.)
 */
public enum FrameKind {
    /** {@link Update}. */
    UPDATE(1, Update.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Update update = (Update) frame;
            out.delta(update.delta());
            out.count(update.userVersion());
            out.counts(update.directs());
            out.messages(update.messages());
        }

        @Override
        Frame read(FrameInput in) {
            return new Update(in.delta(), in.count(), in.counts(), in.messages());
        }
    },
    /** {@link Direct}. */
    DIRECT(2, Direct.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Direct direct = (Direct) frame;
            out.count(direct.count());
            out.count(direct.userVersion());
            out.messages(direct.messages());
        }

        @Override
        Frame read(FrameInput in) {
            return new Direct(in.count(), in.count(), in.messages());
        }
    },
    /** {@link WhoIsThere}. */
    WHO_IS_THERE(3, WhoIsThere.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            // It says all by being sent.
        }

        @Override
        Frame read(FrameInput in) {
            return new WhoIsThere();
        }
    },
    /** {@link Presence}. */
    PRESENCE(4, Presence.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Presence presence = (Presence) frame;
            out.flag(presence.joining());
            out.text(presence.name());
            out.count(presence.joinedAtMillis());
            out.user(presence.user());
            out.count(presence.roomMillis());
            out.count(presence.ownMillis());
            out.countOrNone(presence.lossAgeMillis());
            out.versions(presence.versions());
        }

        @Override
        Frame read(FrameInput in) {
            return new Presence(in.flag(), in.text(), in.roomMillis(), in.user(), in.roomMillis(), in.roomMillis(),
                    in.countOrNone(), in.versions());
        }
    },
    /** {@link Goodbye}. */
    GOODBYE(5, Goodbye.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Goodbye goodbye = (Goodbye) frame;
            out.count(goodbye.token());
        }

        @Override
        Frame read(FrameInput in) {
            return new Goodbye(in.count());
        }
    },
    /** {@link Announce}. */
    ANNOUNCE(6, Announce.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Announce announce = (Announce) frame;
            out.fixedLong(announce.root());
            out.counts(announce.known());
            out.counts(announce.users());
            out.count(announce.roomMillis());
            out.flag(announce.comparing());
        }

        @Override
        Frame read(FrameInput in) {
            return new Announce(in.fixedLong(), in.counts(), in.counts(), in.roomMillis(), in.flag());
        }
    },
    /** {@link SyncRequest}. */
    SYNC_REQUEST(7, SyncRequest.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            SyncRequest request = (SyncRequest) frame;
            out.count(request.round());
            out.fixedLongs(request.buckets());
            out.stamp(request.clear());
        }

        @Override
        Frame read(FrameInput in) {
            return new SyncRequest(in.count(), in.fixedLongs(Digest.BUCKETS), in.stamp());
        }
    },
    /** {@link SyncChunk}. */
    SYNC_CHUNK(8, SyncChunk.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            SyncChunk chunk = (SyncChunk) frame;
            out.count(chunk.round());
            out.size(chunk.index());
            out.flag(chunk.last());
            out.size(chunk.total());
            out.delta(chunk.delta());
            out.names(chunk.names());
            out.counts(chunk.known());
            out.buckets(chunk.differing());
        }

        @Override
        Frame read(FrameInput in) {
            return new SyncChunk(in.count(), in.size(), in.flag(), in.size(), in.delta(), in.names(), in.counts(), in.buckets());
        }
    },
    /** {@link SyncAck}. */
    SYNC_ACK(9, SyncAck.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            SyncAck ack = (SyncAck) frame;
            out.count(ack.round());
            out.size(ack.index());
        }

        @Override
        Frame read(FrameInput in) {
            return new SyncAck(in.count(), in.size());
        }
    },
    /** {@link Pong}. */
    PONG(10, Pong.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Pong pong = (Pong) frame;
            out.count(pong.token());
            out.count(pong.dropped());
        }

        @Override
        Frame read(FrameInput in) {
            return new Pong(in.count(), in.count());
        }
    },
    /** {@link Agree}. */
    AGREE(11, Agree.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Agree agree = (Agree) frame;
            out.fixedLong(agree.root());
        }

        @Override
        Frame read(FrameInput in) {
            return new Agree(in.fixedLong());
        }
    },
    /** {@link Conflicts}. */
    CONFLICTS(12, Conflicts.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Conflicts conflicts = (Conflicts) frame;
            out.flag(conflicts.draft());
            out.count(conflicts.number());
            out.conflicts(conflicts.conflicts());
            out.size(conflicts.omitted());
        }

        @Override
        Frame read(FrameInput in) {
            return new Conflicts(in.flag(), in.count(), in.conflicts(), in.size());
        }
    },
    /** {@link CompactionProposal}. */
    COMPACTION_PROPOSAL(13, CompactionProposal.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            CompactionProposal proposal = (CompactionProposal) frame;
            out.count(proposal.round());
            out.count(proposal.at());
            out.fixedLong(proposal.root());
        }

        @Override
        Frame read(FrameInput in) {
            return new CompactionProposal(in.count(), in.time(), in.fixedLong());
        }
    },
    /** {@link CompactionVote}. */
    COMPACTION_VOTE(14, CompactionVote.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            CompactionVote vote = (CompactionVote) frame;
            out.count(vote.round());
            out.flag(vote.agrees());
        }

        @Override
        Frame read(FrameInput in) {
            return new CompactionVote(in.count(), in.flag());
        }
    },
    /** {@link Compact}. */
    COMPACT(15, Compact.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Compact compact = (Compact) frame;
            out.count(compact.at());
            out.fixedLong(compact.root());
        }

        @Override
        Frame read(FrameInput in) {
            return new Compact(in.time(), in.fixedLong());
        }
    },
    /** {@link ConflictsHeard}. */
    CONFLICTS_HEARD(16, ConflictsHeard.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            ConflictsHeard heard = (ConflictsHeard) frame;
            out.count(heard.number());
        }

        @Override
        Frame read(FrameInput in) {
            return new ConflictsHeard(in.count());
        }
    },
    /** {@link Rekey}. */
    REKEY(17, Rekey.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Rekey rekey = (Rekey) frame;
            out.octet(rekey.step().ordinal());
            out.count(rekey.round());
            out.bytes(rekey.content());
        }

        @Override
        Frame read(FrameInput in) {
            return new Rekey(in.step(), in.count(), in.bytes());
        }
    },
    /** {@link Backlog}. */
    BACKLOG(18, Backlog.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Backlog backlog = (Backlog) frame;
            out.flag(backlog.full());
        }

        @Override
        Frame read(FrameInput in) {
            return new Backlog(in.flag());
        }
    },
    /** {@link Replaced}. */
    REPLACED(19, Replaced.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Replaced replaced = (Replaced) frame;
            out.flag(replaced.handed());
            out.count(replaced.after());
            out.stamp(replaced.clear());
            out.count(replaced.time());
            out.longs(replaced.side());
            out.longs(replaced.newest());
            out.longs(replaced.hashes());
        }

        @Override
        Frame read(FrameInput in) {
            return new Replaced(in.flag(), in.count(), in.stamp(), in.time(), in.longs(), in.longs(), in.longs());
        }
    },
    /** {@link Signals}. Skippable: who does not know it lacks nothing that lasts. */
    SIGNALS(0x94, Signals.class) {
        @Override
        void write(FrameOutput out, Frame frame) {
            Signals signals = (Signals) frame;
            out.signals(signals.signals());
        }

        @Override
        Frame read(FrameInput in) {
            return new Signals(in.signals());
        }
    };

    /** Kinds with this bit in their number are left by readers that do not know them; any other is refused by these. */
    static final int SKIPPABLE = 0x80;
    /** Numbers are one byte. */
    private static final int NUMBERS = 256;
    private static final @Nullable FrameKind[] BY_NUMBER = new @Nullable FrameKind[NUMBERS];

    static {
        for (FrameKind kind : values()) {
            BY_NUMBER[kind.number] = kind;
        }
    }

    private final int number;
    private final Class<? extends Frame> type;

    FrameKind(int number, Class<? extends Frame> type) {
        this.number = number;
        this.type = type;
    }

    /** The kind of a number from 0 to 255, or null. */
    static @Nullable FrameKind of(int number) {
        return BY_NUMBER[number];
    }

    static boolean isSkippable(int number) {
        return (number & SKIPPABLE) != 0;
    }

    /** On the wire. */
    public int number() {
        return number;
    }

    /** The class of its frames. */
    public Class<? extends Frame> type() {
        return type;
    }

    /** Writes the body of a frame of this kind. */
    abstract void write(FrameOutput out, Frame frame);

    /** Reads a body, in the order in which it was written. */
    abstract Frame read(FrameInput in);
}
