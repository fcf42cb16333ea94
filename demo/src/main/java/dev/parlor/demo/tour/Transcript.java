package dev.parlor.demo.tour;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the tour prints, and the list of what should have been seen and was not. */
final class Transcript {
    private final PrintWriter out;
    private final boolean colour;
    private final List<String> missing = new ArrayList<>();
    private int step;
    private int checks;

    Transcript(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void title(String text) {
        line(colour ? Ansi.bold(text) : text);
    }

    void heading(String text) {
        step++;
        line("");
        title(step + ". " + text);
    }

    /** Something a participant does. */
    void does(String who, String text) {
        line(who(who) + text);
    }

    /** Something a participant was expected to see, and saw. */
    void saw(String who, String text) {
        checks++;
        String line = who(who) + "  saw  " + text;
        line(colour ? Ansi.dim(line) : line);
    }

    /** Something found true about all. */
    void found(String text) {
        checks++;
        line("  " + text);
    }

    /** Something that was expected and did not come. */
    void missed(String who, String text) {
        checks++;
        missing.add("step " + step + ": " + who + " missed " + text);
        String line = who(who) + "  MISSED  " + text;
        line(colour ? Ansi.red(line) : line);
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    int checks() {
        return checks;
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    private static String who(String name) {
        return String.format("  %-7s", name);
    }
}
