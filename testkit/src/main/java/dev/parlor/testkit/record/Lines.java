package dev.parlor.testkit.record;

import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a recording: nanoseconds since it began, kind, text and bytes, with tabs between. In texts tabs, ends of lines and
 * backslashes are escaped as in Java; bytes are in base 64. State is written as the frame in which it would travel.
 */
final class Lines {
    static final String HEADER = "parlor-recording 1";
    /** Between the parts of a text. */
    static final String SEPARATOR = "\t";
    private static final String TAB = "\t";
    /** In place of who sends a frame that nobody sends. */
    private static final long NOBODY = 1;

    private Lines() {}

    static String format(long nanos, Step.Kind kind, String text, byte @Nullable [] bytes) {
        String flat = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
        return nanos + TAB + kind + TAB + flat + TAB
                + (bytes == null ? "" : Base64.getEncoder().encodeToString(bytes));
    }

    /** A line as it was written; null if it is cut off, as the last one of a program that was killed may be. */
    static @Nullable Raw parse(String line) {
        String[] parts = line.split(TAB, -1);
        try {
            return new Raw(Long.parseLong(parts[0]), Step.Kind.valueOf(parts[1]), parts[2].translateEscapes(),
                    Base64.getDecoder().decode(parts[3]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    record Raw(long nanos, Step.Kind kind, String text, byte[] bytes) {}

    static byte[] encode(StateDelta delta) {
        return FrameCodec.encode(NOBODY, new Frame.Numbered(1, new Frame.Update(delta, 0, Map.of(), List.of())));
    }

    static StateDelta delta(byte[] bytes) throws MalformedFrameException {
        if (FrameCodec.decode(NOBODY, bytes, 0, bytes.length).frame() instanceof Frame.Update update) {
            return update.delta();
        }
        throw new IllegalArgumentException("there is no session data in it");
    }
}
