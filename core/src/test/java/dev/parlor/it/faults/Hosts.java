package dev.parlor.it.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hosts of their own on one machine: network namespaces whose interfaces hang on a bridge, or on another one when they
 * are cut off. Needs root and {@code ip netns}. Host i has the address 192.0.2.(10 + i).
 */
public final class Hosts implements AutoCloseable {
    private static final long SECONDS = 20;
    /** Networks that the hosts can be divided among. */
    static final int NETWORKS = 3;

    /** Names of this run's namespaces and links; links have at most 15 characters. */
    private final String prefix = "pf" + Long.toString(ProcessHandle.current().pid() % 1_000_000, 36);
    private final int count;

    private Hosts(int count) {
        this.count = count;
    }

    /** Why there can be no hosts here, or null. */
    public static String missing() {
        try {
            String name = "pfprobe" + ProcessHandle.current().pid();
            if (run("ip", "netns", "add", name) != 0) {
                return "ip netns add does not work here: it needs root and network namespaces";
            }
            run("ip", "netns", "del", name);
            return null;
        } catch (AssertionError e) {
            return "there is no command ip here (package iproute2)";
        }
    }

    public static Hosts up(int count) {
        Hosts hosts = new Hosts(count);
        for (int bridge = 0; bridge < NETWORKS; bridge++) {
            must("ip", "link", "add", hosts.bridge(bridge), "type", "bridge", "mcast_snooping", "0");
            must("ip", "link", "set", hosts.bridge(bridge), "up");
        }
        for (int i = 1; i <= count; i++) {
            String space = hosts.space(i);
            must("ip", "netns", "add", space);
            must("ip", "link", "add", hosts.link(i), "type", "veth", "peer", "name", "eth0", "netns", space);
            must("ip", "link", "set", hosts.link(i), "master", hosts.bridge(0), "up");
            must("ip", "-n", space, "link", "set", "lo", "up");
            must("ip", "-n", space, "addr", "add", address(i) + "/24", "dev", "eth0");
            must("ip", "-n", space, "link", "set", "eth0", "up");
            must("ip", "-n", space, "route", "add", "224.0.0.0/4", "dev", "eth0");
        }
        return hosts;
    }

    public static String address(int host) {
        return "192.0.2." + (10 + host);
    }

    /** How to start a program on a host. */
    public List<String> on(int host) {
        return List.of("ip", "netns", "exec", space(host));
    }

    /** Puts a host on one of the networks, from 0. */
    void network(int host, int network) {
        must("ip", "link", "set", link(host), "master", bridge(network));
    }

    void interfaceDown(int host) {
        must("ip", "-n", space(host), "link", "set", "eth0", "down");
    }

    void interfaceUp(int host) {
        must("ip", "-n", space(host), "link", "set", "eth0", "up");
        must("ip", "-n", space(host), "route", "add", "224.0.0.0/4", "dev", "eth0");
    }

    private String bridge(int number) {
        return prefix + "b" + number;
    }

    private String link(int host) {
        return prefix + "v" + host;
    }

    private String space(int host) {
        return prefix + "n" + host;
    }

    @Override
    public void close() {
        for (int i = 1; i <= count; i++) {
            // A namespace is there for as long as a program in it, and its link with it.
            run("ip", "link", "del", link(i));
            run("ip", "netns", "del", space(i));
        }
        for (int bridge = 0; bridge < NETWORKS; bridge++) {
            run("ip", "link", "del", bridge(bridge));
        }
    }

    private static void must(String... command) {
        if (run(command) != 0) {
            throw new AssertionError(String.join(" ", command) + " failed");
        }
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end: " + said);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new AssertionError("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
