package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.wire.Frame.Agree;
import dev.parlor.internal.wire.Frame.Announce;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Backlog;
import dev.parlor.internal.wire.Frame.Compact;
import dev.parlor.internal.wire.Frame.CompactionProposal;
import dev.parlor.internal.wire.Frame.CompactionVote;
import dev.parlor.internal.wire.Frame.Conflicts;
import dev.parlor.internal.wire.Frame.ConflictsHeard;
import dev.parlor.internal.wire.Frame.Direct;
import dev.parlor.internal.wire.Frame.Goodbye;
import dev.parlor.internal.wire.Frame.Numbered;
import dev.parlor.internal.wire.Frame.Pong;
import dev.parlor.internal.wire.Frame.Presence;
import dev.parlor.internal.wire.Frame.Rekey;
import dev.parlor.internal.wire.Frame.Replaced;
import dev.parlor.internal.wire.Frame.SyncAck;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import dev.parlor.internal.wire.Frame.Update;
import dev.parlor.internal.wire.Frame.WhoIsThere;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames to bytes and back: magic, version, kind, the frame's number, the length of the body, the body. Every length is
 * checked against the bytes that are there before anything is allocated for it. Thread-safe; holds no state but buffers.
 */
public final class FrameCodec {
    /** The first byte of every frame. */
    static final byte MAGIC = 0x50;
    /** The version of the protocol. A frame of another version is refused. */
    static final byte VERSION = 1;
    /** Magic, version, kind, number, body length. */
    static final int HEADER_BYTES = 3 + 8 + 4;
    /** The first buffer; grows as needed. */
    private static final int INITIAL_BUFFER_BYTES = 512;
    private static final int LENGTH_AT = HEADER_BYTES - 4;
    /** Buffers kept for the next frame: as many as rooms of a JVM usually send at once. */
    private static final int KEPT_BUFFERS = 8;
    /** Buffers grow so far: a full frame fits, and a huge value gets an array of its own. */
    private static final int MAX_KEPT_BUFFER_BYTES = 128 * 1024;
    private static final Pool<Output> BUFFERS = new Pool<>(true, true, KEPT_BUFFERS) {
        @Override
        protected Output create() {
            return new Output(INITIAL_BUFFER_BYTES, MAX_KEPT_BUFFER_BYTES);
        }
    };

    private FrameCodec() {}

    /**
     * Encodes a frame.
     *
     * @param sender whose frame it is: its own entries need not name their author
     */
    public static byte[] encode(long sender, Numbered numbered) {
        Output out = BUFFERS.obtain();
        try {
            header(out, numbered, 0);
            writeBody(out, sender, numbered.frame());
            int end = out.position();
            out.setPosition(LENGTH_AT);
            out.writeInt(end - HEADER_BYTES);
            out.setPosition(end);
            return out.toBytes();
        } catch (KryoBufferOverflowException large) {
            return encodeLarge(sender, numbered);
        } finally {
            out.reset();
            BUFFERS.free(out);
        }
    }

    /** Measured first, so that it takes its own size in memory and no more: a buffer that grows takes up to four times that. */
    private static byte[] encodeLarge(long sender, Numbered numbered) {
        int length;
        try (Output measure = new Output(OutputStream.nullOutputStream(), MAX_KEPT_BUFFER_BYTES)) {
            writeBody(measure, sender, numbered.frame());
            length = Math.toIntExact(measure.total());
        }
        byte[] bytes = new byte[Math.addExact(HEADER_BYTES, length)];
        try (Output out = new Output(bytes)) {
            header(out, numbered, length);
            writeBody(out, sender, numbered.frame());
        }
        return bytes;
    }

    private static void header(Output out, Numbered numbered, int length) {
        out.writeByte(MAGIC);
        out.writeByte(VERSION);
        out.writeByte(kindOf(numbered.frame()));
        out.writeLong(numbered.number());
        out.writeInt(length);
    }

    /**
     * Decodes a frame.
     *
     * @param sender who sent it
     * @throws MalformedFrameException whatever the bytes are, if they are no frame
     */
    public static Numbered decode(long sender, byte[] bytes, int offset, int length) throws MalformedFrameException {
        if (length < HEADER_BYTES || bytes[offset] != MAGIC) {
            throw new MalformedFrameException("not a Parlor frame (" + length + " bytes)", null);
        }
        if (bytes[offset + 1] != VERSION) {
            throw new MalformedFrameException("protocol version " + bytes[offset + 1] + ", this program speaks "
                    + VERSION + ": use the same version of Parlor in all programs", null);
        }
        try (Input in = new Input(bytes, offset, length)) {
            in.skip(2);
            int kind = in.readByte();
            long number = in.readLong();
            int body = in.readInt();
            if (number < 0 || body != length - HEADER_BYTES) {
                throw new KryoException("number " + number + ", body of " + body + " bytes in a frame of " + length);
            }
            Frame frame = readBody(new FrameInput(in, sender), kind);
            if (in.position() != in.limit()) {
                throw new KryoException((in.limit() - in.position()) + " bytes left over");
            }
            return new Numbered(number, frame);
        } catch (RuntimeException e) {
            throw new MalformedFrameException("malformed frame of " + length + " bytes: " + e.getMessage(), e);
        }
    }

