package dev.parlor.it.lan;

import dev.parlor.it.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * A network: what cards are plugged into, and the ranges from which they get addresses. It passes on everything to all, until it
 * is told not to.
 */
final class Switch {
    /** Hosts have the addresses after this one. */
    private static final int FIRST_ADDRESS = 10;

    private record Port(String name, Host host, String card, String mac) {}

    private final String space;
    private final String bridge;
    private final List<String> ranges;
    private final List<Port> ports = new ArrayList<>();
    private boolean multicastBlocked;
    private boolean broadcastBlocked;

    Switch(String space, String bridge, List<String> ranges) {
        this.space = space;
        this.bridge = bridge;
        this.ranges = List.copyOf(ranges);
        // Without snooping it does not look who has joined a group: there is no router here that would ask for it.
        Shell.must("ip", "-n", space, "link", "add", bridge, "type", "bridge", "mcast_snooping", "0");
        Shell.must("ip", "-n", space, "link", "set", bridge, "up");
    }

    /** The addresses of a host with their prefixes, one of each range. */
    List<String> addresses(int host) {
        return ranges.stream().map(range -> address(range, host)).toList();
    }

    private static String address(String range, int host) {
        int slash = range.indexOf('/');
        String base = range.substring(0, slash);
        boolean ipv6 = base.contains(":");
        String begin = ipv6 ? base : base.substring(0, base.lastIndexOf('.') + 1);
        return begin + (FIRST_ADDRESS + host) + range.substring(slash);
    }

    void plug(String port, Host host, String card, String mac) {
        ports.add(new Port(port, host, card, mac));
        Shell.must("ip", "-n", space, "link", "set", port, "master", bridge, "up");
        apply();
    }

    void unplug(String port) {
        ports.removeIf(each -> each.name.equals(port));
    }

    /** Passes on no multicast, as many access points and some switches. */
    Switch blockMulticast() {
        multicastBlocked = true;
        apply();
        return this;
    }

    /** Passes on neither multicast nor broadcast. Cards know each other's hardware addresses, which are asked for by broadcast. */
    Switch blockMulticastAndBroadcast() {
        broadcastBlocked = true;
        return blockMulticast();
    }

    /** Passes on everything again. */
    Switch passAll() {
        multicastBlocked = false;
        broadcastBlocked = false;
        apply();
        return this;
    }

    private void apply() {
        for (Port port : ports) {
            Shell.must("ip", "-n", space, "link", "set", port.name, "type", "bridge_slave", "mcast_flood",
                    multicastBlocked ? "off" : "on", "bcast_flood", broadcastBlocked ? "off" : "on");
        }
        if (broadcastBlocked) {
            ports.forEach(one -> ports.stream().filter(other -> other.host != one.host).forEach(other -> introduce(one, other)));
        }
    }

    /** Tells a host which card has an address: nobody would hear it ask. */
    private static void introduce(Port to, Port other) {
        for (String address : other.host.addresses(other.card)) {
            to.host.ip("neigh", "replace", address.substring(0, address.indexOf('/')), "lladdr", other.mac, "nud", "permanent", "dev",
                    to.card);
        }
    }
}
