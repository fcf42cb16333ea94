package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.it.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Participants on hosts of their own who write, and the faults that befall them. */
final class Storm implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final int FILLED = 20_000;
    /** Where nearly all crash within this time, who stays cannot know that it is not cut off (docs/decisions/0031). */
    private static final long CRASHES_NANOS = 30_000_000_000L;
    /** At least so many crash within it all the same. */
    private static final int FEWEST_CRASHES = 2;
    /** Coming and going is told for a while; of what is left some seconds are good for messages that must arrive. */
    private static final long CALM_MILLIS = 6_000;
    /** A JVM starts and joins in about as long as twice this. */
    private static final int SOME_OF_A_JOIN_MILLIS = 800;

    /** Compiled as programs are that run for long: these do with -Pfaults, and what threads do to each other depends on it. */
    private static final List<String> AS_USUAL = List.of("-XX:TieredStopAtLevel=4");

    private final Hosts hosts;
    private final Random random;
    private final Path folder;
    private final boolean lan;
    private final String stack;
    private final Diary diary;
    private final String room;
    private final Map<Integer, Jvm> running = new TreeMap<>();
    private final Sameness sameness;
    private final List<Calm> calms = new ArrayList<>();
    final List<Path> logs = new ArrayList<>();
    int partitions;
    int kills;
    int stops;
    int interfaceDowns;
    int restarts;
    int brokenSyncs;
    int lossy;
    private int started;
    /** When programs were killed last, the latest last. */
    private final Deque<Long> crashes = new ArrayDeque<>();

    /** @param lan whether rooms are of the local network as a user has them; else all they send can be lost, by UDP multicast */
    Storm(Hosts hosts, int count, Random random, Path folder, boolean lan) throws IOException {
        this.hosts = hosts;
        this.random = random;
        this.folder = folder;
        this.room = "faults-" + Long.toHexString(random.nextLong());
        this.lan = lan;
        this.stack = lan ? FaultPeer.LAN : lossyStack(folder.resolve("lossy-udp-lan.xml"));
        this.diary = new Diary(folder.resolve("diary.txt"));
        this.sameness = new Sameness(running, diary);
        for (int host = 1; host <= count; host++) {
            start(host);
        }
        awaitCalm();
    }

    private static String lossyStack(Path file) throws IOException {
        try (InputStream in = Storm.class.getResourceAsStream("udp-lan.xml")) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // Above the transport, so that everything can be lost that a network can lose.
            return Files.writeString(file, xml.replace("<PING ", "<" + Lossy.class.getName() + "/>\n    <PING ")).toString();
        }
    }

    private void start(int host) {
        Jvm jvm = launch(host);
        jvm.await("ready");
        jvm.ask("write");
    }

    private Jvm launch(int host) {
        Path log = folder.resolve("peer-" + ++started + "-on-" + host + ".log");
        logs.add(log);
        Jvm jvm = Jvm.start(hosts.on(host), AS_USUAL, FaultPeer.class, room, "p" + started, log.toString(), stack);
        running.put(host, jvm);
        return jvm;
    }

    private int any() {
        return new ArrayList<>(running.keySet()).get(random.nextInt(running.size()));
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

    /** Before so many crash: waits until fewer than those who stay have crashed lately. */
    private void crash(int count) {
        int most = Math.max(FEWEST_CRASHES, running.size() - 2);
        while (crashes.size() + count > most) {
            long left = crashes.peek() + CRASHES_NANOS - System.nanoTime();
            if (left > 0) {
                pass(left / 1_000_000 + 1);
            }
            crashes.poll();
        }
        for (int i = 0; i < count; i++) {
            crashes.add(System.nanoTime());
        }
    }

    // ---- faults

    /** Cuts the hosts in two, lets both sides write, and measures how long after the merged view they are the same. */
    void partition() {
        List<Integer> side = new ArrayList<>(running.keySet());
        Collections.shuffle(side, random);
        side = side.subList(0, 1 + random.nextInt(running.size() / 2));
        diary.note("partition " + side + " from the others of " + running.keySet());
        side.forEach(host -> hosts.network(host, 1));
        pass(3_000 + (random.nextInt(4) == 0 ? random.nextInt(27_000) : random.nextInt(9_000)));
        all("rest");
        diary.note("heal");
        side.forEach(host -> hosts.network(host, 0));
        partitions++;
        sameness.measure();
        all("write");
    }

    /** Divides the hosts among three networks, which become one again at once or one after the other. */
    void parts() {
        List<Integer> all = new ArrayList<>(running.keySet());
        Collections.shuffle(all, random);
        Map<Integer, Integer> networks = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            networks.put(all.get(i), i < Hosts.NETWORKS ? i : random.nextInt(Hosts.NETWORKS));
        }
        diary.note("three parts, by host " + networks);
        networks.forEach(hosts::network);
        pass(8_000 + random.nextInt(12_000));
        all("rest");
        boolean atOnce = random.nextBoolean();
        for (int network = 1; network < Hosts.NETWORKS; network++) {
            int healed = network;
            diary.note("heal part " + healed);
            networks.forEach((host, on) -> {
                if (on == healed) {
                    hosts.network(host, 0);
                }
            });
            pass(atOnce ? 0 : 1_000 + random.nextInt(3_000));
        }
        partitions++;
        sameness.measure();
        all("write");
    }

    /** Kills the host of the room, or another, amid its writing; it comes back as a new participant. */
    void kill() {
        crash(1);
        int victim = any();
        if (random.nextInt(3) == 0) {
            String host = running.get(victim).ask("host");
            victim = running.keySet().stream().filter(each -> lastLogOf(each).getFileName().toString()
                    .startsWith("peer-" + host.substring(1) + "-on-")).findFirst().orElse(victim);
        }
        diary.note("kill " + victim);
        running.remove(victim).kill();
        kills++;
        pass(random.nextInt(2_500));
        start(victim);
    }

    void stop(int millis) {
        Jvm stopped = running.get(any());
        diary.note("stop for " + millis + " ms one of " + running.keySet());
        stopped.signal("STOP");
        pass(millis);
        diary.note("continue");
        stopped.signal("CONT");
        stops++;
        pass(2_000);
    }

    void interfaceDown() {
        int host = any();
        diary.note("interface down " + host);
        hosts.interfaceDown(host);
        pass(2_000 + random.nextInt(10_000));
        all("rest");
        diary.note("interface up");
        hosts.interfaceUp(host);
        interfaceDowns++;
        sameness.measure();
        all("write");
    }

    /** Ends all in turn, and starts each again. Who leaves while it is cut off takes with it what nobody else has. */
    void rollingRestart() {
        diary.note("rolling restart");
        for (int host : List.copyOf(running.keySet())) {
            sameness.awaitAllThere();
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
        crash(2);
        running.get(any()).ask("fill " + FILLED);
        awaitCalm();
        int joiner = any();
        running.remove(joiner).kill();
        kills++;
        Map<Integer, Jvm> others = new TreeMap<>(running);
        if (!lan) {
            all("fatal " + folder.resolve("source-" + kills + "-died"));
        }
        Jvm joining = launch(joiner);
        if (lan) {
            // Where its packets cannot be looked at, at a moment that is as good as another.
            pass(SOME_OF_A_JOIN_MILLIS + random.nextInt(SOME_OF_A_JOIN_MILLIS));
            others.get(new ArrayList<>(others.keySet()).get(random.nextInt(others.size()))).kill();
        }
        await().atMost(SOON).pollInterval(LOOK).until(() -> others.values().stream().anyMatch(each -> !each.isAlive()));
        int victim = others.keySet().stream().filter(host -> !others.get(host).isAlive()).findFirst().orElseThrow();
        running.remove(victim);
        kills++;
        running.forEach((host, each) -> {
            if (host != joiner && !lan) {
                each.ask("harmless");
            }
        });
        diary.note(victim + " died while it served " + joiner);
        int entries = Integer.parseInt(joining.await("ready"));
        assertThat(entries).as("entries of who joined while its source died").isGreaterThanOrEqualTo(FILLED);
        joining.ask("write");
        start(victim);
        brokenSyncs++;
    }

    private void awaitCalm() {
        all("rest");
        sameness.awaitSame();
        all("write");
    }

    /** Nothing befalls anybody for a while, while all write and see all: what is said now must be heard. */
    void calm() {
        awaitCalm();
        long begin = System.currentTimeMillis();
        diary.note("calm");
        pass(CALM_MILLIS);
        undisturbed(begin, System.currentTimeMillis());
    }

    /** Loses packets for a while; of messages none, since JGroups repeats them. */
    void lose(int percent, int millis) {
        diary.note("lose " + percent + "% for " + millis + " ms");
        long begin = System.currentTimeMillis();
        lose(percent);
        pass(millis);
        lose(0);
        undisturbed(begin, System.currentTimeMillis());
        lossy += millis / 1_000;
    }

    private void lose(int percent) {
        if (lan) {
            running.keySet().forEach(host -> hosts.lose(host, percent));
        } else {
            all("lose " + percent);
        }
    }

    private void undisturbed(long begin, long end) {
        pass(Calm.ARRIVAL_MILLIS);
        calms.add(new Calm(begin, end, System.currentTimeMillis()));
    }

    // ---- the end

    /** Everybody rests, is the same, and ends; then the logs tell. */
    Checker finish() throws IOException {
        all("rest");
        sameness.awaitSame();
        running.values().forEach(each -> each.say("quit"));
        running.values().forEach(each -> each.await("closed"));
        Checker checker = Checker.check(logs, running.keySet().stream().map(this::lastLogOf).toList(), calms,
                sameness.disturbed);
        sameness.falseClaims.forEach(checker::violation);
        return checker;
    }

    private Path lastLogOf(int host) {
        return logs.stream().filter(log -> log.getFileName().toString().endsWith("-on-" + host + ".log"))
                .reduce((first, second) -> second).orElseThrow();
    }

    String figures() {
        return partitions + " partitions, " + kills + " kills, " + stops + " stops, " + interfaceDowns
                + " interface downs, " + restarts + " rolling restarts, " + brokenSyncs
                + " syncs whose source was killed, " + lossy + " s of 20% loss, " + calms.size() + " calms; " + sameness;
    }

    @Override
    public void close() {
        running.values().forEach(Jvm::close);
    }
}
