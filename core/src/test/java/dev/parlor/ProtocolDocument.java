package dev.parlor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What docs/protocol.md says, for tests that compare it with what is done. */
public final class ProtocolDocument {
    private static final Path PLACE = Path.of("..", "docs", "protocol.md");
    /** Zeros in a row are written short in samples. */
    private static final Pattern ZEROS = Pattern.compile("\\[([0-9]+) x 00]");

    private ProtocolDocument() {}

    private static List<String> lines() {
        try {
            return Files.readAllLines(PLACE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the table under a heading of columns, cell by cell. */
    public static List<List<String>> table(String... columns) {
        List<String> lines = lines();
        int at = lines.indexOf("| " + String.join(" | ", columns) + " |");
        if (at < 0) {
            throw new AssertionError("no table of " + Arrays.toString(columns) + " in " + PLACE);
        }
        return lines.subList(at + 2, lines.size()).stream().takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList()).toList();
    }

    /** The table of two columns under a heading, as a map. */
    public static Map<String, String> map(String first, String second) {
        Map<String, String> map = new LinkedHashMap<>();
        table(first, second).forEach(row -> map.put(row.get(0), row.get(1)));
        return map;
    }

    /** The samples of frames in hexadecimal, by their names. */
    public static Map<String, String> samples() {
        Map<String, String> samples = new LinkedHashMap<>();
        lines().stream().filter(line -> line.matches("[A-Za-z:, ]+ = [0-9a-f\\[ x\\]]+")).map(line -> line.split(" = "))
                .forEach(sample -> samples.put(sample[0],
                        ZEROS.matcher(sample[1]).replaceAll(zeros -> "00".repeat(Integer.parseInt(zeros.group(1))))));
        return samples;
    }
}
