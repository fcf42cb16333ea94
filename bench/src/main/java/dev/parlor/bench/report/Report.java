package dev.parlor.bench.report;

import dev.parlor.bench.candidate.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/** Tells results as a Markdown table of medians and ratios, with a plot of each figure. */
public final class Report {
    private Report() {}

    /** Writes {@code results.md} and the plots into a folder. */
    public static void write(Path folder, Results results, String where) throws IOException {
        StringBuilder text = new StringBuilder("# Parlor beside others\n\n" + where + "\n\nMedians; in brackets the ratio to"
                + " raw JGroups of the same run. Each member's content was compared after every round.\n\n| |");
        for (Kind kind : Kind.values()) {
            text.append(' ').append(kind.title()).append(" |");
        }
        text.append("\n|---").append("|---:".repeat(Kind.values().length)).append("|\n");
        for (Figure figure : results.figures()) {
            text.append("| ").append(figure.title()).append(", ").append(figure.unit()).append(" (")
                    .append(results.rounds(figure)).append(") |");
            for (Kind kind : Kind.values()) {
                text.append(' ').append(cell(results, figure, kind)).append(" |");
            }
            text.append('\n');
        }
        text.append("\nIn brackets after each unit: how many rounds the median is of.\n");
        for (Figure figure : results.figures()) {
            String name = figure.id() + ".svg";
            Files.writeString(folder.resolve(name), Plot.of(figure, results));
            text.append("\n![").append(figure.title()).append("](").append(name).append(")\n");
        }
        Files.writeString(folder.resolve("results.md"), text);
    }

    private static String cell(Results results, Figure figure, Kind kind) {
        OptionalDouble value = results.median(kind, figure);
        OptionalDouble raw = results.median(Kind.RAW, figure);
        if (value.isEmpty()) {
            return "";
        }
        String ratio = kind == Kind.RAW || raw.isEmpty() || raw.getAsDouble() == 0 ? ""
                : String.format(Locale.ROOT, " (%.2f)", value.getAsDouble() / raw.getAsDouble());
        return number(value.getAsDouble()) + ratio;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
