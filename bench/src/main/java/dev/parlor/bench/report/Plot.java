package dev.parlor.bench.report;

import dev.parlor.bench.candidate.Kind;
import java.util.Locale;
import java.util.OptionalDouble;

/** One figure as bars, in SVG: a bar for each candidate, its length the median. */
final class Plot {
    private static final int WIDTH = 640;
    private static final int LEFT = 150;
    private static final int BAR = 18;
    private static final int STEP = 26;
    private static final int TOP = 40;
    private static final int LONGEST = 380;

    private Plot() {}

    static String of(Figure figure, Results results) {
        double longest = 0;
        int count = 0;
        for (Kind kind : Kind.values()) {
            OptionalDouble value = results.median(kind, figure);
            longest = Math.max(longest, value.orElse(0));
            count += value.isPresent() ? 1 : 0;
        }
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
                        + "font-size=\"13\">%n<text x=\"8\" y=\"22\" font-weight=\"bold\">%s, %s (%s is better)</text>%n",
                WIDTH, TOP + count * STEP + 10, figure.title(), figure.unit(), figure.more() ? "more" : "less"));
        int y = TOP;
        for (Kind kind : Kind.values()) {
            OptionalDouble value = results.median(kind, figure);
            if (value.isPresent()) {
                double length = longest == 0 ? 0 : value.getAsDouble() / longest * LONGEST;
                svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                                + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
                                + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                        LEFT - 8, y + 14, kind.title(), LEFT, y, length, BAR,
                        kind == Kind.PARLOR ? "#00796b" : "#9e9e9e", LEFT + length + 6, y + 14,
                        Report.number(value.getAsDouble())));
                y += STEP;
            }
        }
        return svg.append("</svg>\n").toString();
    }
}
