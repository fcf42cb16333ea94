package dev.parlor.it.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads everybody's log and tells what became of every acknowledged write, in the manner of Jepsen: still there, replaced
 * or removed by a write that somebody made, or lost. Also: removed keys that are back, batches torn, events that do not
 * follow from each other, messages doubled or out of order.
 */
final class Checker {
    long acknowledged;
    long lost;
    long resurrected;
    long violations;
    long events;
    long messages;
    final List<String> findings = new ArrayList<>();
    /** What the survivors hold in the end. */
    private Map<String, String> last;
    private final List<List<String[]>> survivors = new ArrayList<>();
    private final Set<String> written = new HashSet<>();
    /** Keys that all write: those acknowledged as put by anybody, and those that somebody removed and did not put again. */
    private final Set<String> putShared = new HashSet<>();
    private final Set<String> removedShared = new HashSet<>();

    private void found(String text) {
        if (findings.size() < 50) {
            findings.add(text);
        }
    }

    /**
     * Checks.
     *
     * @param logs of everybody who was ever there
     * @param survivors whose are of those who were there to the end
     */
    static Checker check(List<Path> logs, List<Path> survivors) throws IOException {
        Checker checker = new Checker();
        List<List<String[]>> all = new ArrayList<>();
        for (Path log : logs) {
            List<String[]> lines = new ArrayList<>();
            String text = Files.readString(log, StandardCharsets.UTF_8);
            // Of who was killed the last line may be there in part.
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> lines.add(line.split("\t", -1)));
            if (!lines.isEmpty()) {
                all.add(lines);
            }
            if (survivors.contains(log)) {
                checker.survivors.add(lines);
            }
        }
        checker.check(all);
        return checker;
    }

    private void check(List<List<String[]>> all) {
        for (List<String[]> log : all) {
            if (survivors.contains(log)) {
                Map<String, String> held = new HashMap<>();
                log.stream().filter(line -> line[0].equals("S")).forEach(line -> held.put(line[1], line[2]));
                finalContent(held, log.get(0)[1]);
            }
            log.stream().filter(line -> line.length > 2 && (line[0].equals("P") || line[0].equals("B")))
                    .forEach(line -> written.add(line[2]));
        }
        if (last == null) {
            found("nobody is left");
            violations++;
            return;
        }
        all.forEach(this::own);
        all.forEach(this::shared);
        absent();
        all.forEach(this::seen);
        last.forEach((key, value) -> {
            if (key.startsWith("shared/") && !written.contains(value)) {
                violations++;
                found(key + "=" + value + " was never written");
            } else if (key.startsWith("pair/") && !value.equals(last.get(otherHalf(key)))) {
                violations++;
                found(key + "=" + value + " is half of a batch");
            }
        });
    }

    private static String otherHalf(String key) {
        return key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");
    }

    private void finalContent(Map<String, String> held, String whose) {
        if (last == null) {
            last = held;
        } else if (!last.equals(held)) {
            violations++;
            Set<Map.Entry<String, String>> more = new HashSet<>(held.entrySet());
            more.removeAll(last.entrySet());
            Set<Map.Entry<String, String>> less = new HashSet<>(last.entrySet());
            less.removeAll(held.entrySet());
            found(whose + " ends with another content: " + more.stream().limit(5).toList() + " instead of "
                    + less.stream().limit(5).toList());
        }
    }

    /** How many of a participant's writes are sure to be known to others; all, if it left in peace. */
    private long confirmed(List<String[]> log) {
        if (survivors.contains(log) || log.get(log.size() - 1)[0].equals("Z")) {
            return Long.MAX_VALUE;
        }
        long confirmed = 0;
        for (String[] line : log) {
            if (line[0].equals("A") && Integer.parseInt(line[2]) > 0) {
                confirmed = Math.max(confirmed, Long.parseLong(line[1]));
            }
        }
        return confirmed;
    }

    /** Keys that one participant alone writes: once put, once removed, and each must be so in the end. */
    private void own(List<String[]> log) {
        long done = 0;
        long confirmed = confirmed(log);
        Map<String, String> expected = new HashMap<>();
        Set<String> removed = new HashSet<>();
        for (String[] line : log) {
            boolean counts = done < confirmed;
            switch (line[0]) {
                case "N" -> done = Long.parseLong(line[1]);
                case "P" -> {
                    acknowledged += counts ? 1 : 0;
                    if (counts && line[1].startsWith("own/")) {
                        expected.put(line[1], line[2]);
                    }
                }
                case "R" -> {
                    acknowledged += counts ? 1 : 0;
                    if (line[1].startsWith("own/")) {
                        expected.remove(line[1]);
                        if (counts) {
                            removed.add(line[1]);
                        }
                    }
                }
                case "B" -> acknowledged += counts ? 1 : 0;
                default -> { }
            }
        }
        expected.forEach((key, value) -> {
            if (!value.equals(last.get(key))) {
                lost++;
                found("lost " + key + "=" + value);
            }
        });
        for (String key : removed) {
            if (last.containsKey(key)) {
                resurrected++;
                found(key + " was removed and is back");
            }
        }
    }

    /**
     * Keys that all write: what is there in the end must not be older than an acknowledged write. A write is newer than
     * whatever its author had written or heard of for that key before.
     */
    private void shared(List<String[]> log) {
        Set<String> knowsLast = new HashSet<>();
        Set<String> removedHere = new HashSet<>();
        long done = 0;
        long confirmed = confirmed(log);
        for (String[] line : log) {
            boolean counts = done < confirmed;
            switch (line[0]) {
                case "N" -> done = Long.parseLong(line[1]);
                case "E" -> {
                    if (line[3].equals(last.get(line[1]))) {
                        knowsLast.add(line[1]);
                    }
                }
                case "P", "B" -> {
                    for (String key : keys(line)) {
                        if (line[2].equals(last.get(key))) {
                            knowsLast.add(key);
                        } else if (counts && knowsLast.contains(key)) {
                            lost++;
                            found("lost " + key + "=" + line[2] + ", the older " + last.get(key) + " is there");
                        }
                        if (counts) {
                            putShared.add(key);
                            removedHere.remove(key);
                        }
                    }
                }
                case "R" -> {
                    if (counts && knowsLast.contains(line[1])) {
                        lost++;
                        found("lost the removal of " + line[1] + ", the older " + last.get(line[1]) + " is there");
                    }
                    removedHere.add(line[1]);
                }
                default -> { }
            }
        }
        removedShared.addAll(removedHere);
    }

    /** A key that is not there must have been removed by somebody who has not put it again since. */
    private void absent() {
        putShared.stream().filter(key -> !last.containsKey(key) && !removedShared.contains(key)).sorted().forEach(key -> {
            lost++;
            found("lost " + key + ": it is not there, and nobody removed it last");
        });
    }

    private static List<String> keys(String[] line) {
        if (line[1].startsWith("own/")) {
            return List.of();
        }
        return line[0].equals("P") ? List.of(line[1]) : List.of(line[1] + "/a", line[1] + "/b");
    }

    private void seen(List<String[]> log) {
        Map<String, String> heard = new HashMap<>();
        Map<String, Integer> lastMessage = new HashMap<>();
        for (String[] line : log) {
            switch (line[0]) {
                case "E" -> {
                    events++;
                    String before = heard.put(line[1], line[3]);
                    if (before != null && !before.equals(line[2])) {
                        violations++;
                        found("heard " + line[1] + " changing from " + line[2] + ", but " + before + " before");
                    }
                }
                case "M" -> {
                    messages++;
                    Integer before = lastMessage.put(line[1], Integer.parseInt(line[2]));
                    if (before != null && before >= Integer.parseInt(line[2])) {
                        violations++;
                        found("heard message " + line[2] + " of " + line[1] + " after " + before);
                    }
                }
                case "T" -> {
                    violations++;
                    found("saw a batch torn: " + String.join(" ", line));
                }
                default -> { }
            }
        }
        if (survivors.contains(log)) {
            heard.forEach((key, value) -> {
                if (!value.equals(last.getOrDefault(key, "-"))) {
                    violations++;
                    found("heard " + key + "=" + value + " last, there is " + last.get(key));
                }
            });
        }
    }

    @Override
    public String toString() {
        return acknowledged + " writes acknowledged, " + lost + " lost, " + resurrected + " resurrected, " + violations
                + " violations (" + events + " events and " + messages + " messages heard)";
    }
}
