package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Warning;
import dev.parlor.it.lan.Program.Joined;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs join a room, leave it and join it again while packets are lost: each join ends with all that the room holds, or with a
 * typed exception, never with a part. {@code -Djoins.tries=200} for so many joins at each rate of loss.
 */
@Tag("lan")
@Timeout(3600)
class JoinsUnderLossIT {
    private static final int TRIES = Integer.getInteger("joins.tries", 8);
    private static final int ENTRIES = 1_000;
    private static final int LEAST_BYTES = 20;
    /** Members of the room: one who joins gets its state from either. */
    private static final List<String> HOLDERS = List.of("ann", "bob");
    private static final Duration TOGETHER = Duration.ofSeconds(60);

    /** What came of the tries at one rate of loss; used by all joiners. */
    private static final class Tally {
        private final List<Long> millis = new ArrayList<>();
        private final Map<String, Integer> kinds = new TreeMap<>();
        private final List<String> parts = new ArrayList<>();
        private int begun;

        synchronized boolean beginsOneMore() {
            return begun++ < TRIES;
        }

        synchronized void add(String joiner, Joined joined, List<Warning.Kind> warned, String whole) {
            String kind = kind(joined, warned, whole);
            kinds.merge(kind, 1, Integer::sum);
            if (joined.failure().isEmpty()) {
                millis.add(joined.millis());
            }
            if (kind.startsWith("part")) {
                parts.add(joiner + ": " + joined.text());
            }
            if (!kind.equals("complete")) {
                System.out.println("lan: join of " + joiner + ", " + kind + ": " + joined.text());
            }
        }

        private static String kind(Joined joined, List<Warning.Kind> warned, String whole) {
            if (!joined.failure().isEmpty()) {
                return "failed with " + joined.failure();
            }
            if (joined.met().size() == 1) {
                // As if there was no room: nobody of it was heard.
                return joined.state().startsWith("0 ") ? "alone" : "part and alone";
            }
            if (joined.met().stream().anyMatch(each -> !each.matches("(\\w+)=\\1"))) {
                return "part: somebody without its user data";
            }
            if (!joined.state().equals(whole)) {
                return "part";
            }
            boolean all = HOLDERS.stream().allMatch(each -> joined.met().contains(each + "=" + each));
            return all ? "complete" : warned.contains(Warning.Kind.SILENT_PARTICIPANT) ? "complete, but for one that was silent"
                    : "complete, with one member of two";
        }

        synchronized String summary() {
            List<Long> sorted = millis.stream().sorted().toList();
            return kinds + (sorted.isEmpty() ? "" : ", " + sorted.get(sorted.size() / 2) + " ms (median), "
                    + sorted.get(sorted.size() - 1) + " ms (worst)");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1000, 3", "0.05, 1000, 4", "0.2, 60, 6"})
    void noJoinEndsWithAPartOfTheRoom(double loss, int mostBytes, int joiners) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(joiners);
        try (Lan lan = new Lan()) {
            Switch office = lan.network("192.168.9.0/24");
            List<Host> hosts = new ArrayList<>();
            List<Program> holders = new ArrayList<>();
            for (String name : HOLDERS) {
                hosts.add(lan.host().card("eth0", office));
                holders.add(hosts.get(hosts.size() - 1).starts(name, Setup.lan()));
            }
            lan.awaitTogether(TOGETHER, holders.toArray(Program[]::new));
            holders.get(0).putEntries(ENTRIES, LEAST_BYTES, mostBytes);
            lan.awaitTogether(TOGETHER, holders.toArray(Program[]::new));
            String whole = holders.get(0).state();
            List<Program> programs = new ArrayList<>();
            for (int i = 0; i < joiners; i++) {
                hosts.add(lan.host().card("eth0", office));
                programs.add(hosts.get(hosts.size() - 1).starts("joiner" + i));
            }
            hosts.forEach(each -> each.firewall().lose(loss));
            Tally tally = new Tally();
            List<Future<?>> ends = new ArrayList<>();
            for (Program joiner : programs) {
                Callable<Void> all = () -> {
                    while (tally.beginsOneMore()) {
                        Joined joined = joiner.tries(Setup.lan());
                        List<Warning.Kind> warned = joiner.warned();
                        joiner.leave();
                        tally.add(joiner.name(), joined, warned, whole);
                    }
                    return null;
                };
                ends.add(threads.submit(all));
            }
            for (Future<?> each : ends) {
                each.get();
            }
            System.out.println("lan: " + TRIES + " joins at " + loss + " loss: " + tally.summary());
            assertThat(tally.parts).as("joins that ended with a part").isEmpty();
            assertThat(holders.get(0).state()).isEqualTo(whole);
        } finally {
            threads.shutdownNow();
        }
    }
}
