package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import dev.parlor.internal.wire.Frame.Numbered;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Frames to bytes and back: magic, the versions in which the frame can be read, kind, the frame's number, the length of the body,
 * the body. Every length is checked against the bytes that are there before anything is allocated for it. What a newer version
 * has added to the end of a body is left. Thread-safe; holds no state but buffers.
 */
public final class FrameCodec {
    /** The first byte of every frame. */
    static final byte MAGIC = 0x50;
    /** In which versions of the protocol the frames of this program can be read. */
    private static final byte VERSIONS = Versions.SPOKEN.octet();
    /** Magic and versions: of every version of the protocol. */
    private static final int FIRST_BYTES = 2;
    /** Magic, versions, kind, number, body length. */
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
        Frame frame = Objects.requireNonNull(numbered.frame(), "a frame of an unknown kind cannot be sent");
        Output out = BUFFERS.obtain();
        try {
            header(out, numbered.number(), frame, 0);
            frame.kind().write(new FrameOutput(out, sender), frame);
            int end = out.position();
            out.setPosition(LENGTH_AT);
            out.writeInt(end - HEADER_BYTES);
            out.setPosition(end);
            return out.toBytes();
        } catch (KryoBufferOverflowException large) {
            return encodeLarge(sender, numbered.number(), frame);
        } finally {
            out.reset();
            BUFFERS.free(out);
        }
    }

    /** Measured first, so that it takes its own size in memory and no more: a buffer that grows takes up to four times that. */
    private static byte[] encodeLarge(long sender, long number, Frame frame) {
        int length;
        try (Output measure = new Output(OutputStream.nullOutputStream(), MAX_KEPT_BUFFER_BYTES)) {
            frame.kind().write(new FrameOutput(measure, sender), frame);
            length = Math.toIntExact(measure.total());
        }
        byte[] bytes = new byte[Math.addExact(HEADER_BYTES, length)];
        try (Output out = new Output(bytes)) {
            header(out, number, frame, length);
            frame.kind().write(new FrameOutput(out, sender), frame);
        }
        return bytes;
    }

    private static void header(Output out, long number, Frame frame, int length) {
        out.writeByte(MAGIC);
        out.writeByte(VERSIONS);
        out.writeByte(frame.kind().number());
        out.writeLong(number);
        out.writeInt(length);
    }

    /**
     * Decodes a frame.
     *
     * @param sender who sent it
     * @throws OtherVersionException if it is one of no version that this program speaks
     * @throws MalformedFrameException whatever the bytes are, if they are no frame
     */
    public static Numbered decode(long sender, byte[] bytes, int offset, int length) throws MalformedFrameException {
        if (length < FIRST_BYTES || bytes[offset] != MAGIC) {
            throw new MalformedFrameException("not a Parlor frame (" + length + " bytes)", null);
        }
        try (Input in = new Input(bytes, offset, length)) {
            Versions versions = bytes[offset + 1] == VERSIONS ? Versions.SPOKEN : Versions.of(bytes[offset + 1]);
            if (!versions.meet(Versions.SPOKEN)) {
                throw new OtherVersionException(versions);
            }
            return read(in, sender, versions, length);
        } catch (RuntimeException e) {
            throw new MalformedFrameException("malformed frame of " + length + " bytes: " + e.getMessage(), e);
        }
    }

    private static Numbered read(Input in, long sender, Versions versions, int length) {
        if (length < HEADER_BYTES) {
            throw new KryoException("the head of a frame has " + HEADER_BYTES + " bytes");
        }
        in.setPosition(in.position() + FIRST_BYTES);
        int kind = in.readByte() & 0xFF;
        long number = in.readLong();
        int body = in.readInt();
        if (number < 0 || body != length - HEADER_BYTES) {
            throw new KryoException("number " + number + ", body of " + body + " bytes in a frame of " + length);
        }
        FrameKind known = FrameKind.of(kind);
        if (known == null) {
            if (!FrameKind.isSkippable(kind)) {
                throw new KryoException("kind " + kind + " is unknown");
            }
            return new Numbered(number, null);
        }
        FrameInput read = new FrameInput(in, sender);
        Frame frame = known.read(read);
        if (read.left() != 0 && !versions.areNewerThan(Versions.SPOKEN)) {
            throw new KryoException(read.left() + " bytes left over");
        }
        return new Numbered(number, frame);
    }
}
