package dev.parlor.bench.report;

import dev.parlor.bench.candidate.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** All that was measured in one run. Each sample is written at once, so that a run that is cut short is not lost. */
public final class Results {
    private final Path file;
    private final Map<Figure, Map<Kind, List<Double>>> samples = new LinkedHashMap<>();

    /** Results that are kept in a file of JSON lines. */
    public Results(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
    }

    /** The folder of all that a run leaves behind. */
    public Path folder() {
        return file.toAbsolutePath().getParent();
    }

    /** Adds a sample. */
    public void add(Kind kind, Figure figure, double value) throws IOException {
        samples.computeIfAbsent(figure, any -> new EnumMap<>(Kind.class))
                .computeIfAbsent(kind, any -> new ArrayList<>()).add(value);
        String line = String.format(Locale.ROOT, "{\"candidate\":\"%s\",\"figure\":\"%s\",\"unit\":\"%s\",\"value\":%.3f}%n",
                kind.id(), figure.id(), figure.unit(), value);
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.print(line);
    }

    /** What was measured, in the order of measuring. */
    public List<Figure> figures() {
        return List.copyOf(samples.keySet());
    }

    /** How many samples there are of a figure at most. */
    public int rounds(Figure figure) {
        return samples.get(figure).values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** The median of a candidate's samples, if there are any. */
    public OptionalDouble median(Kind kind, Figure figure) {
        List<Double> all = samples.getOrDefault(figure, Map.of()).getOrDefault(kind, List.of());
        if (all.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = all.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(sorted.size() % 2 == 1 ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
