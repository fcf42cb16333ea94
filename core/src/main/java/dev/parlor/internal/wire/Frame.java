package dev.parlor.internal.wire;

import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What participants say to each other. Each frame travels with a number ({@link Numbered}): sent to all it is the
 * sender's count of such frames; sent to one it is the number of the sender's last frame to all, which the receiver
 * must have before it acts on the messages in this one.
 */
public sealed interface Frame {
    /** Its place in the table of kinds: how it is written and read. */
    FrameKind kind();

    /**
     * A frame with its number.
     *
     * @param frame null if it is of a kind that this program does not know and that may be skipped
     */
    record Numbered(long number, @Nullable Frame frame) {}

    /**
     * What was written and said since the last one. State first: nobody hears a message before the state it follows.
     *
     * @param delta session data
     * @param userVersion of the sender's user data by then, which whoever takes the messages must have
     * @param directs for each participant to whom frames went alone since the last frame to all: how many in all so far,
     *     so that messages to all and to one keep their order
     * @param messages app-messages to all
     */
    record Update(StateDelta delta, long userVersion, Map<Long, Long> directs, List<AppMessage> messages) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.UPDATE;
        }
    }

    /**
     * Messages to one participant.
     *
     * @param count how many such frames the sender has sent to this participant, this one included
     * @param userVersion as in {@link Update}
     * @param messages app-messages, requests and answers
     */
    record Direct(long count, long userVersion, List<AppMessage> messages) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.DIRECT;
        }
    }

    /** I am joining: who is there? Everybody answers with {@link Presence}. */
    record WhoIsThere() implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.WHO_IS_THERE;
        }
    }

    /**
     * I am here, with this user data: the answer to {@link WhoIsThere}, and sent to all at the end of a join, after a
     * merge, and whenever the user data changes.
     *
     * @param joining true while the sender is not yet in sync itself and cannot serve as a source
     * @param name display name
     * @param joinedAtMillis when its join ended, room time; 0 while joining
     * @param user its user data
     * @param roomMillis the room's time by its clock
     * @param ownMillis what that would be, had it followed the forward leaps of its machine's clock
     * @param lossAgeMillis how long ago somebody vanished whom it may meet again, -1 for nobody
     * @param versions of the protocol that it speaks
     */
    record Presence(boolean joining, String name, long joinedAtMillis, UserValue user, long roomMillis,
            long ownMillis, long lossAgeMillis, Versions versions) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.PRESENCE;
        }

        /** Of somebody who speaks the versions that this program speaks. */
        public Presence(boolean joining, String name, long joinedAtMillis, UserValue user, long roomMillis,
                long ownMillis, long lossAgeMillis) {
            this(joining, name, joinedAtMillis, user, roomMillis, ownMillis, lossAgeMillis, Versions.SPOKEN);
        }

        /** Of such a one, whose clock has not leapt. */
        public Presence(boolean joining, String name, long joinedAtMillis, UserValue user, long roomMillis,
                long lossAgeMillis) {
            this(joining, name, joinedAtMillis, user, roomMillis, roomMillis, lossAgeMillis);
        }
    }

    /** I leave. Confirmed with {@link Pong}, so that the network does not say it first, which would look like a loss. */
    record Goodbye(long token) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.GOODBYE;
        }
    }

    /**
     * What I hold, in short.
     *
     * @param root the digest's root
     * @param known for each participant, the number of its last frame to all that is part of what I hold
     * @param users for each participant, the version of its user data that I hold
     * @param roomMillis the room's time by my clock
     * @param comparing whether the sides of a merge are still being compared
     */
    record Announce(long root, Map<Long, Long> known, Map<Long, Long> users, long roomMillis, boolean comparing)
            implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.ANNOUNCE;
        }
    }

    /**
     * What a side of a merge held and has lost to another. First from the representative of a side to the coordinator, which
     * says what all have lost to all. Either is said until it was confirmed with {@link ConflictsHeard}.
     *
     * @param draft whether it is for the coordinator only, which is to tell it
     * @param number among those of its sender, from 1
     * @param omitted how many more there are
     */
    record Conflicts(boolean draft, long number, List<Conflict> conflicts, int omitted) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.CONFLICTS;
        }
    }

    /**
     * What my part of the room had replaced, by its hashes. From the representative of one part to those of the others that
     * it meets, once it has passed on to all what it has; or to a participant that joins, which begins with my state.
     *
     * @param handed whether it is for one that joins
     * @param after what was passed on is in the sender's frames to all after this one
     * @param clear the clear stamp when the parts met
     * @param time the time of stamps when the parts met, by the sender's clock
     * @param side who was in the sender's part
     * @param newest hashes of what my part held then and had written just before, sorted
     * @param hashes sorted
     */
    record Replaced(boolean handed, long after, Stamp clear, long time, long[] side, long[] newest, long[] hashes)
            implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.REPLACED;
        }
    }

    /** I have your report of this number; or if that is 0, what your part had replaced. */
    record ConflictsHeard(long number) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.CONFLICTS_HEARD;
        }
    }

    /** What a key held on the side that has lost it, and what it holds now. */
    record Conflict(String key, VersionedValue here, VersionedValue there) {}

    /**
     * Shall we forget what was removed up to a time?
     *
     * @param root of what I hold up to then
     */
    record CompactionProposal(long round, long at, long root) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.COMPACTION_PROPOSAL;
        }
    }

    /** Whether I hold the same up to then, and nobody is missing; if so I shall write no stamp up to then. */
    record CompactionVote(long round, boolean agrees) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.COMPACTION_VOTE;
        }
    }

    /** All agreed: whoever still holds this up to then forgets what was removed. */
    record Compact(long at, long root) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.COMPACT;
        }
    }

    /** I hold the same as you announced, this root. */
    record Agree(long root) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.AGREE;
        }
    }

    /**
     * What I hold, bucket by bucket: send me what I lack. The one request behind a join, a gap, and a merge.
     *
     * @param round the requester's number of this round
     * @param buckets the digest's buckets
     * @param clear the clear stamp
     */
    record SyncRequest(long round, long[] buckets, Stamp clear) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.SYNC_REQUEST;
        }
    }

    /**
     * Part of an answer to {@link SyncRequest}.
     *
     * @param round the requester's number of the round
     * @param index of this chunk, from 0
     * @param last whether it is the last one
     * @param total entries in the whole answer
     * @param delta some of the entries, and the clear stamp
     * @param names the display names of the entries' authors, where known
     * @param known in the last chunk: see {@link Announce#known()}, taken before the first entry was read; else empty
     * @param differing in the last chunk: the buckets that differed, so that the requester sends back what it holds there
     */
    record SyncChunk(long round, int index, boolean last, int total, StateDelta delta,
            Map<Long, String> names, Map<Long, Long> known, int[] differing) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.SYNC_CHUNK;
        }

        /** The same with another delta. */
        public SyncChunk with(StateDelta other) {
            return other == delta ? this : new SyncChunk(round, index, last, total, other, names, known, differing);
        }
    }

    /** The requester has taken this chunk: send more. */
    record SyncAck(long round, int index) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.SYNC_ACK;
        }
    }

    /**
     * A step of a change of the room's passphrase, between who changes it and one who is to follow.
     *
     * @param round the changer's number of this change
     * @param content a public key; or the new room key and a token, wrapped for the receiver alone; or the token, which nobody
     *     else has
     */
    record Rekey(Step step, long round, byte[] content) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.REKEY;
        }

        /** In this order, to and fro. */
        public enum Step {
            /** My public key. */
            OFFER,
            /** Mine. */
            ANSWER,
            /** The new room key. */
            KEY,
            /** I take what comes under it. */
            CONFIRM,
            /** All do, and I use it from now on: so do you. Said by each, to all. */
            USE,
            /** Not all do: forget it. */
            CANCEL,
            /** Fingerprints of the keys that were used before. Of no change, to all. */
            KNOWN
        }
    }

    /**
     * I have all that you sent before your ping of this token.
     *
     * @param dropped how many of your messages I have dropped since I have known you
     */
    record Pong(long token, long dropped) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.PONG;
        }
    }

    /** So many messages wait for my listeners that I take no more for now; or again. */
    record Backlog(boolean full) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.BACKLOG;
        }
    }

    /**
     * What is newest of things that move often. Its number is 0: it is no part of the order of frames, and what is lost of it is
     * not repaired but replaced by what comes next.
     */
    record Signals(List<Signal> signals) implements Frame {
        @Override
        public FrameKind kind() {
            return FrameKind.SIGNALS;
        }
    }

    /**
     * A signal.
     *
     * @param number its place among all signals of its sender, from 1
     * @param type of what it is, as its sender numbers its types, from 0; of one type only the newest matters
     */
    record Signal(long number, int type, byte[] payload) {
        /** Types of one sender that are told apart. Pointers, meters and strokes are a handful; at 8 KiB each these are 512 KiB. */
        public static final int MAX_TYPES = 64;
    }

    /** An app-message, request or answer. */
    record AppMessage(Kind kind, long requestId, byte[] payload) {
        /** What it is. */
        public enum Kind {
            /** For listeners. */
            MESSAGE,
            /** To be answered. */
            REQUEST,
            /** To be confirmed with {@link Pong}: all before it has arrived; the request id is the token. */
            PING,
            /** The answer. */
            ANSWER,
            /** There is no handler; no payload. */
            NO_HANDLER,
            /** The handler failed; the payload is its message in UTF-8. */
            FAILED,
            /** So much waits for the handlers, or to be sent by them, that there is no answer; no payload. */
            BUSY
        }
    }
}
