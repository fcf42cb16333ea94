package dev.parlor.it.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Holds what was heard against what was said: only what was said, by whom it was for, each message once, those to all
 * and those to one in one order, none before the count and the user data that its sender had set before it, and in calm
 * every one of them. What may be lost otherwise, and what may be late, is told in {@code docs/semantics.md}.
 */
final class MessageChecker {
    /** So long after a warning that something is late, messages may come without it. */
    private static final long EXCUSED_MILLIS = 1_000;
    /** A message to all that needs longer than this may come after one to one that was sent after it. */
    private static final long RETRANSMITTED_MILLIS = 2_000;
    private static final String ALL = "*";

    /** A message as its sender logged it. */
    private record Said(long n, String to, long millis) {}

    /** Who heard what. */
    private record Heard(String who, String from, long n) {}

    long heard;
    /** Of these to one alone. */
    long direct;
    /** Messages that had to arrive, each counted for each who had to hear it. */
    long due;
    /** Messages that came without what they follow, or after what they precede, as the library warned they would. */
    long excused;
    private final List<Log> logs;
    private final Consumer<String> violation;
    /** By sender and number. */
    private final Map<String, Map<Long, Said>> said;
    private final Set<Heard> arrived = new HashSet<>();

    MessageChecker(List<Log> logs, Consumer<String> violation) {
        this.logs = logs;
        this.violation = violation;
        this.said = logs.stream().collect(Collectors.toMap(Log::who, MessageChecker::saidBy));
    }

    private static Map<Long, Said> saidBy(Log log) {
        return log.of("C").map(line -> new Said(Long.parseLong(line[1]), line[2], Long.parseLong(line[3])))
                .collect(Collectors.toMap(Said::n, each -> each));
    }

    void check(List<Calm> calms) {
        logs.forEach(this::heardBy);
        Map<String, Company> companies = logs.stream().collect(Collectors.toMap(Log::who, Company::new));
        calms.forEach(calm -> said.forEach((sender, all) -> all.values().stream()
                .filter(each -> calm.holds(each.millis()))
                .forEach(each -> companies.keySet().stream()
                        .filter(other -> !other.equals(sender) && (each.to().equals(ALL) || each.to().equals(other)))
                        .filter(other -> areTogether(companies, sender, other, each.millis(), calm.settledMillis()))
                        .forEach(other -> mustHaveHeard(sender, each, other)))));
    }

    private static boolean areTogether(Map<String, Company> companies, String one, String other, long said, long to) {
        long from = said - Calm.ARRIVAL_MILLIS;
        return companies.get(one).unchangedWith(other, from, to) && companies.get(other).unchangedWith(one, from, to);
    }

    private void mustHaveHeard(String sender, Said message, String receiver) {
        due++;
        if (!arrived.contains(new Heard(receiver, sender, message.n()))) {
            violation.accept(receiver + " never heard message " + message.n() + " of " + sender + " to " + message.to()
                    + ", sent in calm at " + message.millis());
        }
    }

    private void heardBy(Log log) {
        Map<String, Long> last = new HashMap<>();
        Map<String, Long> lastToAll = new HashMap<>();
        long warned = Long.MIN_VALUE / 2;
        for (String[] line : log.lines()) {
            if (line[0].equals("W") && line[1].equals("MESSAGES_LATE")) {
                warned = Long.parseLong(line[2]);
            } else if (line[0].equals("M")) {
                heard++;
                String from = line[1];
                long n = Long.parseLong(line[2]);
                Said message = said.getOrDefault(from, Map.of()).get(n);
                boolean toAll = line[3].equals(ALL);
                direct += toAll ? 0 : 1;
                if (message == null || !message.to().equals(line[3])) {
                    violation.accept(log.who() + " heard message " + n + " of " + from + " to " + line[3]
                            + ", which was never said");
                } else if (!toAll && !line[3].equals(log.who())) {
                    violation.accept(log.who() + " heard message " + n + " of " + from + ", which was for " + line[3]);
                } else if (!arrived.add(new Heard(log.who(), from, n))) {
                    violation.accept(log.who() + " heard message " + n + " of " + from + " twice");
                } else {
                    inOrder(log.who(), line, message, last.getOrDefault(from, 0L),
                            lastToAll.getOrDefault(from, 0L), warned);
                }
                follows(log.who(), line, warned);
                last.merge(from, n, Math::max);
                if (toAll) {
                    lastToAll.merge(from, n, Math::max);
                }
            }
        }
    }

    private void inOrder(String who, String[] line, Said message, long last, long lastToAll, long warned) {
        if (message.n() > last) {
            return;
        }
        boolean toAll = message.to().equals(ALL);
        long took = Long.parseLong(line[7]) - message.millis();
        // One to one that comes after what was sent after it is dropped.
        if (toAll && (warned >= message.millis() || message.n() > lastToAll && took > RETRANSMITTED_MILLIS)) {
            excused++;
        } else {
            violation.accept(who + " heard message " + message.n() + " of " + line[1] + " after " + last);
        }
    }

    private void follows(String who, String[] line, long warned) {
        boolean hasCount = Long.parseLong(line[4]) >= Long.parseLong(line[2]);
        boolean hasUserData = Log.version(line[5]) >= Log.version(line[6]);
        if (hasCount && hasUserData) {
            return;
        }
        if (Long.parseLong(line[7]) - warned <= EXCUSED_MILLIS) {
            excused++;
            return;
        }
        if (!hasCount) {
            violation.accept(who + " heard message " + line[2] + " of " + line[1]
                    + " before the state it follows: it held the count " + line[4]);
        }
        if (!hasUserData) {
            violation.accept(who + " heard message " + line[2] + " of " + line[1] + " before the user data " + line[6]
                    + " that it follows: it held " + line[5]);
        }
    }
}
