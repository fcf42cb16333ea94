package dev.parlor.internal.net.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.interfaces.LocalNetworks.Look;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalNetworksTest {
    private static final long A_SECOND = 1_000_000_000L;

    private List<Card> cards = List.of(card("eth0", 2, "192.168.1.5", "fe80::5"));
    private Optional<InetAddress> routed = Optional.empty();
    private long nanos;
    private int looks;
    private final LocalNetworks networks = new LocalNetworks(() -> {
        looks++;
        return cards;
    }, () -> routed, () -> nanos);

    private static Card card(String name, int index, String... addresses) {
        return new Card(name, name, index, false, false, false, true, 1_500, Arrays.stream(addresses).map(LocalNetworksTest::address).toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void itIsLookedAtOnceASecondHoweverOftenItIsAsked() {
        Look first = networks.look();
        cards = List.of(card("eth0", 2, "192.168.1.6"));
        nanos = A_SECOND - 1;
        assertThat(networks.look()).isSameAs(first);
        assertThat(looks).isOne();
        nanos = A_SECOND;
        assertThat(networks.look().addresses()).containsExactly(address("192.168.1.6"));
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void itIsLookedAtNowIfThatIsAsked() {
        networks.look();
        cards = List.of(card("wlan0", 3, "10.0.0.5"));
        assertThat(networks.lookNow().addresses()).containsExactly(address("10.0.0.5"));
        assertThat(networks.look().addresses()).containsExactly(address("10.0.0.5"));
    }

    @Test
    void whereNothingHasChangedItIsTheSame() {
        Look first = networks.look();
        nanos = 5 * A_SECOND;
        cards = List.of(card("eth0", 2, "192.168.1.5", "fe80::5"));
        assertThat(networks.look()).isSameAs(first);
        // It went down and came up again: groups are left by that.
        cards = List.of(card("eth0", 9, "192.168.1.5", "fe80::5"));
        assertThat(networks.lookNow()).isNotEqualTo(first);
        routed = Optional.of(address("192.168.1.5"));
        Look before = networks.look();
        assertThat(networks.lookNow()).isNotEqualTo(before);
    }

    @Test
    void oneCardByNameOrAddress() {
        cards = List.of(card("eth0", 2, "192.168.1.5"), card("wlan0", 3, "10.0.0.5", "2001:db8::5"));
        Look all = networks.look();
        assertThat(all.only(null)).isSameAs(all);
        assertThat(all.only("wlan0").addresses()).containsExactlyInAnyOrder(address("10.0.0.5"), address("2001:db8::5"));
        assertThat(all.only("10.0.0.5").cards()).extracting(Card::name).containsExactly("wlan0");
        assertThat(all.only("2001:db8:0::5").cards()).extracting(Card::name).containsExactly("wlan0");
        assertThat(all.only("eth1").cards()).isEmpty();
        assertThat(all.only("192.168.1.6").cards()).isEmpty();
        assertThat(all.only("eth1").choice()).isEmpty();
        assertThat(all.addresses()).hasSize(3);
    }

    @Test
    void whatIsOnTheSameNetwork() {
        Look own = new Look(Card.all().stream().filter(Card::loopback).toList(), Optional.empty());
        assertThat(own.isOnLink(address("127.0.0.2"))).isTrue();
        assertThat(own.isOnLink(address("192.0.2.1"))).isFalse();
        assertThat(own.isOnLink(address("2001:db8::1"))).isFalse();
        assertThat(networks.look().isOnLink(address("192.168.1.6"))).as("of a card that is not there").isFalse();
    }
}
