package dev.parlor.internal.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parlor.Bounds;
import dev.parlor.internal.wire.Frame.Numbered;

/** Frames made of whatever bytes: they are frames, or malformed, and nothing else. */
class FrameFuzz {
    private static final long SENDER = 7;

    /** Of each input the first byte says whether it is to have a right head, so that the body is read. */
    @FuzzTest
    void frames(FuzzedDataProvider data) {
        byte[] frame = data.consumeInt(0, 7) == 0 ? data.consumeRemainingAsBytes()
                : Framing.framed(new Versions(1, data.consumeInt(1, 3)), data.consumeByte(), data.consumeLong(0, Long.MAX_VALUE),
                        data.consumeRemainingAsBytes());
        Bounds.check(frame.length, () -> decoded(frame));
    }

    private static Numbered decoded(byte[] bytes) {
        try {
            Numbered numbered = FrameCodec.decode(SENDER, bytes, 0, bytes.length);
            if (numbered.frame() == null) {
                // Of a kind that may be skipped.
                return numbered;
            }
            byte[] again = FrameCodec.encode(SENDER, numbered);
            FrameCodec.decode(SENDER, again, 0, again.length);
            return numbered;
        } catch (MalformedFrameException expected) {
            return null;
        }
    }
}
