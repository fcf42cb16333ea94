package dev.parlor.it.faults;

import dev.parlor.it.Shell;
import java.util.List;

/**
 * Hosts of their own on one machine: network namespaces whose interfaces hang on a bridge, or on another one when they
 * are cut off. Needs root and {@code ip netns}. Host i has the address 192.0.2.(10 + i).
 */
public final class Hosts implements AutoCloseable {
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
        if (!Shell.works("ip", "-V")) {
            return "there is no command ip here (package iproute2)";
        }
        String name = "pfprobe" + ProcessHandle.current().pid();
        if (!Shell.works("ip", "netns", "add", name)) {
            return "ip netns add does not work here: it needs root and network namespaces";
        }
        Shell.works("ip", "netns", "del", name);
        return null;
    }

    public static Hosts up(int count) {
        Hosts hosts = new Hosts(count);
        for (int bridge = 0; bridge < NETWORKS; bridge++) {
            Shell.must("ip", "link", "add", hosts.bridge(bridge), "type", "bridge", "mcast_snooping", "0");
            Shell.must("ip", "link", "set", hosts.bridge(bridge), "up");
        }
        for (int i = 1; i <= count; i++) {
            String space = hosts.space(i);
            Shell.must("ip", "netns", "add", space);
            Shell.must("ip", "link", "add", hosts.link(i), "type", "veth", "peer", "name", "eth0", "netns", space);
            Shell.must("ip", "link", "set", hosts.link(i), "master", hosts.bridge(0), "up");
            Shell.must("ip", "-n", space, "link", "set", "lo", "up");
            Shell.must("ip", "-n", space, "addr", "add", address(i) + "/24", "dev", "eth0");
            Shell.must("ip", "-n", space, "link", "set", "eth0", "up");
            Shell.must("ip", "-n", space, "route", "add", "224.0.0.0/4", "dev", "eth0");
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
        Shell.must("ip", "link", "set", link(host), "master", bridge(network));
    }

    /** Loses so many of the packets that come to a host. Needs iptables. */
    void lose(int host, int percent) {
        Shell.must("ip", "netns", "exec", space(host), "iptables", "-F", "INPUT");
        if (percent > 0) {
            Shell.must("ip", "netns", "exec", space(host), "iptables", "-A", "INPUT", "-i", "eth0", "-m", "statistic", "--mode", "random",
                    "--probability", Double.toString(percent / 100.0), "-j", "DROP");
        }
    }

    void interfaceDown(int host) {
        Shell.must("ip", "-n", space(host), "link", "set", "eth0", "down");
    }

    void interfaceUp(int host) {
        Shell.must("ip", "-n", space(host), "link", "set", "eth0", "up");
        Shell.must("ip", "-n", space(host), "route", "add", "224.0.0.0/4", "dev", "eth0");
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
            Shell.works("ip", "link", "del", link(i));
            Shell.works("ip", "netns", "del", space(i));
        }
        for (int bridge = 0; bridge < NETWORKS; bridge++) {
            Shell.works("ip", "link", "del", bridge(bridge));
        }
    }
}
