package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Warning.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room follows its host to other addresses, cards and networks, and through sleep; nothing that was written meanwhile is lost. */
@Timeout(300)
class FollowingIT {
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Duration SLEEP = Duration.ofSeconds(60);

    private Lan lan;
    private Switch office;
    private Host ada;
    private Host ben;
    private Program ann;
    private Program bob;

    @BeforeEach
    void build() {
        lan = new Lan();
        office = lan.network("192.168.9.0/24");
        ada = lan.host().card("eth0", office);
        ben = lan.host();
    }

    @AfterEach
    void remove() {
        if (lan != null) {
            lan.close();
        }
    }

    private void meet(Setup setup) {
        ann = ada.starts("ann", setup);
        bob = ben.starts("bob", setup);
        lan.awaitTogether(ann, bob);
    }

    private void write(String key) {
        ann.put(key + "/ann", "v");
        bob.put(key + "/bob", "v");
    }

    private void assertBack(String key) {
        lan.awaitTogether(ann, bob);
        for (Program each : List.of(ann, bob)) {
            assertThat(List.of(each.get(key + "/ann"), each.get(key + "/bob"))).as("what was written meanwhile, at " + each.name())
                    .containsOnly("v");
        }
        ann.send("after-" + key);
        await().atMost(Lan.SOON).untilAsserted(() -> assertThat(bob.heard()).contains("after-" + key));
    }

    @Test
    void anotherAddressIsFollowed() {
        ben.card("eth0", office);
        meet(Setup.lan());
        ben.readdress("eth0", "192.168.9.77/24");
        write("new-address");
        assertBack("new-address");
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void addressesThatChangeTwiceAndWithTheirRangeAreFollowed(boolean sealed) {
        ben.card("eth0", office);
        meet(Setup.lan().sealed(sealed));
        ben.readdress("eth0", "192.168.9.77/24");
        write("first");
        assertBack("first");
        ada.readdress("eth0", "10.44.0.1/24");
        ben.readdress("eth0", "10.44.0.2/24");
        write("second");
        assertBack("second");
    }

    @Test
    @Tag("lan")
    void anotherAddressIsFollowedWithHosts() {
        ben.card("eth0", office);
        office.blockMulticastAndBroadcast();
        meet(Setup.hosts(ada.at(office)));
        office.passAll();
        ben.readdress("eth0", "192.168.9.77/24");
        write("new-address");
        assertBack("new-address");
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void anInterfaceThatWasDownIsBack(boolean sealed) {
        ben.card("eth0", office);
        meet(Setup.lan().sealed(sealed));
        ben.down("eth0");
        write("down");
        lan.pass(OUTAGE);
        write("long-down");
        ben.up("eth0");
        assertBack("down");
        assertBack("long-down");
    }

    @Test
    @Tag("lan")
    void aCableThatWasOutIsBack() {
        ben.card("eth0", office);
        meet(Setup.lan());
        ben.plugged("eth0", false);
        write("out");
        lan.pass(OUTAGE);
        ben.plugged("eth0", true);
        assertBack("out");
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void fromWifiToCableOfTheSameNetwork(boolean sealed) {
        ben.card("wlan0", office, "192.168.9.66/24");
        meet(Setup.lan().sealed(sealed));
        ben.card("eth0", office);
        ben.down("wlan0");
        write("on-cable");
        assertBack("on-cable");
        await().atMost(Lan.SOON).untilAsserted(() -> assertThat(bob.network()).contains("eth0"));
    }

    @Test
    @Tag("lan")
    void fromWifiToCableWithATimeWithoutBoth() {
        ben.card("wlan0", office, "192.168.9.66/24");
        meet(Setup.lan());
        ben.remove("wlan0");
        write("without");
        lan.awaitApart(ann, bob);
        ben.card("eth0", office);
        assertBack("without");
    }

    @Test
    @Tag("lan")
    void bothMoveToAnotherNetwork() {
        Switch home = lan.network("10.55.0.0/24");
        ben.card("eth0", office);
        meet(Setup.lan());
        ben.move("eth0", home);
        write("apart");
        lan.awaitApart(ann, bob);
        ada.move("eth0", home);
        assertBack("apart");
    }

    @Test
    @Tag("lan")
    void theOtherIsOnTheNetworkOfTheSecondCardNow() {
        Switch home = lan.network("10.55.0.0/24");
        ben.card("eth0", office).card("wlan0", home);
        meet(Setup.lan());
        ada.move("eth0", home);
        write("moved");
        assertBack("moved");
    }

    @Test
    void aNetworkThatComesLaterIsUsed() {
        ann = ada.starts("ann", Setup.lan());
        bob = ben.starts("bob", Setup.lan());
        ann.joined();
        bob.joined();
        write("before");
        ben.card("eth0", office);
        assertBack("before");
    }

    @Test
    @Tag("lan")
    void aNetworkThatComesMuchLaterIsUsedByHosts() {
        Setup hosts = Setup.hosts("192.168.9.11", "192.168.9.12");
        ann = ada.starts("ann", hosts);
        bob = ben.starts("bob", hosts);
        bob.joined();
        lan.awaitWarning(Lan.WARNED, bob, Kind.NOBODY_HEARD);
        write("before");
        lan.pass(OUTAGE);
        ben.card("eth0", office);
        assertBack("before");
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void sleepOfAMinuteLosesNothing(boolean sealed) {
        ben.card("eth0", office);
        meet(Setup.lan().sealed(sealed));
        bob.pause();
        ann.put("asleep/ann", "v");
        lan.pass(SLEEP);
        ann.put("asleep/late", "v");
        bob.resume();
        bob.put("asleep/bob", "v");
        assertBack("asleep");
        assertThat(bob.get("asleep/late")).isEqualTo("v");
        assertThat(ann.warnings()).isEmpty();
        assertThat(bob.warnings()).isEmpty();
    }

    @Test
    @Tag("lan")
    void sleepAndAnotherAddressLosesNothing() {
        ben.card("eth0", office);
        meet(Setup.lan());
        bob.pause();
        lan.pass(OUTAGE);
        ann.put("asleep/ann", "v");
        ben.readdress("eth0", "192.168.9.77/24");
        bob.resume();
        bob.put("asleep/bob", "v");
        assertBack("asleep");
    }

    @Test
    @Tag("lan")
    void aSecondAddressThatGoesWithTheFirstIsFollowed() {
        ben.card("eth0", office, "192.168.9.12/24", "192.168.9.66/24");
        meet(Setup.lan());
        // The system removes the second with the first.
        ben.ip("addr", "del", "192.168.9.12/24", "dev", "eth0");
        write("without");
        ben.readdress("eth0", "192.168.9.66/24");
        assertBack("without");
    }
}
