package dev.parlor.it.faults;

import java.util.Arrays;

/** Logs written by hand. */
final class Logs {
    private Logs() {}

    /** Lines between bars, words between blanks. */
    static Log log(String who, String lines) {
        return new Log(who, true, Arrays.stream(lines.split("\\|")).filter(line -> !line.isEmpty())
                .map(line -> line.split(" ")).toList());
    }
}
