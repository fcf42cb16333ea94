package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.it.Shell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a host lets in. Needs iptables; tests that use it are skipped without. */
final class Firewall {
    private static final List<String> FAMILIES = List.of("iptables", "ip6tables");

    private final String space;

    Firewall(String space) {
        this.space = space;
    }

    /** Denies everything that comes in but answers, as the firewalls of Windows and many distributions. */
    Firewall denyIncoming() {
        open();
        for (String family : FAMILIES) {
            rule(family, "-i", "lo", "-j", "ACCEPT");
            // By these, hosts of IPv6 ask for each other's hardware address; no firewall denies it.
            rule(family, "-p", family.equals("iptables") ? "icmp" : "ipv6-icmp", "-j", "ACCEPT");
        }
        if (canTrack()) {
            FAMILIES.forEach(family -> rule(family, "-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "-j", "ACCEPT"));
            FAMILIES.forEach(family -> rule(family, "-j", "DROP"));
        } else {
            // What answers what cannot be told then: by UDP only what goes to all is denied.
            System.out.println("lan: this kernel tracks no connections (nf_conntrack); denying by kind of packet instead");
            FAMILIES.forEach(family -> rule(family, "-p", "tcp", "--syn", "-j", "DROP"));
            rule("iptables", "-p", "udp", "-m", "pkttype", "!", "--pkt-type", "unicast", "-j", "DROP");
            rule("ip6tables", "-p", "udp", "-m", "pkttype", "!", "--pkt-type", "unicast", "-j", "DROP");
        }
        return this;
    }

    /** Follows connections from now on, as a firewall that lets in everything. What it has not seen begin, it takes for new later. */
    Firewall track() {
        if (canTrack()) {
            FAMILIES.forEach(family -> rule(family, "-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "-j", "ACCEPT"));
        }
        return this;
    }

    private boolean canTrack() {
        return Shell.works("ip", "netns", "exec", space, "iptables", "-A", "OUTPUT", "-m", "conntrack", "--ctstate", "ESTABLISHED")
                && Shell.works("ip", "netns", "exec", space, "iptables", "-F", "OUTPUT");
    }

    /** Lets in a port by TCP and UDP, whatever else is denied. */
    Firewall allow(int port) {
        for (String family : FAMILIES) {
            for (String protocol : List.of("tcp", "udp")) {
                command(family, "-I", "INPUT", "-p", protocol, "--dport", Integer.toString(port), "-j", "ACCEPT");
            }
        }
        return this;
    }

    /** Denies what comes from a host, by one protocol or {@code "all"}. */
    Firewall denyFrom(String address, String protocol) {
        requireIptables();
        rule(address.contains(":") ? "ip6tables" : "iptables", "-s", address, "-p", protocol, "-j", "DROP");
        return this;
    }

    /** Loses all that comes on the connections that a host has opened to this one so far. */
    Firewall loseConnectionsFrom(String address) {
        requireIptables();
        // Of the kernel's tables: the local and the remote address in hexadecimal, four bytes from the last to the first, and the state.
        List<String[]> sockets = List.of("/proc/net/tcp", "/proc/net/tcp6").stream().flatMap(table -> Shell.within(space, "cat", table).lines())
                .map(line -> line.strip().split("\\s+")).filter(each -> each.length > 3).toList();
        Set<String> listening = sockets.stream().filter(each -> each[3].equals("0A")).map(each -> portOf(each[1])).collect(Collectors.toSet());
        List<Integer> bytes = Arrays.stream(address.split("\\.")).map(Integer::valueOf).toList();
        String from = String.format("%02X%02X%02X%02X:", bytes.get(3), bytes.get(2), bytes.get(1), bytes.get(0));
        List<String> ports = sockets.stream().filter(each -> each[3].equals("01") && each[2].contains(from) && listening.contains(portOf(each[1])))
                .map(each -> portOf(each[2])).toList();
        assertThat(ports).as("connections from " + address).isNotEmpty();
        ports.forEach(port -> rule("iptables", "-s", address, "-p", "tcp", "--sport", Integer.toString(Integer.parseInt(port, 16)), "-j", "DROP"));
        return this;
    }

    private static String portOf(String socket) {
        return socket.substring(socket.indexOf(':') + 1);
    }

    /** Loses a share of all packets that come in, at random. */
    Firewall lose(double share) {
        requireIptables();
        FAMILIES.forEach(family -> rule(family, "!", "-i", "lo", "-m", "statistic", "--mode", "random", "--probability",
                Double.toString(share), "-j", "DROP"));
        return this;
    }

    /** Drops all fragments of datagrams but their first, as some firewalls and routers. */
    Firewall dropFragments() {
        requireIptables();
        rule("iptables", "-f", "-j", "DROP");
        return this;
    }

    /** Lets in everything again. */
    Firewall open() {
        requireIptables();
        FAMILIES.forEach(family -> command(family, "-F", "INPUT"));
        return this;
    }

    private void rule(String family, String... rule) {
        List<String> whole = new ArrayList<>(List.of("-A", "INPUT"));
        whole.addAll(List.of(rule));
        command(family, whole.toArray(String[]::new));
    }

    private void command(String family, String... arguments) {
        List<String> whole = new ArrayList<>(List.of(family, "-w"));
        whole.addAll(List.of(arguments));
        Shell.within(space, whole.toArray(String[]::new));
    }

    private void requireIptables() {
        assumeTrue(Shell.works("ip", "netns", "exec", space, "iptables", "-S") && Shell.works("ip", "netns", "exec", space, "ip6tables", "-S"),
                "there is no iptables here that works (package iptables)");
    }
}
