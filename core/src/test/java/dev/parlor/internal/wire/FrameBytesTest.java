package dev.parlor.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.wire.Frame.Numbered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Frames are the same bytes as ever, byte by byte: what other programs on the network read and write. */
class FrameBytesTest {
    /** Zeros in a row are written short. */
    private static final Pattern ZEROS = Pattern.compile("\\[([0-9]+) x 00]");

    @Test
    void samplesAreWrittenAsTheyEverWere() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        FrameSamples.all().forEach((name, sample) -> written.put(name, hex(sample)));
        assertThat(written).containsExactlyEntriesOf(ever());
    }

    @Test
    void andReadAsTheyEverWere() throws IOException, MalformedFrameException {
        for (Map.Entry<String, String> each : ever().entrySet()) {
            byte[] bytes = HexFormat.of().parseHex(each.getValue());
            Numbered sample = FrameSamples.all().get(each.getKey());
            Numbered read = FrameCodec.decode(FrameSamples.SENDER, bytes, 0, bytes.length);
            assertThat(read).as(each.getKey()).usingRecursiveComparison().isEqualTo(sample);
        }
    }

    private static String hex(Numbered sample) {
        return HexFormat.of().formatHex(FrameCodec.encode(FrameSamples.SENDER, sample));
    }

    private static Map<String, String> ever() throws IOException {
        Map<String, String> ever = new LinkedHashMap<>();
        new String(FrameBytesTest.class.getResourceAsStream("frames.txt").readAllBytes(), StandardCharsets.UTF_8).lines()
                .map(line -> line.split(" = ")).forEach(each -> ever.put(each[0],
                        ZEROS.matcher(each[1]).replaceAll(zeros -> "00".repeat(Integer.parseInt(zeros.group(1))))));
        return ever;
    }
}
