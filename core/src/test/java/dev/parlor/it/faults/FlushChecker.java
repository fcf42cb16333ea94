package dev.parlor.it.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * When a flush has ended well, all who were present all the while have what was written before it: the count and the
 * user data. Each looks again and again at what it holds of the others, and logs until when it held that. What is held
 * of one never goes back, so the first look after the flush tells.
 */
final class FlushChecker {
    /** Listeners hear so much later of who was lost while a flush waited, and was not waited for. */
    private static final long TOLD_MILLIS = 1_000;

    /** What was held of another in all looks up to a time. */
    private record Sight(long count, String userData) {}

    /** Flushes, each counted for each who is seen to have what was written before. */
    long held;
    private final List<Log> logs;
    private final Consumer<String> violation;
    /** Who looked, at whom, and what it held until when. */
    private final Map<String, Map<String, TreeMap<Long, Sight>>> sights = new HashMap<>();

    FlushChecker(List<Log> logs, Consumer<String> violation) {
        this.logs = logs;
        this.violation = violation;
    }

    void check() {
        logs.forEach(log -> log.of("K").forEach(line -> see(log.who(), line)));
        for (Log log : logs) {
            Company company = new Company(log);
            log.of("F").forEach(line -> {
                for (String other : line[5].split(",")) {
                    if (company.holds(other, Long.parseLong(line[1]), Long.parseLong(line[2]) + TOLD_MILLIS)) {
                        mustHold(other, log.who(), line);
                    }
                }
            });
        }
    }

    private void see(String who, String[] line) {
        TreeMap<Long, Sight> before = sights.computeIfAbsent(who, each -> new HashMap<>())
                .computeIfAbsent(line[1], each -> new TreeMap<>());
        Sight sight = new Sight(Long.parseLong(line[2]), line[3]);
        Sight last = before.isEmpty() ? sight : before.lastEntry().getValue();
        if (sight.count() < last.count() || Log.version(sight.userData()) < Log.version(last.userData())) {
            violation.accept(who + " held " + sight.count() + " and " + sight.userData() + " of " + line[1] + " after "
                    + last.count() + " and " + last.userData());
        }
        before.put(Long.parseLong(line[4]), sight);
    }

    private void mustHold(String other, String writer, String[] line) {
        Map.Entry<Long, Sight> first = sights.getOrDefault(other, Map.of()).getOrDefault(writer, new TreeMap<>())
                .higherEntry(Long.parseLong(line[2]));
        if (first == null) {
            return;
        }
        Sight sight = first.getValue();
        if (sight.count() < Long.parseLong(line[3]) || Log.version(sight.userData()) < Log.version(line[4])) {
            violation.accept(other + " held " + sight.count() + " and " + sight.userData() + " of " + writer + " at "
                    + first.getKey() + ", but had confirmed " + line[3] + " and " + line[4] + " by " + line[2]);
        } else {
            held++;
        }
    }
}
