package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.Warning;
import dev.parlor.it.Shell;
import dev.parlor.it.faults.Hosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A world of hosts and networks on one machine. All that is in it is removed when it is closed, and at the end of the JVM; what a
 * JVM that was killed has left is removed by the next one. To make one skips the test where that cannot be: it needs root and
 * network namespaces.
 */
final class Lan implements AutoCloseable {
    /** Whoever can meet does within this time, says the goal of this library. */
    static final Duration SOON = Duration.ofSeconds(10);
    /** Warnings of what is found at once come within this time. */
    static final Duration WARNED = Duration.ofSeconds(5);
    /** After this part of the time it is late. */
    private static final double LATE = 0.6;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String PREFIX = "parlor";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String prefix = PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + "-";
    private final String space = prefix + "switches";
    private final List<Host> hosts = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final Thread atExit = new Thread(this::remove, "removes " + prefix);
    private int networks;
    private boolean removed;
    private String room = "lan-" + UUID.randomUUID();

    Lan() {
        String missing = Hosts.missing();
        assumeTrue(missing == null, missing);
        removeLeft();
        Runtime.getRuntime().addShutdownHook(atExit);
        Shell.must("ip", "netns", "add", space);
    }

    /** Of JVMs that were killed. */
    private static void removeLeft() {
        for (String line : Shell.must("ip", "netns", "list").lines().toList()) {
            String name = line.split(" ")[0];
            String pid = name.startsWith(PREFIX) ? name.substring(PREFIX.length()).split("-")[0] : "";
            if (pid.matches("\\d+") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                Shell.works("ip", "netns", "del", name);
            }
        }
    }

    /** Makes a network whose hosts get addresses of these ranges, such as {@code "192.168.9.0/24"} and {@code "fd00:9::/64"}. */
    Switch network(String... ranges) {
        return new Switch(space, "b" + networks++, List.of(ranges));
    }

    /** Makes a host without cards. */
    Host host() {
        Host host = new Host(this, hosts.size() + 1, prefix + "h" + (hosts.size() + 1));
        hosts.add(host);
        return host;
    }

    String space() {
        return space;
    }

    Program started(Program program) {
        programs.add(program);
        return program;
    }

    /** The room that programs join if nothing else is said. */
    String room() {
        return room;
    }

    /** Has all leave their rooms; what is joined from now on is another one. */
    void nextRoom() {
        programs.forEach(Program::leave);
        room = "lan-" + UUID.randomUUID();
    }

    /** Waits until each of these sees them all and nobody else, and all hold the same. */
    void awaitTogether(Program... all) {
        awaitTogether(SOON, all);
    }

    void awaitTogether(Duration atMost, Program... all) {
        for (Program each : all) {
            each.joined();
        }
        List<String> names = Arrays.stream(all).map(Program::name).sorted().toList();
        long begin = System.nanoTime();
        AtomicBoolean looked = new AtomicBoolean();
        await().pollInterval(POLL).pollDelay(Duration.ZERO).atMost(atMost).untilAsserted(() -> {
            if (System.nanoTime() - begin > LATE * atMost.toNanos() && looked.compareAndSet(false, true)) {
                // What they are doing instead is in what they say.
                Arrays.stream(all).forEach(Program::printThreads);
            }
            for (Program each : all) {
                assertThat(each.who()).as(() -> "who is present at " + each.name() + "\n" + said(all)).isEqualTo(names);
            }
            assertThat(Arrays.stream(all).map(Program::state).distinct().toList()).as("what they hold").hasSize(1);
        });
        System.out.printf("lan: together %d ms after joins of %s ms%n", (System.nanoTime() - begin) / 1_000_000,
                Arrays.stream(all).map(Program::joined).toList());
    }

    private static String said(Program... all) {
        return Arrays.stream(all).map(each -> each.name() + " says\n" + String.join("\n", each.said())).collect(Collectors.joining("\n"));
    }

    /** Waits until each of these sees nobody but itself. */
    void awaitApart(Program... all) {
        for (Program each : all) {
            await().pollInterval(POLL).pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(each.who()).as("who is present at " + each.name()).containsExactly(each.name()));
        }
    }

    /** Waits until a program, which has joined, has been warned of something. */
    void awaitWarning(Duration atMost, Program program, Warning.Kind... anyOf) {
        program.joined();
        await().pollInterval(POLL).pollDelay(Duration.ZERO).atMost(atMost).untilAsserted(() -> assertThat(program.warned())
                .as(() -> "warnings of " + program.name() + ", which says\n" + String.join("\n", program.said())).containsAnyOf(anyOf));
    }

    /** Waits until these, which have joined, are together, or each has been warned that somebody is not reached. */
    void awaitTogetherOrWarned(Program... all) {
        List<String> names = Arrays.stream(all).map(Program::name).sorted().toList();
        await().pollInterval(POLL).pollDelay(Duration.ZERO).atMost(SOON).untilAsserted(() -> {
            for (Program each : all) {
                if (!each.who().equals(names)) {
                    assertThat(each.warned()).as(() -> "warnings of " + each.name() + ", which says\n" + String.join("\n", each.said()))
                            .containsAnyOf(Warning.Kind.NOBODY_HEARD, Warning.Kind.UNREACHABLE, Warning.Kind.MULTICAST_BLOCKED);
                }
            }
        });
    }

    /** Lets time pass in which nothing is to happen. */
    void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private synchronized void remove() {
        if (!removed) {
            removed = true;
            programs.forEach(Program::kill);
            programs.forEach(Program::close);
            hosts.forEach(Host::close);
            Shell.works("ip", "netns", "del", space);
        }
    }
}