    private static int kindOf(Frame frame) {
        if (frame instanceof Update) {
            return 1;
        } else if (frame instanceof Direct) {
            return 2;
        } else if (frame instanceof WhoIsThere) {
            return 3;
        } else if (frame instanceof Presence) {
            return 4;
        } else if (frame instanceof Goodbye) {
            return 5;
        } else if (frame instanceof Announce) {
            return 6;
        } else if (frame instanceof SyncRequest) {
            return 7;
        } else if (frame instanceof SyncChunk) {
            return 8;
        } else if (frame instanceof SyncAck) {
            return 9;
        } else if (frame instanceof Pong) {
            return 10;
        } else if (frame instanceof Agree) {
            return 11;
        } else if (frame instanceof Conflicts) {
            return 12;
        } else if (frame instanceof CompactionProposal) {
            return 13;
        } else if (frame instanceof CompactionVote) {
            return 14;
        } else if (frame instanceof Compact) {
            return 15;
        } else if (frame instanceof Replaced) {
            return 19;
        } else if (frame instanceof Rekey) {
            return 17;
        } else if (frame instanceof Backlog) {
            return 18;
        }
        return 16;
    }

    private static void writeBody(Output output, long sender, Frame frame) {
        FrameOutput out = new FrameOutput(output, sender);
        if (frame instanceof Update update) {
            out.delta(update.delta());
            output.writeVarLong(update.userVersion(), true);
            out.counts(update.directs());
            messages(out, update.messages());
        } else if (frame instanceof Direct direct) {
            output.writeVarLong(direct.count(), true);
            output.writeVarLong(direct.userVersion(), true);
            messages(out, direct.messages());
        } else if (frame instanceof Presence presence) {
            output.writeBoolean(presence.joining());
            out.text(presence.name());
            output.writeVarLong(presence.joinedAtMillis(), true);
            out.user(presence.user());
            output.writeVarLong(presence.roomMillis(), true);
            output.writeVarLong(presence.ownMillis(), true);
            output.writeVarLong(presence.lossAgeMillis() + 1, true);
        } else if (frame instanceof Goodbye goodbye) {
            output.writeVarLong(goodbye.token(), true);
        } else if (frame instanceof Announce announce) {
            output.writeLong(announce.root());
            out.counts(announce.known());
            out.counts(announce.users());
            output.writeVarLong(announce.roomMillis(), true);
            output.writeBoolean(announce.comparing());
        } else if (frame instanceof SyncRequest request) {
            output.writeVarLong(request.round(), true);
            for (long bucket : request.buckets()) {
                output.writeLong(bucket);
            }
            out.stamp(request.clear());
        } else if (frame instanceof SyncChunk chunk) {
            chunk(out, output, chunk);
        } else if (frame instanceof SyncAck ack) {
            output.writeVarLong(ack.round(), true);
            output.writeVarInt(ack.index(), true);
        } else if (frame instanceof Pong pong) {
            output.writeVarLong(pong.token(), true);
            output.writeVarLong(pong.dropped(), true);
        } else if (frame instanceof Backlog backlog) {
            output.writeBoolean(backlog.full());
        } else if (frame instanceof Agree agree) {
            output.writeLong(agree.root());
        } else if (frame instanceof Conflicts conflicts) {
            output.writeBoolean(conflicts.draft());
            output.writeVarLong(conflicts.number(), true);
            out.conflicts(conflicts.conflicts());
            output.writeVarInt(conflicts.omitted(), true);
        } else if (frame instanceof ConflictsHeard heard) {
            output.writeVarLong(heard.number(), true);
        } else if (frame instanceof Replaced replaced) {
            replaced(out, output, replaced);
        } else if (frame instanceof Rekey rekey) {
            output.writeByte(rekey.step().ordinal());
            output.writeVarLong(rekey.round(), true);
            out.bytes(rekey.content());
        } else {
            compaction(output, frame);
        }
    }

