package dev.parlor.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames with a right head and whatever body, for tests of who reads them. */
public final class Framing {
    private Framing() {}

    /** A frame of any kind with any number and body. */
    public static byte[] framed(byte kind, long number, byte[] body) {
        return ByteBuffer.allocate(FrameCodec.HEADER_BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN).put(FrameCodec.MAGIC)
                .put(FrameCodec.VERSION).put(kind).putLong(number).putInt(body.length).put(body).array();
    }
}
