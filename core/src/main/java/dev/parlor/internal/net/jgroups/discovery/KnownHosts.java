package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.jgroups.address.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whom to ask on hosts that somebody has named. A host runs any number of programs, each at a port of its own: those that are most
 * likely taken are asked first and often, the others in turn. A host with somebody who is here already is asked seldom, since
 * who comes later asks itself. Thread-safe.
 */
public final class KnownHosts {
    /** Who starts on a host takes the first port that is free. */
    static final int LIKELY_PORTS = 4;
    /** A program at a port that somebody has named, and as many others after it, on one host. */
    static final int PORTS_FROM_ONE_NAMED = 10;
    /** Of hosts with nobody who is here, the likely ports are asked so often. */
    private static final long LIKELY_NANOS = 2_000_000_000L;
    /** Addresses change, and who had none may have one. A look may take seconds. */
    static final long RESOLVE_NANOS = 10_000_000_000L;

    private final List<HostPort> hosts;
    private final List<Integer> ports;
    private final Function<HostPort, List<InetAddress>> resolver;
    private final Map<HostPort, List<InetAddress>> addresses = new ConcurrentHashMap<>();
    private long likelyNanos;
    private int turn;

    /**
     * @param ports of which a program takes the first that is free
     * @param resolver gives the addresses of a host, none if it is not known
     */
    KnownHosts(List<HostPort> hosts, List<Integer> ports, Function<HostPort, List<InetAddress>> resolver) {
        this.hosts = List.copyOf(hosts);
        this.ports = List.copyOf(ports);
        this.resolver = resolver;
    }

    boolean isEmpty() {
        return hosts.isEmpty();
    }

    /** Looks for their addresses. May take seconds. Those that are known no more keep what they had. */
    void resolve() {
        hosts.parallelStream().forEach(this::resolve);
    }

    /** One of them, alone. */
    void resolve(HostPort host) {
        List<InetAddress> found = resolver.apply(host);
        if (!found.isEmpty() || !addresses.containsKey(host)) {
            addresses.put(host, List.copyOf(found));
        }
    }

    /** Those without an address, once they were looked for. */
    List<HostPort> unknown() {
        return hosts.stream().filter(each -> addresses.getOrDefault(each, List.of(InetAddress.getLoopbackAddress())).isEmpty()).toList();
    }

    /** Whom to ask at once, as somebody who has just started. */
    List<InetSocketAddress> likely() {
        return likely(Set.of());
    }

    /**
     * Whom to ask now, about once a second.
     *
     * @param here addresses of those who are here
     */
    synchronized List<InetSocketAddress> next(Set<InetAddress> here, long nowNanos) {
        List<InetSocketAddress> asked = new ArrayList<>();
        if (likelyNanos == 0 || nowNanos - likelyNanos >= LIKELY_NANOS) {
            likelyNanos = nowNanos;
            asked.addAll(likely(here));
        }
        List<InetSocketAddress> all = all();
        if (!all.isEmpty()) {
            asked.add(all.get(Math.floorMod(turn++, all.size())));
        }
        return asked;
    }

    private List<InetSocketAddress> likely(Set<InetAddress> without) {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        for (HostPort host : hosts) {
            for (InetAddress address : addresses.getOrDefault(host, List.of())) {
                if (!without.contains(address)) {
                    portsOf(host).stream().limit(LIKELY_PORTS).forEach(port -> found.add(new InetSocketAddress(address, port)));
                }
            }
        }
        return List.copyOf(found);
    }

    /** Every port of every host at which a program may be found. */
    List<InetSocketAddress> all() {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        // One port of each host after the other, so that no host waits for the others' ports.
        for (int i = 0; i < ports.size(); i++) {
            for (HostPort host : hosts) {
                List<Integer> of = portsOf(host);
                if (i < of.size()) {
                    for (InetAddress address : addresses.getOrDefault(host, List.of())) {
                        found.add(new InetSocketAddress(address, of.get(i)));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private List<Integer> portsOf(HostPort host) {
        return host.port() == HostPort.NO_PORT ? ports : portsFrom(host.port());
    }

    /** The port that somebody has named, and those after it. */
    public static List<Integer> portsFrom(int named) {
        List<Integer> found = new ArrayList<>();
        for (int port = named; port < named + PORTS_FROM_ONE_NAMED && port <= 65_535; port++) {
            found.add(port);
        }
        return found;
    }
}
