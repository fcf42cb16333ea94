package dev.parlor.it.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads everybody's log and tells what became of every acknowledged write, in the manner of Jepsen: still there,
 * replaced or removed by a write that somebody made, or lost. Also: removed keys that are back, batches torn. Has the
 * rest checked by {@link EventChecker}, {@link MessageChecker}, {@link UserDataChecker} and {@link FlushChecker}.
 */
final class Checker {
    /** How many findings are told: of writes, and of each other check, so that no check hides what another finds. */
    private static final int MAX_FINDINGS = 50;
    private static final int MAX_FINDINGS_OF_A_CHECK = 15;

    long acknowledged;
    long lost;
    long resurrected;
    long violations;
    final List<String> findings = new ArrayList<>();
    EventChecker events;
    MessageChecker messages;
    UserDataChecker userData;
    FlushChecker flushes;
    /** What the survivors hold in the end. */
    private Map<String, String> last;
    private final Set<String> written = new HashSet<>();
    /** Keys that all write: acknowledged as put by anybody, and removed by somebody who did not put them again. */
    private final Set<String> putShared = new HashSet<>();
    private final Set<String> removedShared = new HashSet<>();

    private void found(String text) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(text);
        }
    }

    /** For a check of its own: all that it finds counts, the first are told. */
    private Consumer<String> violations() {
        long[] count = {0};
        return text -> {
            violations++;
            if (count[0]++ < MAX_FINDINGS_OF_A_CHECK) {
                findings.add(text);
            }
        };
    }

    /** Something that must not be, and can be but a few times. */
    void violation(String text) {
        violations++;
        findings.add(text);
    }

    /**
     * Checks.
     *
     * @param files the logs of everybody who was ever there
     * @param survivors the logs of those who were there to the end
     * @param calms when messages had to arrive
     */
    static Checker check(List<Path> files, List<Path> survivors, List<Calm> calms, Set<Integer> disturbedRests)
            throws IOException {
        Checker checker = new Checker();
        List<Log> logs = new ArrayList<>();
        for (Path file : files) {
            Log.read(file, survivors.contains(file)).ifPresent(logs::add);
        }
        checker.check(logs, calms, disturbedRests);
        return checker;
    }

    private void check(List<Log> all, List<Calm> calms, Set<Integer> disturbedRests) {
        for (Log log : all) {
            if (log.survivor()) {
                finalContent(log.of("S").collect(Collectors.toMap(line -> line[1], line -> line[2])), log.who());
            }
            Stream.concat(log.of("P"), log.of("B")).forEach(line -> written.add(line[2]));
        }
        events = new EventChecker(all, violations());
        messages = new MessageChecker(all, violations());
        userData = new UserDataChecker(all, disturbedRests, violations());
        flushes = new FlushChecker(all, violations());
        if (last == null) {
            violation("nobody is left");
            return;
        }
        all.forEach(this::own);
        all.forEach(this::shared);
        absent();
        events.check(last);
        last.forEach((key, value) -> {
            if (key.startsWith("shared/") && !written.contains(value)) {
                violation(key + "=" + value + " was never written");
            } else if (key.startsWith("pair/") && !value.equals(last.get(otherHalf(key)))) {
                violation(key + "=" + value + " is half of a batch");
            }
        });
        messages.check(calms);
        userData.check();
        flushes.check();
    }

    private static String otherHalf(String key) {
        return key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");
    }

    private void finalContent(Map<String, String> held, String whose) {
        if (last == null) {
            last = held;
        } else if (!last.equals(held)) {
            Set<Map.Entry<String, String>> more = new HashSet<>(held.entrySet());
            more.removeAll(last.entrySet());
            Set<Map.Entry<String, String>> less = new HashSet<>(last.entrySet());
            less.removeAll(held.entrySet());
            violation(whose + " ends with another content: " + more.stream().limit(5).toList() + " instead of "
                    + less.stream().limit(5).toList());
        }
    }

    /** How many of a participant's writes are sure to be known to others; all, if it left in peace. */
    private static long confirmed(Log log) {
        if (log.survivor() || log.closed()) {
            return Long.MAX_VALUE;
        }
        return log.of("A").filter(line -> Integer.parseInt(line[2]) > 0).mapToLong(line -> Long.parseLong(line[1]))
                .max().orElse(0);
    }

    /** Keys that one participant alone writes: once put, once removed, and each must be so in the end. */
    private void own(Log log) {
        long done = 0;
        long confirmed = confirmed(log);
        Map<String, String> expected = new HashMap<>();
        Set<String> removed = new HashSet<>();
        for (String[] line : log.lines()) {
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
    private void shared(Log log) {
        Set<String> knowsLast = new HashSet<>();
        Set<String> removedHere = new HashSet<>();
        long done = 0;
        long confirmed = confirmed(log);
        for (String[] line : log.lines()) {
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

    @Override
    public String toString() {
        return acknowledged + " writes acknowledged, " + lost + " lost, " + resurrected + " resurrected, " + violations
                + " violations (heard: " + events.heard + " events, " + messages.heard + " messages, "
                + messages.direct + " of them to one, " + messages.excused + " excused for being late, " + userData.told
                + " changes of participants; seen to be held: " + messages.due + " messages said in calm, "
                + userData.held + " user data at rests, " + flushes.held + " confirmations of flushes)";
    }
}
