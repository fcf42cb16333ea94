package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.it.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Participants on hosts of their own who write, and the faults that befall them. */
final class Storm implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(25);
    /** Whoever takes longer than this to be in sync is described in the diary, for whoever wants to know why. */
    private static final long SLOW_MILLIS = 1_500;
    private static final int FILLED = 20_000;

    private final Hosts hosts;
    private final Random random;
    private final Path folder;
    private final Path stack;
    /** What befell whom when; kept with the logs if the test fails. */
    private final Path diary;
    private final long beginNanos = System.nanoTime();
    private final String room;
    private final Map<Integer, Jvm> running = new TreeMap<>();
    final List<Path> logs = new ArrayList<>();
    final List<Long> inSyncMillis = new ArrayList<>();
    int partitions;
    private int unnoticed;
    int kills;
    int stops;
    int interfaceDowns;
    int restarts;
    int brokenSyncs;
    int lossy;
    private int started;

    Storm(Hosts hosts, int count, Random random, Path folder) throws IOException {
        this.hosts = hosts;
        this.random = random;
        this.folder = folder;
        this.room = "faults-" + Long.toHexString(random.nextLong());
        this.stack = folder.resolve("lossy-lan.xml");
        this.diary = folder.resolve("diary.txt");
        try (InputStream in = Storm.class.getClassLoader().getResourceAsStream("parlor-stacks/lan.xml")) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // Above the transport, so that everything can be lost that a network can lose.
            Files.writeString(stack, xml.replace("<PING ", "<" + Lossy.class.getName() + "/>\n    <PING "));
        }
        for (int host = 1; host <= count; host++) {
            start(host);
        }
        awaitSame();
    }

    private void start(int host) {
        Jvm jvm = launch(host);
        jvm.await("ready");
        jvm.ask("write");
    }

    private Jvm launch(int host) {
        Path log = folder.resolve("peer-" + ++started + "-on-" + host + ".log");
        logs.add(log);
        Jvm jvm = Jvm.start(hosts.on(host), FaultPeer.class, room, "p" + started, log.toString(), stack.toString());
        running.put(host, jvm);
        return jvm;
    }

    private int any() {
        return new ArrayList<>(running.keySet()).get(random.nextInt(running.size()));
    }

    private void note(String text) {
        try {
            Files.writeString(diary, String.format("%9.3f %s%n", (System.nanoTime() - beginNanos) / 1e9, text),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void all(String command) {
        running.values().forEach(each -> each.ask(command));
    }

    // ---- faults

    /** Cuts the hosts in two, lets both sides write, and measures how long after the merged view they are the same. */
    void partition() {
        List<Integer> side = new ArrayList<>(running.keySet());
        Collections.shuffle(side, random);
        side = side.subList(0, 1 + random.nextInt(running.size() / 2));
        note("partition " + side + " from the others of " + running.keySet());
        side.forEach(host -> hosts.network(host, 1));
        pass(3_000 + (random.nextInt(4) == 0 ? random.nextInt(27_000) : random.nextInt(9_000)));
        all("rest");
        note("heal");
        side.forEach(host -> hosts.network(host, 0));
        partitions++;
        measure();
        all("write");
    }

    private void awaitAllThere() {
        await().atMost(SOON).pollInterval(LOOK).until(() -> states().stream().allMatch(this::seesAll));
    }

    /**
     * How long after the merged view all are the same. A cut may be noticed after it was healed: then the view that counts
     * is the one after that.
     */
    private void measure() {
        long healed = System.nanoTime();
        AtomicLong apart = new AtomicLong();
        await().atMost(SOON).pollInterval(LOOK).until(() -> {
            List<String> states = states();
            if (!states.stream().allMatch(this::seesAll)) {
                apart.set(System.nanoTime());
            }
            if (apart.get() != 0 && System.nanoTime() - apart.get() > SLOW_MILLIS * 1_000_000) {
                running.forEach((host, each) -> note("slow: " + host + ": " + each.ask("state") + " " + each.ask("stats")));
            }
            return areSame(states);
        });
        if (apart.get() == 0) {
            unnoticed++;
            note("in sync, the cut was not noticed");
            return;
        }
        inSyncMillis.add((System.nanoTime() - apart.get()) / 1_000_000);
        note(String.format("merged %d ms after the healing, in sync %d ms after that", (apart.get() - healed) / 1_000_000,
                inSyncMillis.get(inSyncMillis.size() - 1)));
    }

    private List<String> states() {
        return running.values().stream().map(each -> each.ask("state")).toList();
    }

    private boolean seesAll(String state) {
        return state.startsWith(running.size() + " ");
    }

    private boolean areSame(List<String> states) {
        return states.stream().distinct().count() == 1 && states.get(0).startsWith(running.size() + " true");
    }

    /** Kills the host of the room, or another, amid its writing; it comes back as a new participant. */
    void kill() {
        int victim = any();
        if (random.nextInt(3) == 0) {
            String host = running.get(victim).ask("host");
            victim = running.entrySet().stream().filter(each -> each.getValue().ask("host").equals(host)
                    && logs.stream().anyMatch(log -> log.getFileName().toString()
                            .equals("peer-" + host.substring(1) + "-on-" + each.getKey() + ".log")))
                    .map(Map.Entry::getKey).findFirst().orElse(victim);
        }
        note("kill " + victim);
        running.remove(victim).kill();
        kills++;
        pass(random.nextInt(2_500));
        start(victim);
    }

    void stop(int millis) {
        Jvm stopped = running.get(any());
        note("stop for " + millis + " ms one of " + running.keySet());
        stopped.signal("STOP");
        pass(millis);
        note("continue");
        stopped.signal("CONT");
        stops++;
        pass(2_000);
    }

    void interfaceDown() {
        int host = any();
        note("interface down " + host);
        hosts.interfaceDown(host);
        pass(2_000 + random.nextInt(10_000));
        all("rest");
        note("interface up");
        hosts.interfaceUp(host);
        interfaceDowns++;
        measure();
        all("write");
    }

    /** Ends all in turn, and starts each again. Who leaves while it is cut off takes with it what nobody else has. */
    void rollingRestart() {
        note("rolling restart");
        for (int host : List.copyOf(running.keySet())) {
            awaitAllThere();
            Jvm leaving = running.remove(host);
            leaving.ask("rest");
            leaving.say("quit");
            leaving.await("closed");
            start(host);
        }
        restarts++;
    }

    /** Somebody joins, and whoever serves it dies before half of the state is handed over. */
    void killDuringSync() {
        running.get(any()).ask("fill " + FILLED);
        awaitCalm();
        int joiner = any();
        running.remove(joiner).kill();
        kills++;
        all("fatal true");
        Map<Integer, Jvm> others = new TreeMap<>(running);
        Jvm joining = launch(joiner);
        await().atMost(SOON).pollInterval(LOOK).until(() -> others.values().stream().anyMatch(each -> !each.isAlive()));
        int victim = others.keySet().stream().filter(host -> !others.get(host).isAlive()).findFirst().orElseThrow();
        running.remove(victim);
        kills++;
        others.values().stream().filter(Jvm::isAlive).forEach(each -> each.ask("fatal false"));
        note(victim + " died while it served " + joiner);
        int entries = Integer.parseInt(joining.await("ready"));
        assertThat(entries).as("entries of who joined while its source died").isGreaterThanOrEqualTo(FILLED);
        joining.ask("write");
        start(victim);
        brokenSyncs++;
    }

    private void awaitCalm() {
        all("rest");
        awaitSame();
        all("write");
    }

    void lose(int percent, int millis) {
        note("lose " + percent + "% for " + millis + " ms");
        all("lose " + percent);
        pass(millis);
        all("lose 0");
        lossy += millis / 1_000;
    }

    // ---- the end

    private void awaitSame() {
        await().atMost(SOON).pollInterval(LOOK).until(() -> areSame(states()));
    }

    /** Everybody rests, is the same, and ends; then the logs tell. */
    Checker finish() throws IOException {
        all("rest");
        awaitSame();
        running.values().forEach(each -> each.say("quit"));
        running.values().forEach(each -> each.await("closed"));
        return Checker.check(logs, running.keySet().stream().map(host -> lastLogOf(host)).toList());
    }

    private Path lastLogOf(int host) {
        return logs.stream().filter(log -> log.getFileName().toString().endsWith("-on-" + host + ".log"))
                .reduce((first, second) -> second).orElseThrow();
    }

    String figures() {
        List<Long> sorted = inSyncMillis.stream().sorted().toList();
        return partitions + " partitions, " + kills + " kills, " + stops + " stops, " + interfaceDowns
                + " interface downs (" + unnoticed + " cuts healed before they were noticed), " + restarts
                + " rolling restarts, " + brokenSyncs + " syncs whose source was killed, " + lossy
                + " s of 20% loss; in sync after the merged view: " + (sorted.isEmpty() ? "-"
                        : sorted.get(sorted.size() / 2) + " ms median, " + sorted.get(sorted.size() - 1) + " ms worst");
    }

    @Override
    public void close() {
        running.values().forEach(Jvm::close);
    }
}
