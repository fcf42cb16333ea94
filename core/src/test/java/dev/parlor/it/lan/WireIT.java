package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms over IPv4 and IPv6, small packets, packets that are lost, and many hosts at once. */
@Timeout(300)
class WireIT {
    private static final int HOSTS = 10;
    private static final int STATE_BYTES = 10_000_000;
    private static final Duration UNDER_LOSS = Duration.ofSeconds(60);

    private Lan lan;

    @BeforeEach
    void build() {
        lan = new Lan();
    }

    @AfterEach
    void remove() {
        if (lan != null) {
            lan.close();
        }
    }

    private void meet(Host ada, Host ben, Setup setup) {
        Program ann = ada.starts("ann", setup);
        Program bob = ben.starts("bob", setup);
        lan.awaitTogether(ann, bob);
        ann.fill(STATE_BYTES / 10);
        lan.awaitTogether(ann, bob);
        assertThat(ann.warnings()).isEmpty();
        assertThat(bob.warnings()).isEmpty();
    }

    @Test
    void ipv6AloneMeets() {
        Switch office = lan.network("fd00:9::/64");
        meet(lan.host().card("eth0", office), lan.host().card("eth0", office), Setup.lan());
    }

    @ParameterizedTest
    @Tag("lan")
    @CsvSource({"fd00:9::/64, false, true", "fd00:9::/64, true, true", "192.168.9.0/24, false, false", "192.168.9.0/24, true, false",
        "2001:db8:9::/64, false, true"})
    void oneFamilyAloneMeets(String range, boolean sealed, boolean ipv6) {
        Switch office = lan.network(range);
        meet(lan.host().ipv6(ipv6).card("eth0", office), lan.host().ipv6(ipv6).card("eth0", office), Setup.lan().sealed(sealed));
    }

    @Test
    @Tag("lan")
    void linkLocalAddressesAloneMeet() {
        Switch office = lan.network();
        meet(lan.host().bare("eth0", office), lan.host().bare("eth0", office), Setup.lan());
    }

    @Test
    @Tag("lan")
    void bothFamiliesMeetWhoHasOneOfThem() {
        Switch office = lan.network("192.168.9.0/24", "fd00:9::/64");
        Host ada = lan.host().card("eth0", office);
        Host ben = lan.host().ipv6(false).card("eth0", office, "192.168.9.12/24");
        Host cas = lan.host().card("eth0", office);
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        Program cat = cas.starts("cat", Setup.lan());
        lan.awaitTogether(ann, bob, cat);
        ann.fill(STATE_BYTES / 10);
        lan.awaitTogether(ann, bob, cat);
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void smallPacketsCarryARoom(boolean sealed) {
        Switch office = lan.network("192.168.9.0/24", "fd00:9::/64");
        meet(lan.host().card("eth0", office).mtu("eth0", 1280), lan.host().card("eth0", office).mtu("eth0", 1280),
                Setup.lan().sealed(sealed));
    }

    @Test
    void fragmentsThatAreDroppedDoNoHarm() {
        Switch office = lan.network("192.168.9.0/24");
        Host ada = lan.host().card("eth0", office);
        Host ben = lan.host().card("eth0", office);
        ada.firewall().dropFragments();
        ben.firewall().dropFragments();
        meet(ada, ben, Setup.lan());
    }

    @Test
    @Tag("lan")
    void smallPacketsWithoutFragmentsCarryTheStateToAJoiner() {
        Switch office = lan.network("192.168.9.0/24");
        Host ada = lan.host().card("eth0", office).mtu("eth0", 1280);
        Host ben = lan.host().card("eth0", office).mtu("eth0", 1280);
        ada.firewall().dropFragments();
        ben.firewall().dropFragments();
        Program ann = ada.starts("ann", Setup.lan());
        ann.fill(STATE_BYTES);
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitTogether(ann, bob);
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void tenHostsThatStartAtOnceAreOneRoom(boolean sealed) {
        many(sealed, 0, Lan.SOON);
    }

    @Test
    @Tag("lan")
    void tenHostsThatJoinAtOnceAreOneRoomThoughPacketsAreLost() {
        many(false, 0.05, Lan.SOON);
    }

    /** Their JVMs run when they begin to join: ten that start at once would keep the test's machine busy for longer than they may take. */
    private void many(boolean sealed, double loss, Duration atMost) {
        Switch office = lan.network("192.168.9.0/24");
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            Host host = lan.host().card("eth0", office);
            programs.add(host.starts("p" + i));
            if (loss > 0) {
                host.firewall().lose(loss);
            }
        }
        // The first room of a JVM loads classes.
        programs.forEach(each -> each.joins("warm", new Setup(List.of())));
        programs.forEach(Program::joined);
        programs.forEach(each -> each.joins(Setup.lan().sealed(sealed)));
        lan.awaitTogether(atMost, programs.toArray(Program[]::new));
        programs.forEach(each -> assertThat(each.warnings()).isEmpty());
    }

    @ParameterizedTest
    @Tag("lan")
    @CsvSource({"0.01, false, 1", "0.05, false, 1", "0.2, false, 0.02", "0.01, true, 1", "0.05, true, 1"})
    void theWholeStateReachesAJoinerThoughPacketsAreLost(double loss, boolean sealed, double part) {
        Switch office = lan.network("192.168.9.0/24");
        Host ada = lan.host().card("eth0", office);
        Host ben = lan.host().card("eth0", office);
        Program ann = ada.starts("ann", Setup.lan().sealed(sealed));
        // Of five packets that each carry 1.4 KB TCP brings twenty a second where one is lost: 10 MB would take minutes.
        ann.fill((int) (part * STATE_BYTES));
        int size = ann.size();
        ada.firewall().lose(loss);
        ben.firewall().lose(loss);
        Program bob = ben.starts("bob", Setup.lan().sealed(sealed));
        bob.joined();
        if (bob.metAtJoin() == 2) {
            assertThat(bob.size()).as("what is there at the end of the join").isEqualTo(size);
        }
        lan.awaitTogether(UNDER_LOSS, ann, bob);
        assertThat(bob.size()).isEqualTo(size);
    }
}
