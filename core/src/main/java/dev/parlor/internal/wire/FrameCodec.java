package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import dev.parlor.internal.wire.Frame.Numbered;
import java.io.OutputStream;

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
            numbered.frame().kind().write(new FrameOutput(out, sender), numbered.frame());
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
            numbered.frame().kind().write(new FrameOutput(measure, sender), numbered.frame());
            length = Math.toIntExact(measure.total());
        }
        byte[] bytes = new byte[Math.addExact(HEADER_BYTES, length)];
        try (Output out = new Output(bytes)) {
            header(out, numbered, length);
            numbered.frame().kind().write(new FrameOutput(out, sender), numbered.frame());
        }
        return bytes;
    }

    private static void header(Output out, Numbered numbered, int length) {
        out.writeByte(MAGIC);
        out.writeByte(VERSION);
        out.writeByte(numbered.frame().kind().number());
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
            int kind = in.readByte() & 0xFF;
            long number = in.readLong();
            int body = in.readInt();
            if (number < 0 || body != length - HEADER_BYTES) {
                throw new KryoException("number " + number + ", body of " + body + " bytes in a frame of " + length);
            }
            FrameKind known = FrameKind.of(kind);
            if (known == null) {
                throw new KryoException("kind " + kind + " is unknown");
            }
            FrameInput read = new FrameInput(in, sender);
            Frame frame = known.read(read);
            if (read.left() != 0) {
                throw new KryoException(read.left() + " bytes left over");
            }
            return new Numbered(number, frame);
        } catch (RuntimeException e) {
            throw new MalformedFrameException("malformed frame of " + length + " bytes: " + e.getMessage(), e);
        }
    }
}
