package dev.parlor.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ProtocolDocument;
import dev.parlor.internal.wire.Frame.Numbered;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frames are the same bytes as ever, byte by byte: as docs/protocol.md shows them, and other programs read and write them. */
class FrameBytesTest {
    @Test
    void samplesAreWrittenAsTheDocumentShowsThem() {
        Map<String, String> written = new LinkedHashMap<>();
        FrameSamples.all().forEach((name, sample) -> written.put(name,
                HexFormat.of().formatHex(FrameCodec.encode(FrameSamples.SENDER, sample))));
        assertThat(ProtocolDocument.samples()).containsExactlyEntriesOf(written);
    }

    @Test
    void andAreReadAsWhatTheDocumentSaysThatTheyAre() throws MalformedFrameException {
        for (Map.Entry<String, String> each : ProtocolDocument.samples().entrySet()) {
            byte[] bytes = HexFormat.of().parseHex(each.getValue());
            Numbered sample = FrameSamples.all().get(each.getKey());
            Numbered read = FrameCodec.decode(FrameSamples.SENDER, bytes, 0, bytes.length);
            assertThat(read).as(each.getKey()).usingRecursiveComparison().isEqualTo(sample);
        }
    }
}
