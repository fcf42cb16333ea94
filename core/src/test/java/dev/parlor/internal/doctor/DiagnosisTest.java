package dev.parlor.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.DoctorReport;
import dev.parlor.DoctorReport.Code;
import dev.parlor.DoctorReport.Finding;
import dev.parlor.DoctorReport.Severity;
import dev.parlor.internal.net.doctor.Observations.Buffers;
import dev.parlor.internal.net.doctor.Observations.FinderSeen;
import dev.parlor.internal.net.doctor.Observations.FolderSeen;
import dev.parlor.internal.net.doctor.Observations.HostSeen;
import dev.parlor.internal.net.doctor.Observations.Kind;
import dev.parlor.internal.net.doctor.Observations.Nic;
import dev.parlor.internal.net.doctor.Observations.Ports;
import dev.parlor.internal.net.doctor.PeerSeen.Heard;
import dev.parlor.internal.net.doctor.PeerSeen.State;
import dev.parlor.internal.net.doctor.Tcp;
import dev.parlor.internal.net.interfaces.Card;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault of a network, made up, is found as what it is, and as nothing else. */
class DiagnosisTest {
    private final Seen seen = new Seen();
    private final Seen.Peer peer = new Seen.Peer();

    private DoctorReport report() {
        return Diagnosis.of(seen.made());
    }

    private DoctorReport reportOfPeer() {
        seen.other(peer);
        return report();
    }

    /** The only problem. */
    private static Finding onlyProblem(DoctorReport report) {
        List<Finding> problems = report.findings().stream().filter(each -> each.severity() == Severity.PROBLEM).toList();
        assertThat(problems).as(report.toString()).hasSize(1);
        return problems.get(0);
    }

    @Test
    void whereAllIsWellNothingIsComplainedOf() {
        DoctorReport report = report();
        assertThat(report.findings()).as(report.toString()).isNotEmpty().allMatch(each -> each.severity() == Severity.OK);
        assertThat(report.isHealthy()).isTrue();
        assertThat(report.of(Code.PEERS).get(0).seen()).contains("192.0.2.12:7943");
        assertThat(report.of(Code.INTERFACES).get(0).seen()).contains("eth0", "192.0.2.11", "MTU 1500");
    }

    // ---- multicast