    private static void compaction(Output output, Frame frame) {
        if (frame instanceof CompactionProposal proposal) {
            output.writeVarLong(proposal.round(), true);
            output.writeVarLong(proposal.at(), true);
            output.writeLong(proposal.root());
        } else if (frame instanceof CompactionVote vote) {
            output.writeVarLong(vote.round(), true);
            output.writeBoolean(vote.agrees());
        } else if (frame instanceof Compact compact) {
            output.writeVarLong(compact.at(), true);
            output.writeLong(compact.root());
        }
    }

    private static void chunk(FrameOutput out, Output output, SyncChunk chunk) {
        output.writeVarLong(chunk.round(), true);
        output.writeVarInt(chunk.index(), true);
        output.writeBoolean(chunk.last());
        output.writeVarInt(chunk.total(), true);
        out.delta(chunk.delta());
        out.names(chunk.names());
        out.counts(chunk.known());
        output.writeVarInt(chunk.differing().length, true);
        for (int bucket : chunk.differing()) {
            output.writeVarInt(bucket, true);
        }
    }

    private static void replaced(FrameOutput out, Output output, Replaced replaced) {
        output.writeBoolean(replaced.handed());
        output.writeVarLong(replaced.after(), true);
        out.stamp(replaced.clear());
        output.writeVarLong(replaced.time(), true);
        longs(output, replaced.side());
        longs(output, replaced.newest());
        longs(output, replaced.hashes());
    }

    private static void longs(Output output, long[] all) {
        output.writeVarInt(all.length, true);
        for (long each : all) {
            output.writeLong(each);
        }
    }

    private static void messages(FrameOutput out, List<AppMessage> messages) {
        out.output().writeVarInt(messages.size(), true);
        for (AppMessage message : messages) {
            out.output().writeByte(message.kind().ordinal());
            out.output().writeVarLong(message.requestId(), true);
            out.bytes(message.payload());
        }
    }

    private static Frame readBody(FrameInput in, int kind) {
        return switch (kind) {
            case 1 -> new Update(in.delta(), in.count(), in.counts(), messages(in));
            case 2 -> new Direct(in.count(), in.count(), messages(in));
            case 3 -> new WhoIsThere();
            case 4 -> new Presence(in.flag(), in.text(), in.roomMillis(), in.user(), in.roomMillis(), in.roomMillis(),
                    in.countOrNone());
            case 5 -> new Goodbye(in.count());
            case 6 -> new Announce(in.fixedLong(), in.counts(), in.counts(), in.roomMillis(), in.flag());
            case 7 -> new SyncRequest(in.count(), in.longs(Digest.BUCKETS), in.stamp());
            case 8 -> new SyncChunk(in.count(), in.size(), in.flag(), in.size(), in.delta(), in.names(),
                    in.counts(), buckets(in));
            case 9 -> new SyncAck(in.count(), in.size());
            case 10 -> new Pong(in.count(), in.count());
            case 11 -> new Agree(in.fixedLong());
            case 12 -> new Conflicts(in.flag(), in.count(), in.conflicts(), in.size());
            case 13 -> new CompactionProposal(in.count(), in.time(), in.fixedLong());
            case 14 -> new CompactionVote(in.count(), in.flag());
            case 15 -> new Compact(in.time(), in.fixedLong());
            case 16 -> new ConflictsHeard(in.count());
            case 17 -> new Rekey(constant(in, "step", Rekey.Step.values()), in.count(), in.bytes());
            case 18 -> new Backlog(in.flag());
            case 19 -> new Replaced(in.flag(), in.count(), in.stamp(), in.time(),
                    in.longs(in.sizeOf(Long.BYTES)), in.longs(in.sizeOf(Long.BYTES)), in.longs(in.sizeOf(Long.BYTES)));
            default -> throw new KryoException("kind " + kind + " is unknown");
        };
    }

    /** A constant by its number, if there is one of it. */
    private static <T> T constant(FrameInput in, String what, T[] constants) {
        int number = in.octet();
        if (number >= constants.length) {
            throw new KryoException(what + " " + number + " is unknown");
        }
        return constants[number];
    }

    private static List<AppMessage> messages(FrameInput in) {
        int size = in.sizeOf(3);
        List<AppMessage> messages = new ArrayList<>(size);
        AppMessage.Kind[] kinds = AppMessage.Kind.values();
        for (int i = 0; i < size; i++) {
            messages.add(new AppMessage(constant(in, "message kind", kinds), in.count(), in.bytes()));
        }
        return messages;
    }

    private static int[] buckets(FrameInput in) {
        int[] buckets = new int[in.sizeOf(1)];
        Arrays.setAll(buckets, i -> in.size());
        for (int bucket : buckets) {
            if (bucket >= Digest.BUCKETS) {
                throw new KryoException("bucket " + bucket + " of " + Digest.BUCKETS);
            }
        }
        return buckets;
    }
}
