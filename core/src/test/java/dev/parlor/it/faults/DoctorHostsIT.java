package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.it.Jvm;
import dev.parlor.it.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The doctor on real networks with faults: a room on one host, the doctor on another. Needs root, {@code ip netns} and iptables. */
@SuppressWarnings("try") // who is there is all that is asked of it
class DoctorHostsIT {
    private static final String PORTS = "7900:7999";

    private final String room = "doctor-" + UUID.randomUUID();

    @BeforeAll
    static void hostsCanBeMade() {
        String missing = Hosts.missing();
        assumeTrue(missing == null, missing);
        for (String tool : List.of("iptables", "ip6tables")) {
            assumeTrue(Shell.works(tool, "--version"), "there is no " + tool + " here");
        }
    }

    @Tag("lan")
    @Test
    void whereAllIsWellNothingIsComplainedOf() {
        try (Hosts hosts = Hosts.up(2); Jvm ada = join(hosts, "-")) {
            assertThat(examine(hosts, ada, "-", "-")).contains("OK PEERS", "OK MULTICAST", "OK CLOCKS").noneMatch(each -> each.startsWith("PROBLEM"));
        }
    }

    @Test
    void noMulticast() {
        try (Hosts hosts = Hosts.up(2); Jvm ada = join(hosts, "-")) {
            dropMulticast(hosts);
            block(hosts, 2, "INPUT", "-m", "pkttype", "--pkt-type", "broadcast");
            List<String> report = examine(hosts, ada, "-", Hosts.address(1));
            assertThat(report).contains("PROBLEM NO_MULTICAST", "OK PEERS");
        }
    }

    /** As on a Wi-Fi that keeps multicast back: what a host multicasts comes back to itself. */
    private static void dropMulticast(Hosts hosts) {
        must(hosts, 2, List.of("iptables", "-A", "INPUT", "-i", "eth0", "-d", "224.0.0.0/4", "!", "-s", Hosts.address(2), "-j", "DROP"));
        must(hosts, 2, List.of("ip6tables", "-A", "OUTPUT", "-d", "ff00::/8", "-p", "udp", "-j", "DROP"));
        must(hosts, 2, List.of("ip6tables", "-A", "INPUT", "-d", "ff00::/8", "-p", "udp", "-j", "DROP"));
    }

    @Tag("lan")
    @Test
    void aFirewallHereThatDropsAllMulticast() {
        try (Hosts hosts = Hosts.up(2)) {
            block(hosts, 2, "INPUT", "-m", "pkttype", "--pkt-type", "multicast");
            block(hosts, 2, "OUTPUT", "-m", "addrtype", "--dst-type", "MULTICAST");
            assertThat(examine(hosts, "-", "-")).contains("PROBLEM NO_MULTICAST", "PROBLEM NOBODY_HEARD");
        }
    }

    @Tag("lan")
    @Test
    void aWrongPassphrase() {
        try (Hosts hosts = Hosts.up(2); Jvm ada = join(hosts, "open sesame")) {
            assertThat(examine(hosts, ada, "close sesame", "-")).contains("PROBLEM WRONG_PASSPHRASE").noneMatch(each -> each.contains("sesame"));
            assertThat(examine(hosts, ada, "-", "-")).contains("PROBLEM WRONG_PASSPHRASE");
        }
    }

    @Test
    void portsThatAreBlockedThere() {
        try (Hosts hosts = Hosts.up(2); Jvm ada = join(hosts, "-")) {
            block(hosts, 1, "INPUT", "-p", "tcp", "--dport", PORTS);
            assertThat(examine(hosts, ada, "-", "-")).contains("PROBLEM PORT_BLOCKED_THERE").doesNotContain("PROBLEM NOBODY_HEARD");
        }
    }

    @Tag("lan")
    @Test
    void portsThatAreBlockedHere() {
        try (Hosts hosts = Hosts.up(2); Jvm ada = join(hosts, "-")) {
            block(hosts, 2, "INPUT", "-p", "udp", "--dport", PORTS);
            block(hosts, 2, "INPUT", "-p", "tcp", "--dport", PORTS);
            assertThat(examine(hosts, ada, "-", "-")).contains("PROBLEM PORT_BLOCKED_HERE").doesNotContain("PROBLEM NOBODY_HEARD");
        }
    }

    @Tag("lan")
    @Test
    void portsThatAreBlockedOnBothSides() {
        try (Hosts hosts = Hosts.up(2); Jvm ada = join(hosts, "-")) {
            for (int host = 1; host <= 2; host++) {
                block(hosts, host, "INPUT", "-p", "udp", "--dport", PORTS);
                block(hosts, host, "INPUT", "-p", "tcp", "--dport", PORTS);
            }
            assertThat(examine(hosts, ada, "-", "-")).contains("PROBLEM PORTS_BLOCKED_BOTH");
        }
    }

    private Jvm join(Hosts hosts, String passphrase) {
        Jvm ada = Jvm.start(hosts.on(1), DoctorPeer.class, "join", "ada", room, passphrase, "-");
        ada.await("joined");
        return ada;
    }

    /** While somebody is in the room. */
    private List<String> examine(Hosts hosts, Jvm ada, String passphrase, String named) {
        List<String> report = examine(hosts, passphrase, named);
        assertThat(ada.isAlive()).isTrue();
        return report;
    }

    /** The lines of the report, the codes first. */
    private List<String> examine(Hosts hosts, String passphrase, String named) {
        try (Jvm doctor = Jvm.start(hosts.on(2), DoctorPeer.class, "examine", "doctor", room, passphrase, named)) {
            doctor.await("examined");
            return doctor.seen();
        }
    }

    /** For IPv4 and IPv6. */
    private static void block(Hosts hosts, int host, String chain, String... what) {
        for (String tool : List.of("iptables", "ip6tables")) {
            List<String> command = new ArrayList<>(List.of(tool, "-A", chain));
            command.addAll(List.of(what));
            command.addAll(List.of("-j", "DROP"));
            must(hosts, host, command);
        }
    }

    private static void must(Hosts hosts, int host, List<String> command) {
        List<String> there = new ArrayList<>(hosts.on(host));
        there.addAll(command);
        Shell.must(there.toArray(String[]::new));
    }
}
