package dev.parlor.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames with a right head and whatever body, for tests of who reads them. */
public final class Framing {
    private Framing() {}

    /** A frame of any kind with any number and body, that can be read by programs which speak the versions of this one. */
    public static byte[] framed(int kind, long number, byte[] body) {
        return framed(Versions.SPOKEN, kind, number, body);
    }

    /** The same, written to be read in some versions of the protocol. */
    public static byte[] framed(Versions versions, int kind, long number, byte[] body) {
        return ByteBuffer.allocate(FrameCodec.HEADER_BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN).put(FrameCodec.MAGIC)
                .put(versions.octet()).put((byte) kind).putLong(number).putInt(body.length).put(body).array();
    }
}
