package dev.parlor.it.via;

import dev.parlor.it.Shell;
import java.util.List;

/**
 * Two networks without a route between them, a host in each, and hosts for routers that have a card in both: network namespaces on
 * two bridges. Needs root and {@code ip netns}, as {@link dev.parlor.it.faults.Hosts#missing} says.
 */
final class Sites implements AutoCloseable {
    private static final List<String> NETWORKS = List.of("198.51.100.", "203.0.113.");

    /** Names of this run's namespaces and links; links have at most 15 characters. */
    private final String prefix = "pv" + Long.toString(ProcessHandle.current().pid() % 1_000_000, 36);
    private final int routers;

    private Sites(int routers) {
        this.routers = routers;
    }

    static Sites up(int routers) {
        Sites sites = new Sites(routers);
        for (int network = 0; network < NETWORKS.size(); network++) {
            Shell.must("ip", "link", "add", sites.bridge(network), "type", "bridge", "mcast_snooping", "0");
            Shell.must("ip", "link", "set", sites.bridge(network), "up");
            sites.space(sites.host(network));
            sites.card(sites.host(network), network, 11);
        }
        for (int router = 0; router < routers; router++) {
            sites.space(sites.router(router));
            for (int network = 0; network < NETWORKS.size(); network++) {
                sites.card(sites.router(router), network, 1 + router);
            }
        }
        return sites;
    }

    /** How to start a program on the host of a network. */
    List<String> onHost(int network) {
        return List.of("ip", "netns", "exec", host(network));
    }

    List<String> onRouter(int router) {
        return List.of("ip", "netns", "exec", router(router));
    }

    /** What the routers are called on the host of a network: each by its address there. */
    static String routersAsSeenFrom(int network, int count) {
        StringBuilder all = new StringBuilder();
        for (int router = 0; router < count; router++) {
            all.append(all.isEmpty() ? "" : ",").append(NETWORKS.get(network)).append(1 + router);
        }
        return all.toString();
    }

    /** Whether the host of one network reaches that of the other. */
    boolean isConnected() {
        return Shell.works("ip", "netns", "exec", host(0), "ping", "-c", "1", "-W", "1", NETWORKS.get(1) + 11);
    }

    /** Pulls the cable of a router's card, or plugs it in again: nothing is closed, nothing comes. */
    void cable(int router, int network, boolean plugged) {
        Shell.must("ip", "link", "set", link(router(router), network), plugged ? "up" : "down");
    }

    private void space(String name) {
        Shell.must("ip", "netns", "add", name);
        Shell.must("ip", "-n", name, "link", "set", "lo", "up");
    }

    private void card(String space, int network, int last) {
        String card = "eth" + network;
        Shell.must("ip", "link", "add", link(space, network), "type", "veth", "peer", "name", card, "netns", space);
        Shell.must("ip", "link", "set", link(space, network), "master", bridge(network), "up");
        Shell.must("ip", "-n", space, "addr", "add", NETWORKS.get(network) + last + "/24", "dev", card);
        Shell.must("ip", "-n", space, "link", "set", card, "up");
    }

    private String bridge(int network) {
        return prefix + "b" + network;
    }

    private String host(int network) {
        return prefix + "h" + network;
    }

    private String router(int router) {
        return prefix + "r" + router;
    }

    private static String link(String space, int network) {
        return space + "c" + network;
    }

    @Override
    public void close() {
        for (int network = 0; network < NETWORKS.size(); network++) {
            for (int router = 0; router < routers; router++) {
                Shell.works("ip", "link", "del", link(router(router), network));
            }
            Shell.works("ip", "link", "del", link(host(network), network));
            Shell.works("ip", "netns", "del", host(network));
            Shell.works("ip", "link", "del", bridge(network));
        }
        for (int router = 0; router < routers; router++) {
            Shell.works("ip", "netns", "del", router(router));
        }
    }
}
