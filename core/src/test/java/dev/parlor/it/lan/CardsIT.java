package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs meet whatever network cards their hosts have, in whatever order these came up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class CardsIT {
    /** Where ben's host is on networks; ada's is on the office alone. */
    record Arrangement(String name, Cards cards) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Puts cards into a host. */
    interface Cards {
        void into(Host ben, CardsIT nets);
    }

    private Lan lan;
    private Switch office;
    /** A LAN with public addresses, as some universities have it. */
    private Switch campus;
    private Switch vpn;
    private Switch docker;
    private Switch other;
    private Host ada;
    private Host ben;
    private Program ann;
    private Program bob;

    @BeforeAll
    void build() {
        lan = new Lan();
        office = lan.network("192.168.9.0/24");
        campus = lan.network("198.51.100.0/24");
        vpn = lan.network("10.8.0.0/24");
        docker = lan.network("172.17.0.0/16");
        other = lan.network("10.77.0.0/16");
        ada = lan.host();
        ben = lan.host();
        ann = ada.starts("ann");
        bob = ben.starts("bob");
    }

    @AfterAll
    void remove() {
        if (lan != null) {
            lan.close();
        }
    }

    private static Arrangement of(String name, Cards cards) {
        return new Arrangement(name, cards);
    }

    static List<Arrangement> telling() {
        return List.of(
                of("a VPN and Docker before the LAN", (ben, n) -> ben.card("tun0", n.vpn).card("docker0", n.docker).card("eth0", n.office)),
                of("names that tell nothing, the other network first", (ben, n) -> ben.card("eth1", n.other).card("eth5", n.office)),
                of("the LAN is a bridge with a name like Docker's", (ben, n) -> ben.card("wlan0", n.other).bridge("br-office", n.office)),
                of("a card without an address before the LAN", (ben, n) -> ben.bare("eth0", n.other).card("eth1", n.office)),
                of("the LAN's card does not multicast", (ben, n) -> ben.card("eth0", n.office).noMulticast("eth0")));
    }

    static List<Arrangement> more() {
        return List.of(
                of("tun0, eth0, docker0", (ben, n) -> ben.card("tun0", n.vpn).card("eth0", n.office).card("docker0", n.docker)),
                of("docker0, tun0, eth0", (ben, n) -> ben.card("docker0", n.docker).card("tun0", n.vpn).card("eth0", n.office)),
                of("eth0, docker0, tun0", (ben, n) -> ben.card("eth0", n.office).card("docker0", n.docker).card("tun0", n.vpn)),
                of("eth5 of another network, then eth1", (ben, n) -> ben.card("eth5", n.other).card("eth1", n.office)),
                of("Hamachi first", (ben, n) -> ben.card("ham0", n.vpn, "25.1.2.3/8").card("eth0", n.office)),
                of("LXD first", (ben, n) -> ben.bridge("lxdbr0", n.docker).card("eth0", n.office)),
                of("nerdctl first", (ben, n) -> ben.bridge("nerdctl0", n.docker).card("eth0", n.office)),
                of("the Wi-Fi of another LAN first", (ben, n) -> ben.card("wlan0", n.other).card("eth0", n.office)),
                of("the other network has the default route", (ben, n) -> ben.card("eth0", n.office).card("eth1", n.other).routesBy("eth1")),
                of("the VPN has the default route", (ben, n) -> ben.card("tun0", n.vpn).card("eth0", n.office).routesBy("tun0")),
                of("a VPN that has a peer and no network", (ben, n) -> ben.pointToPoint("tun0", n.vpn, "10.8.0.9", "10.8.0.1")
                        .card("eth0", n.office)),
                of("all networks of Docker, Podman, libvirt", (ben, n) -> ben.card("docker0", n.docker).bridge("br-0a1b2c3d4e5f", n.vpn)
                        .card("podman0", n.other).card("virbr0", n.other, "192.168.122.1/24").card("enp3s0", n.office)),
                of("two cards on the LAN", (ben, n) -> ben.card("eth0", n.office).card("wlan0", n.office, "192.168.9.66/24")),
                of("two addresses on the card", (ben, n) -> ben.card("eth0", n.office, "10.200.0.7/24", "192.168.9.67/24")),
                of("the range of the LAN in another network too", (ben, n) -> ben.card("eth0", n.office)
                        .card("virbr9", n.other, "192.168.9.1/24")),
                of("a card that is down first", (ben, n) -> ben.card("eth0", n.other).down("eth0").card("eth1", n.office)),
                of("a card whose cable is out first", (ben, n) -> ben.card("eth0", n.other).plugged("eth0", false).card("eth1", n.office)),
                of("long names as systemd gives them", (ben, n) -> ben.card("enp0s31f6", n.other).card("wlp0s20f3", n.office)),
                of("a self-assigned address on the other card", (ben, n) -> ben.card("eth0", n.other, "169.254.7.7/16").card("eth1", n.office)),
                of("WireGuard, Tailscale, ZeroTier first", (ben, n) -> ben.card("wg0", n.vpn).card("tailscale0", n.other, "100.64.0.7/10")
                        .card("zt5u4y6ejv", n.docker).card("eth0", n.office)),
                of("a LAN called tap0", (ben, n) -> ben.card("docker0", n.docker).card("tap0", n.office)),
                of("multicast off on the LAN's card, on beside it", (ben, n) -> ben.card("eth0", n.other).card("eth1", n.office)
                        .noMulticast("eth1")),
                of("a VLAN's name and the trunk without an address", (ben, n) -> ben.bare("eth0", n.other).card("eth0.20", n.office)),
                of("eight cards, the LAN in the midst", (ben, n) -> {
                    for (int i = 0; i < 8; i++) {
                        ben.card("eth" + i, i == 4 ? n.office : n.other, i == 4 ? "192.168.9.77/24" : "10." + (90 + i) + ".0.7/24");
                    }
                }));
    }

    @Test
    void theMostTellingArrangementsMeet() {
        telling().forEach(each -> meets(each, Setup.lan(), true));
    }

    @Test
    @Tag("lan")
    void aPublicRangeIsTheLanBesideAPrivateBridge() {
        clear(true);
        ada.card("eth0", campus);
        ben.bridge("virbr0", docker).card("eth0", campus);
        meet("public range", Setup.lan());
    }

    @Tag("lan")
    @ParameterizedTest
    @MethodSource("more")
    void anyArrangementMeets(Arrangement each) {
        meets(each, Setup.lan(), true);
    }

    static Stream<Arrangement> all() {
        return Stream.concat(telling().stream(), more().stream());
    }

    @Tag("lan")
    @ParameterizedTest
    @MethodSource("all")
    void anyArrangementMeetsWithoutIpv6(Arrangement each) {
        meets(each, Setup.lan(), false);
    }

    @Tag("lan")
    @ParameterizedTest
    @MethodSource("all")
    void anyArrangementMeetsWithAPassphrase(Arrangement each) {
        meets(each, Setup.lan().sealed(), true);
    }

    private void clear(boolean ipv6) {
        ada.removeAll().ipv6(ipv6);
        ben.removeAll().ipv6(ipv6);
    }

    private void meets(Arrangement each, Setup setup, boolean ipv6) {
        clear(ipv6);
        ada.card("eth0", office);
        each.cards().into(ben, this);
        meet(each.name(), setup);
    }

    private void meet(String name, Setup setup) {
        lan.nextRoom();
        ann.joins(setup);
        bob.joins(setup);
        lan.awaitTogether(ann, bob);
        ann.put("k", "v");
        bob.put("l", "w");
        lan.awaitTogether(ann, bob);
        System.out.println("lan: " + name + ": joined in " + ann.joined() + " and " + bob.joined() + " ms, " + bob.network());
        assertThat(ann.warnings()).isEmpty();
        assertThat(bob.warnings()).isEmpty();
        assertThat(bob.network()).as("where they are met").containsPattern("address=Optional\\[/(192\\.168\\.9|198\\.51\\.100)\\.");
    }
}