    @Test
    void multicastThatDoesNotComeBack() {
        seen.interfaces.set(1, new Nic(seen.interfaces.get(1).card(), true, Optional.of(false)));
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.NO_MULTICAST);
        assertThat(found.seen()).contains("eth0", "239.192.1.2");
        assertThat(found.advice()).contains("hosts(…)", "23456");
    }

    @Test
    void multicastThatDoesNotComeFromOthersWhoAreMetByHosts() {
        peer.heard = Set.of(Heard.UNICAST, Heard.ANSWER_TO_UNICAST);
        assertThat(onlyProblem(reportOfPeer()).code()).isEqualTo(Code.NO_MULTICAST);
    }

    @Test
    void multicastThatDoesNotComeFromOthersWhoAreMetByBroadcastIsANote() {
        peer.heard = EnumSet.complementOf(EnumSet.of(Heard.MULTICAST, Heard.ANSWER_TO_MULTICAST));
        DoctorReport report = reportOfPeer();
        assertThat(report.isHealthy()).isTrue();
        assertThat(report.of(Code.NO_MULTICAST)).extracting(Finding::severity).containsExactly(Severity.NOTE);
    }

    @Test
    void multicastIsNotExpectedFromBehindARouter() {
        peer.links = Set.of();
        peer.heard = Set.of(Heard.ANSWER_TO_UNICAST);
        assertThat(reportOfPeer().of(Code.NO_MULTICAST)).isEmpty();
    }

    // ---- passphrase and version

    @ParameterizedTest
    @CsvSource({"OTHER_PASSPHRASE,another passphrase", "NO_PASSPHRASE,without a passphrase", "HAS_PASSPHRASE,with a passphrase"})
    void aWrongPassphrase(State state, String said) {
        peer.state = state;
        peer.tcp = Tcp.NOT_TRIED;
        Finding found = onlyProblem(reportOfPeer());
        assertThat(found.code()).isEqualTo(Code.WRONG_PASSPHRASE);
        assertThat(found.seen()).contains(said, "192.0.2.12:7943");
    }

    @Test
    void anotherVersion() {
        peer.state = State.OTHER_VERSION;
        peer.detail = "the format of JGroups 6.0.0";
        Finding found = onlyProblem(reportOfPeer());
        assertThat(found.code()).isEqualTo(Code.OTHER_VERSION);
        assertThat(found.seen()).contains("JGroups 6.0.0");
    }

    @Test
    void whatIsNotUnderstoodIsANote() {
        seen.peers.add(unreadable().made());
        DoctorReport report = report();
        assertThat(report.isHealthy()).isTrue();
        assertThat(report.of(Code.OTHER_VERSION)).hasSize(1);
    }

    private static Seen.Peer unreadable() {
        Seen.Peer strange = new Seen.Peer();
        strange.state = State.UNREADABLE;
        strange.address = "192.0.2.99";
        return strange;
    }

    // ---- interfaces

    @Test
    void aNamedInterfaceThatIsNotThatOfTheOthers() {
        seen.interfaces.add(Seen.up(Seen.card("wlan0", 3, 1_500, "198.51.100.7")));
        seen.networkInterface = "wlan0";
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.WRONG_INTERFACE);
        assertThat(found.seen()).contains("\"wlan0\"", "eth0", "192.0.2.12:7943");
    }

    @Test
    void aNamedInterfaceThatIsThatOfTheOthersByItsAddressAsWell() {
        for (String named : List.of("eth0", "192.0.2.11")) {
            seen.networkInterface = named;
            assertThat(report().isHealthy()).isTrue();
        }
    }

    @Test
    void aNamedInterfaceThatIsNotThere() {
        seen.networkInterface = "eth7";
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.WRONG_INTERFACE);
        assertThat(found.seen()).contains("eth7", "eth0");
    }

    @Test
    void aNamedInterfaceThatIsDown() {
        seen.interfaces.add(Seen.down(Seen.card("wlan0", 3, 1_500)));
        seen.networkInterface = "wlan0";
        assertThat(onlyProblem(report()).code()).isEqualTo(Code.INTERFACE_DOWN);
    }

    @Test
    void noInterfaceIsUp() {
        seen.interfaces = List.of(Seen.up(Seen.loopback()), Seen.down(Seen.card("eth0", 2, 1_500)));
        seen.peers.clear();
        DoctorReport report = report();
        assertThat(report.of(Code.INTERFACE_DOWN)).extracting(Finding::seen).singleElement().asString().contains("eth0");
    }

    @Test
    void theChosenInterfaceIsNotThatOfTheOthersWhichIsANoteSinceAllAreUsed() {
        seen.interfaces.add(Seen.up(Seen.card("wlan0", 3, 1_500, "10.0.0.7")));
        DoctorReport report = report();
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
        assertThat(report.of(Code.WRONG_INTERFACE)).extracting(Finding::severity).containsExactly(Severity.NOTE);
    }

    @Test
    void whatLooksLikeAVpn() {
        seen.interfaces.add(Seen.up(new Card("wg0", "wg0", 4, false, true, false, false, 1_420, List.of(Seen.address("10.9.0.2")))));
        DoctorReport report = report();
        assertThat(report.of(Code.LOOKS_LIKE_VPN)).extracting(Finding::seen).singleElement().asString().contains("wg0", "10.9.0.2");
    }

    @Test
    void oneVersionOfIpAndLargePackets() {
        seen.interfaces.set(1, Seen.up(Seen.card("eth0", 2, 9_000, "192.0.2.11")));
        DoctorReport report = report();
        assertThat(report.of(Code.IP_VERSIONS).get(0).seen()).contains("IPv4 only");
        assertThat(report.of(Code.MTU).get(0).seen()).contains("9000");
    }

    // ---- ports and firewalls

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "REFUSED", "UNREACHABLE"})
    void aPortThatIsBlockedThere(Tcp tcp) {
        peer.tcp = tcp;
        Finding found = onlyProblem(reportOfPeer());
        assertThat(found.code()).isEqualTo(Code.PORT_BLOCKED_THERE);
        assertThat(found.advice()).contains("New-NetFirewallRule", "-LocalPort 7900-7999,23456", "ufw allow 7900:7999/tcp", "socketfilterfw");
    }

    @Test
    void aPortThatIsBlockedHere() {
        peer.heard = Set.of(Heard.MULTICAST, Heard.BROADCAST);
        Finding found = onlyProblem(reportOfPeer());
        assertThat(found.code()).isEqualTo(Code.PORT_BLOCKED_HERE);
        assertThat(found.advice()).contains("nft insert rule", "7900-7999", "23456").doesNotContain("ufw");
    }

    @Test
    void aFirewallHereThatLetsInOnlyWhatWasAskedForIsANote() {
        peer.heard = Set.of(Heard.MULTICAST, Heard.BROADCAST, Heard.ANSWER_TO_UNICAST);
        DoctorReport report = reportOfPeer();
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
        assertThat(report.of(Code.PORT_BLOCKED_HERE)).hasSize(1);
    }

    @Test
    void portsThatAreBlockedOnBothSides() {
        peer.heard = Set.of(Heard.MULTICAST);
        peer.tcp = Tcp.SILENT;
        assertThat(onlyProblem(reportOfPeer()).code()).isEqualTo(Code.PORTS_BLOCKED_BOTH);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11,New-NetFirewallRule", "Mac OS X,socketfilterfw --add /opt/java/bin/java", "Linux,firewall-cmd"})
    void theFirewallOfEachSystem(String system, String command) {
        seen.system = system;
        seen.firewalls = List.of("firewall-cmd");
        peer.heard = Set.of(Heard.MULTICAST);
        assertThat(onlyProblem(reportOfPeer()).advice()).contains(command);
    }

    @Test
    void aNamedPortIsThatOfTheCommands() {
        seen.port = 4_711;
        seen.ports = new Ports(4_711, List.of(), List.of());
        peer.heard = Set.of(Heard.MULTICAST);
        assertThat(onlyProblem(reportOfPeer()).advice()).contains("4711").doesNotContain("7900");
    }

    @Test
    void aPortThatIsTaken() {
        seen.port = 4_711;
        seen.ports = new Ports(0, List.of(), List.of(4_711));
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.PORT_TAKEN);
        assertThat(found.seen()).contains("4711", "by TCP");
    }

    @Test
    void aPortThatIsTakenByAProgramOfTheRoomHereIsANote() {
        seen.port = Seen.PORT;
        seen.ports = new Ports(0, List.of(Seen.PORT), List.of(Seen.PORT));
        Seen.Peer own = new Seen.Peer();
        own.here = true;
        own.address = "192.0.2.11";
        seen.peers.add(own.made());
        DoctorReport report = report();
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
        assertThat(report.of(Code.PORT_TAKEN)).hasSize(1);
    }

    // ---- the machine

    @Test
    void aClockAnHourOff() {
        peer.aheadMillis = -3_600_000;
        Finding found = onlyProblem(reportOfPeer());
        assertThat(found.code()).isEqualTo(Code.CLOCK_OFF);
        assertThat(found.seen()).contains("1 h 0 min behind");
    }

    @Test
    void buffersThatAreTooSmall() {
        seen.buffers = new Buffers(4 * 1024 * 1024, 212_992);
        DoctorReport report = report();
        assertThat(report.isHealthy()).isTrue();
        Finding found = report.of(Code.SMALL_BUFFERS).get(0);
        assertThat(found.seen()).contains("208 KiB", "4096 KiB");
        assertThat(found.advice()).contains("sysctl -w net.core.rmem_max=4194304");
    }

    @Test
    void aNameThatIsTheLoopback() {
        seen.hostAddresses = List.of(Seen.address("127.0.1.1"));
        DoctorReport report = report();
        assertThat(report.isHealthy()).isTrue();
        assertThat(report.of(Code.NAME_IS_LOOPBACK)).extracting(Finding::seen).singleElement().asString().contains("ada", "127.0.1.1");
    }

    @Test
    void aHostThatIsTheLoopbackThoughOthersAreNot() {
        seen.hosts.add(host("ada", Tcp.REFUSED, "127.0.1.1"));
        seen.hosts.add(host("bob", Tcp.CONNECTED, Seen.OTHER));
        assertThat(onlyProblem(report()).code()).isEqualTo(Code.NAME_IS_LOOPBACK);
    }

    // ---- hosts and folders

    private static HostSeen host(String name, Tcp tcp, String... addresses) {
        Set<InetAddress> all = Arrays.stream(addresses).map(Seen::address).collect(Collectors.toSet());
        return new HostSeen(name, name, all, all.stream().anyMatch(InetAddress::isLoopbackAddress), tcp);
    }

    @Test
    void aHostWithoutAnAddress() {
        seen.hosts.add(host("eve.example", Tcp.NOT_TRIED));
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.UNKNOWN_HOST);
        assertThat(found.seen()).contains("eve.example");
    }

    @ParameterizedTest
    @CsvSource({"SILENT,Nothing came back", "REFUSED,nothing listens", "CONNECTED,takes connections", "UNREACHABLE,Nothing came back"})
    void aHostThatDoesNotAnswer(Tcp tcp, String said) {
        seen.hosts.add(host("bob", Tcp.CONNECTED, Seen.OTHER));
        seen.hosts.add(host("eve", tcp, "192.0.2.66"));
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.SILENT_HOST);
        assertThat(found.seen()).contains("eve (192.0.2.66)", said);
    }

    @Test
    void aFolder() {
        seen.folders.add(new FolderSeen("/mnt/rooms", 2, ""));
        assertThat(report().isHealthy()).isTrue();
        seen.folders.add(new FolderSeen("/mnt/none", 0, "there is no such folder"));
        assertThat(onlyProblem(report()).code()).isEqualTo(Code.FOLDER_UNUSABLE);
    }

    @Test
    void aDiscovery() {
        seen.finders.add(new FinderSeen("DNS-SD", 2, ""));
        assertThat(report().isHealthy()).isTrue();
        assertThat(report().of(Code.DISCOVERY)).hasSize(1);
        seen.finders.add(new FinderSeen("the board", 0, "it throws"));
        assertThat(onlyProblem(report()).code()).isEqualTo(Code.DISCOVERY_FAILED);
    }

    // ---- nobody

    @Test
    void nobody() {
        seen.peers.clear();
        Finding found = onlyProblem(report());
        assertThat(found.code()).isEqualTo(Code.NOBODY_HEARD);
        assertThat(found.advice()).contains("room name", "7900");
    }

    @Test
    void nobodyButTheProgramThatAsksItself() {
        peer.here = true;
        Finding found = onlyProblem(reportOfPeer());
        assertThat(found.code()).isEqualTo(Code.NOBODY_HEARD);
        assertThat(found.seen()).contains("on no other");
    }

    @Test
    void whoHasAnotherPassphraseIsNotNobody() {
        peer.state = State.OTHER_PASSPHRASE;
        assertThat(reportOfPeer().of(Code.NOBODY_HEARD)).isEmpty();
    }

    @Test
    void aRoomOfThisMachineAndOneWithAStackOfItsOwn() {
        seen.kind = Kind.THIS_MACHINE;
        assertThat(report().of(Code.THIS_MACHINE_ONLY).get(0).advice()).contains("lan()");
        seen.kind = Kind.OTHER;
        assertThat(report().of(Code.NOT_LOOKED_FOR)).hasSize(1);
    }

    @Test
    void manyLikeFindingsAreCounted() {
        seen.peers.clear();
        for (int i = 1; i <= 30; i++) {
            Seen.Peer each = new Seen.Peer();
            each.address = "192.0.2." + (100 + i);
            each.state = State.OTHER_PASSPHRASE;
            seen.peers.add(each.made());
        }
        List<Finding> found = report().of(Code.WRONG_PASSPHRASE);
        assertThat(found).hasSize(11);
        assertThat(found.get(10).seen()).contains("20 more");
    }
}
