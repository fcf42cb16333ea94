package dev.parlor.it.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * At each rest all hold the user data of those and only those who are there, and of each what it set last. What each
 * was told of the others' coming, changing and going leads there step by step, tells only what its owner set, and never
 * goes back.
 */
final class UserDataChecker {
    /** There from the start, without being set. */
    private static final String FIRST = "u0";
    /** Who left between a join and the first look after it was never seen there. */
    private static final long LOOKED_MILLIS = 1_000;

    /** What one participant has been told so far. */
    private static final class Told {
        private final Map<String, String> present = new HashMap<>();
        /** Whose first event has not come: the look at the join may have seen already what it tells. */
        private final Set<String> seenAtJoin = new HashSet<>();
        private final Map<String, Long> newest = new HashMap<>();
        private String own = FIRST;
        private long joinedMillis;
    }

    /** User data held at a rest of others, each counted for each who held it. */
    long held;
    long told;
    private final List<Log> logs;
    private final Set<Integer> disturbedRests;
    private final Consumer<String> violation;
    private final Map<String, Set<String>> everSet;
    /** By rest and participant: what it held of whom, and what it had set itself. */
    private final Map<Integer, Map<String, Map<String, String>>> holdings = new TreeMap<>();
    private final Map<Integer, Map<String, String>> owners = new HashMap<>();

    /** What is held at some rests is not looked at: somebody lost sight of somebody amid them. */
    UserDataChecker(List<Log> logs, Set<Integer> disturbedRests, Consumer<String> violation) {
        this.logs = logs;
        this.disturbedRests = disturbedRests;
        this.violation = violation;
        this.everSet = logs.stream().collect(Collectors.toMap(Log::who,
                log -> log.of("U").map(line -> line[1]).collect(Collectors.toSet())));
    }

    void check() {
        logs.forEach(this::read);
        holdings.keySet().removeAll(disturbedRests);
        holdings.forEach((rest, byWhom) -> byWhom.forEach((who, content) -> {
            if (!content.keySet().equals(byWhom.keySet())) {
                violation.accept(who + " holds user data of " + content.keySet().stream().sorted().toList()
                        + " at rest " + rest + ", there are " + byWhom.keySet().stream().sorted().toList());
            }
            content.forEach((owner, data) -> {
                held += who.equals(owner) ? 0 : 1;
                String set = owners.get(rest).get(owner);
                if (set != null && !set.equals(data)) {
                    violation.accept(who + " holds " + data + " of " + owner + " at rest " + rest
                            + ", it has set " + set);
                }
            });
        }));
    }

    private void read(Log log) {
        Told so = new Told();
        for (String[] line : log.lines()) {
            switch (line[0]) {
                case "J" -> so.joinedMillis = Long.parseLong(line[3]);
                case "U" -> so.own = line[1];
                case "I" -> {
                    so.present.put(line[1], line[2]);
                    so.seenAtJoin.add(line[1]);
                    value(log.who(), so, line[1], line[2]);
                }
                case "+", "~", "-" -> {
                    told++;
                    boolean first = so.seenAtJoin.remove(line[1]);
                    step(log.who(), so, line, first);
                    if (first) {
                        so.newest.remove(line[1]);
                    }
                    value(log.who(), so, line[1], line[2]);
                }
                case "H" -> rest(log.who(), so, line);
                default -> { }
            }
        }
    }

    /** Whether this event may come after those before it. */
    private void step(String who, Told so, String[] line, boolean first) {
        String whom = line[1];
        String before = so.present.get(whom);
        switch (line[0]) {
            case "+" -> {
                if (before != null && !first) {
                    violation.accept(who + " was told that " + whom + " joined, who was there");
                }
            }
            case "-" -> {
                boolean missed = Long.parseLong(line[3]) - so.joinedMillis < LOOKED_MILLIS
                        && !so.newest.containsKey(whom);
                if (before == null && !missed) {
                    violation.accept(who + " was told that " + whom + " left, who was not there");
                }
            }
            default -> {
                if (!first && !line[3].equals(before)) {
                    violation.accept(who + " was told that " + whom + " changed from " + line[3] + ", but " + before
                            + " before");
                }
            }
        }
        if (line[0].equals("-")) {
            so.present.remove(whom);
        } else {
            so.present.put(whom, line[2]);
        }
    }

    private void value(String who, Told so, String owner, String data) {
        if (!data.equals(FIRST) && !everSet.getOrDefault(owner, Set.of()).contains(data)) {
            violation.accept(who + " was told " + data + " of " + owner + ", who never set it");
        }
        long newest = so.newest.getOrDefault(owner, -1L);
        if (Log.version(data) < newest) {
            violation.accept(who + " was told " + data + " of " + owner + " after u" + newest);
        }
        so.newest.merge(owner, Log.version(data), Math::max);
    }

    private void rest(String who, Told so, String[] line) {
        int rest = Integer.parseInt(line[1]);
        String known = line[2].equals(who) ? so.own : so.present.get(line[2]);
        if (!line[3].equals(known)) {
            violation.accept(who + " was told " + known + " of " + line[2] + " last, and holds " + line[3] + " at rest "
                    + rest);
        }
        owners.computeIfAbsent(rest, each -> new HashMap<>()).put(who, so.own);
        holdings.computeIfAbsent(rest, each -> new TreeMap<>()).computeIfAbsent(who, each -> new HashMap<>())
                .put(line[2], line[3]);
    }
}
