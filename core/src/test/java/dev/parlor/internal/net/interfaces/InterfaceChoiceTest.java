package dev.parlor.internal.net.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the interfaces of a machine leads to the local network, as machines have them. */
class InterfaceChoiceTest {
    private static final String LAN = "192.168.1.5";

    private final List<Card> cards = new ArrayList<>();

    private void card(String name, String displayName, String kinds, String... addresses) {
        cards.add(new Card(name, displayName, cards.size() + 1, kinds.contains("lo"), kinds.contains("p2p"), false,
                !kinds.contains("nomulticast"), 1500, Arrays.stream(addresses).map(InterfaceChoiceTest::address).toList()));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private String chosen(String routed, String... met) {
        return InterfaceChoice.of(cards, routed.isEmpty() ? Optional.empty() : Optional.of(address(routed)), false, Set.of(met))
                .map(each -> each.card().name() + " " + each.address().getHostAddress()).orElse("none");
    }

    @Test
    void whereOthersAreMetIsKnownBetterThanByAnySign() {
        card("docker0", "docker0", "", "172.17.0.1");
        card("eth1", "eth1", "", LAN);
        assertThat(chosen(LAN)).isEqualTo("eth1 " + LAN);
        assertThat(chosen(LAN, "docker0")).isEqualTo("docker0 172.17.0.1");
        assertThat(chosen(LAN, "docker0", "eth1")).as("both").isEqualTo("eth1 " + LAN);
        assertThat(chosen(LAN, "eth7")).as("one that has gone").isEqualTo("eth1 " + LAN);
    }

    /** Beside the card of the local network there is one more, created before it. */
    @ParameterizedTest
    @CsvSource({"docker0, docker0, 172.17.0.1", "br-0123456789ab, x, 172.18.0.1", "veth12, x, 172.17.0.9", "virbr0, x, 192.168.122.1",
            "vmnet8, x, 172.16.9.1", "vboxnet0, x, 192.168.56.1", "lxdbr0, x, 10.0.3.1", "lxcbr0, x, 10.0.3.1", "nerdctl0, x, 10.4.0.1",
            "cni0, x, 10.244.0.1", "podman0, x, 10.88.0.1", "tun0, x, 10.8.0.2", "tap0, x, 10.8.0.2", "utun3, x, 10.8.0.2",
            "wg0, x, 10.9.0.2", "zt5u4, x, 10.147.17.2", "tailscale0, x, 100.101.1.2", "ham0, x, 25.1.2.3", "ppp0, x, 10.64.1.2",
            "eth5, VirtualBox Host-Only Ethernet Adapter, 192.168.56.1", "eth6, Hyper-V Virtual Ethernet Adapter, 172.22.1.1",
            "eth7, VMware Virtual Ethernet Adapter for VMnet8, 192.168.9.1", "eth8, TAP-Windows Adapter V9, 10.8.0.2",
            "eth9, LogMeIn Hamachi Virtual Ethernet Adapter, 25.1.2.3", "net4, WireGuard Tunnel, 10.9.0.2"})
    void theCardOfTheLocalNetworkThoughAnotherCameUpBefore(String name, String displayName, String address) {
        card("lo", "lo", "lo", "127.0.0.1");
        card(name, displayName, "", address);
        card("eth1", "Intel(R) Ethernet Connection", "", LAN);
        assertThat(chosen("")).isEqualTo("eth1 " + LAN);
        assertThat(chosen(address)).as("all goes through it, as through a VPN").isEqualTo("eth1 " + LAN);
    }

    @Test
    void aBridgeThatIsTheLocalNetwork() {
        card("docker0", "docker0", "", "172.17.0.1");
        card("br-office", "br-office", "", LAN);
        assertThat(chosen("")).isEqualTo("br-office " + LAN);
    }

    @Test
    void ofTwoNetworksTheOneThatLeadsToTheWorld() {
        card("wlan0", "wlan0", "", "10.0.0.7");
        card("eth1", "eth1", "", LAN);
        assertThat(chosen(LAN)).isEqualTo("eth1 " + LAN);
        assertThat(chosen("10.0.0.7")).isEqualTo("wlan0 10.0.0.7");
    }

    @Test
    void aNetworkOfPublicAddressesBesideAnInnerBridge() {
        card("virbr0", "virbr0", "", "192.168.122.1");
        card("eth0", "eth0", "", "131.159.0.10");
        assertThat(chosen("")).isEqualTo("eth0 131.159.0.10");
    }

    @Test
    void notACardWithoutAnAddressOrWithoutMulticast() {
        card("eth0", "eth0", "");
        card("eth1", "eth1", "nomulticast", "192.168.7.5");
        card("eth2", "eth2", "", LAN);
        assertThat(chosen("")).isEqualTo("eth2 " + LAN);
    }

    @Test
    void whatThereIsIfThereIsNothingBetter() {
        card("lo", "lo", "lo", "127.0.0.1");
        assertThat(chosen("")).isEqualTo("none");
        card("tun0", "tun0", "p2p", "10.8.0.2");
        assertThat(chosen("")).isEqualTo("tun0 10.8.0.2");
        card("eth0", "eth0", "nomulticast", "192.168.7.5");
        assertThat(chosen("")).isEqualTo("eth0 192.168.7.5");
    }

    @Test
    void anAddressOfIpv6WhereThereIsNoOther() {
        card("eth0", "eth0", "", "fe80::1", "2001:db8::7");
        assertThat(chosen("")).isEqualTo("eth0 2001:db8:0:0:0:0:0:7");
        card("eth1", "eth1", "", "169.254.3.4");
        assertThat(chosen("")).as("a wide address rather than one of the link").isEqualTo("eth0 2001:db8:0:0:0:0:0:7");
    }

    @Test
    void whyIsTold() {
        card("eth1", "eth1", "", LAN);
        assertThat(InterfaceChoice.of(cards, Optional.empty(), false, Set.of()).orElseThrow().reason()).contains("only one");
    }
}
