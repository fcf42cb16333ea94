package dev.parlor.it.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What listeners heard of session data: each change follows from the one before, no batch is torn, nothing failed. */
final class EventChecker {
    /** Warnings that a program such as this must not cause. */
    private static final Set<String> DEFECTS = Set.of("LISTENER_FAILED", "STAMP_DEFECT", "UNDECODABLE_VALUE");

    long heard;
    private final List<Log> logs;
    private final Consumer<String> violation;

    EventChecker(List<Log> logs, Consumer<String> violation) {
        this.logs = logs;
        this.violation = violation;
    }

    /**
     * Checks.
     *
     * @param last what was there in the end, which survivors must have heard of
     */
    void check(Map<String, String> last) {
        for (Log log : logs) {
            Map<String, String> known = new HashMap<>();
            log.lines().forEach(line -> read(line, known));
            if (log.survivor()) {
                known.forEach((key, value) -> {
                    if (!value.equals(last.getOrDefault(key, "-"))) {
                        violation.accept("heard " + key + "=" + value + " last, there is " + last.get(key));
                    }
                });
            }
        }
    }

    private void read(String[] line, Map<String, String> known) {
        switch (line[0]) {
            case "E" -> {
                heard++;
                String before = known.put(line[1], line[3]);
                if (before != null && !before.equals(line[2])) {
                    violation.accept("heard " + line[1] + " changing from " + line[2] + ", but " + before + " before");
                }
            }
            case "T" -> violation.accept("saw a batch torn: " + String.join(" ", line));
            case "V" -> violation.accept("read of its own count what it had not written last: " + String.join(" ", line));
            case "W" -> {
                if (DEFECTS.contains(line[1])) {
                    violation.accept("was warned: " + String.join(" ", line));
                }
            }
            default -> { }
        }
    }
}
