package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Warning.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where switches do not pass on everything and firewalls deny what comes in, programs meet by another way or say why they do not. */
@Timeout(300)
class BlockedIT {
    private static final Duration JOINED = Duration.ofSeconds(3);
    /** Who multicasts does so each second or two. */
    private static final Duration ENDED = Duration.ofSeconds(12);
    private static final int MESSAGES = 60;

    private Lan lan;
    private Switch office;
    private Host ada;
    private Host ben;

    @BeforeEach
    void build() {
        lan = new Lan();
        office = lan.network("192.168.9.0/24");
        ada = lan.host().card("eth0", office);
        ben = lan.host().card("eth0", office);
    }

    @AfterEach
    void remove() {
        if (lan != null) {
            lan.close();
        }
    }

    @Test
    void multicastBlockedIsGoneRoundByBroadcastAndTold() {
        office.blockMulticast();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitTogether(ann, bob);
        lan.awaitWarning(Lan.WARNED, ann, Kind.MULTICAST_BLOCKED);
        lan.awaitWarning(Lan.WARNED, bob, Kind.MULTICAST_BLOCKED);
        assertThat(ann.warned()).containsOnlyOnce(Kind.MULTICAST_BLOCKED).hasSize(1);
    }

    @Test
    @Tag("lan")
    void multicastBlockedIsGoneRoundWithAPassphraseToo() {
        office.blockMulticast();
        Program ann = ada.starts("ann", Setup.lan().sealed());
        Program bob = ben.starts("bob", Setup.lan().sealed());
        lan.awaitTogether(ann, bob);
        lan.awaitWarning(Lan.WARNED, ann, Kind.MULTICAST_BLOCKED);
        lan.awaitWarning(Lan.WARNED, bob, Kind.MULTICAST_BLOCKED);
    }

    @Test
    void multicastAndBroadcastBlockedIsToldAndHostsAndFoldersMeet(@TempDir Path folder) {
        office.blockMulticastAndBroadcast();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitWarning(Lan.WARNED, ann, Kind.NOBODY_HEARD);
        lan.awaitWarning(Lan.WARNED, bob, Kind.NOBODY_HEARD);
        Setup hosts = Setup.hosts(ada.at(office), ben.at(office));
        for (Setup each : List.of(hosts, hosts.and(Setup.lan()), Setup.folder(folder), Setup.folder(folder).and(Setup.lan()))) {
            lan.nextRoom();
            ann.joins(each).joined();
            bob.joins(each);
            lan.awaitTogether(JOINED, ann, bob);
            assertThat(bob.joined()).as(each.toString()).isLessThan(JOINED.toMillis());
            System.out.println("lan: " + each.words() + ": joined in " + ann.joined() + " and " + bob.joined() + " ms");
        }
    }

    @Tag("lan")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFolderAndHostsMeetWhereNothingElseDoesWithAPassphrase(boolean later, @TempDir Path folder) {
        office.blockMulticastAndBroadcast();
        Setup way = (later ? Setup.folder(folder) : Setup.hosts(ada.at(office), ben.at(office))).sealed();
        Program ann = ada.starts("ann", way);
        ann.joined();
        Program bob = ben.starts("bob", way);
        lan.awaitTogether(ann, bob);
        assertThat(bob.metAtJoin()).isEqualTo(2);
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void multicastThatEndsInMidRunLosesNothingAndIsTold(boolean sealed) {
        Program ann = ada.starts("ann", Setup.lan().sealed(sealed));
        Program bob = ben.starts("bob", Setup.lan().sealed(sealed));
        lan.awaitTogether(ann, bob);
        List<String> statuses = ann.statuses();
        office.blockMulticast();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            ann.send("m" + i);
            ann.put("k" + i, "v");
            sent.add("m" + i);
        }
        await().atMost(Lan.SOON).untilAsserted(() -> assertThat(bob.heard()).isEqualTo(sent));
        lan.awaitTogether(ann, bob);
        lan.awaitWarning(ENDED, ann, Kind.MULTICAST_BLOCKED);
        lan.awaitWarning(ENDED, bob, Kind.MULTICAST_BLOCKED);
        assertThat(ann.statuses()).as("statuses of ann").isEqualTo(statuses);
        office.passAll();
        ann.send("last");
        await().atMost(Lan.SOON).untilAsserted(() -> assertThat(bob.heard()).contains("last"));
    }

    @Test
    @Tag("lan")
    void multicastThatOpensInMidRunBringsThemTogether() {
        office.blockMulticastAndBroadcast();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitWarning(Lan.WARNED, ann, Kind.NOBODY_HEARD);
        ann.put("of", "ann");
        office.passAll();
        lan.awaitTogether(ann, bob);
    }

    // ---- firewalls

    @Tag("lan")
    @Test
    void aFirewallAtOneSideIsNamedOnEachAndHostsThereGoRoundIt() {
        ben.firewall().denyIncoming();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        ann.joined();
        bob.joined();
        lan.awaitTogetherOrWarned(ann, bob);
        lan.nextRoom();
        Setup hosts = Setup.lan().and(Setup.hosts(ada.at(office)));
        ann.joins(Setup.lan());
        bob.joins(hosts);
        lan.awaitTogether(ann, bob);
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void whoIsBehindAFirewallMeetsByNamingTheOther(boolean sealed) {
        ben.firewall().denyIncoming();
        Setup hosts = Setup.hosts(ada.at(office), ben.at(office)).sealed(sealed);
        // First the one who can be reached, then the other way round.
        Program ann = ada.starts("ann", hosts);
        ann.joined();
        Program bob = ben.starts("bob", hosts);
        lan.awaitTogether(ann, bob);
        lan.nextRoom();
        bob.joins(hosts).joined();
        ann.joins(hosts);
        lan.awaitTogether(ann, bob);
        ann.send("to-bob");
        bob.send("to-ann");
        await().atMost(Lan.SOON).untilAsserted(() -> assertThat(List.of(ann.heard(), bob.heard()))
                .isEqualTo(List.of(List.of("to-ann"), List.of("to-bob"))));
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void threeOfWhomOneIsBehindAFirewallAreOneRoom(boolean sealed) {
        ben.firewall().denyIncoming();
        Host cas = lan.host().card("eth0", office);
        Setup hosts = Setup.lan().and(Setup.hosts(ada.at(office), cas.at(office))).sealed(sealed);
        Program bob = ben.starts("bob", hosts);
        Program ann = ada.starts("ann", hosts);
        Program cat = cas.starts("cat", hosts);
        lan.awaitTogether(ann, bob, cat);
        ann.fill(1_000_000);
        lan.awaitTogether(ann, bob, cat);
    }

    @Test
    @Tag("lan")
    void firewallsAtBothSidesAreToldOnBoth() {
        ada.firewall().denyIncoming();
        ben.firewall().denyIncoming();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitWarning(Lan.WARNED, ann, Kind.NOBODY_HEARD, Kind.UNREACHABLE);
        lan.awaitWarning(Lan.WARNED, bob, Kind.NOBODY_HEARD, Kind.UNREACHABLE);
        lan.nextRoom();
        // Each asks the other, which lets in the answers: by UDP alone, as nobody can connect.
        Setup hosts = Setup.lan().and(Setup.hosts(ada.at(office), ben.at(office)));
        ann.joins(hosts);
        bob.joins(hosts);
        lan.awaitWarning(Lan.SOON, ann, Kind.NOBODY_HEARD, Kind.UNREACHABLE);
        lan.awaitWarning(Lan.SOON, bob, Kind.NOBODY_HEARD, Kind.UNREACHABLE);
    }

    @Test
    @Tag("lan")
    void onePortThatIsOpenAtBothSidesIsEnough() {
        ada.firewall().denyIncoming().allow(7950);
        ben.firewall().denyIncoming().allow(7950);
        Setup hosts = Setup.hosts(ada.at(office) + ":7950", ben.at(office) + ":7950").port(7950);
        Program ann = ada.starts("ann", hosts);
        Program bob = ben.starts("bob", hosts);
        lan.awaitTogether(ann, bob);
        ann.fill(1_000_000);
        lan.awaitTogether(ann, bob);
    }

    @Test
    @Tag("lan")
    void aFirewallThatOpensBringsThemTogether() {
        ada.firewall().denyIncoming();
        ben.firewall().denyIncoming();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitWarning(Lan.WARNED, ann, Kind.NOBODY_HEARD, Kind.UNREACHABLE);
        ada.firewall().open();
        ben.firewall().open();
        lan.awaitTogether(ann, bob);
    }

    @Test
    @Tag("lan")
    void aFirewallThatClosesInMidRunKeepsTheConnectionsThereAre() {
        ben.firewall().track();
        Program ann = ada.starts("ann", Setup.lan());
        Program bob = ben.starts("bob", Setup.lan());
        lan.awaitTogether(ann, bob);
        ben.firewall().denyIncoming();
        for (int i = 0; i < MESSAGES; i++) {
            ann.send("m" + i);
        }
        await().atMost(Lan.SOON).untilAsserted(() -> assertThat(bob.heard()).hasSize(MESSAGES));
        lan.awaitTogether(ann, bob);
    }

    @Test
    @Tag("lan")
    void aFirewallThatForgetsConnectionsIsGoneRound() {
        Program ann = ada.starts("ann", Setup.lan().and(Setup.hosts(ada.at(office))));
        Program bob = ben.starts("bob", Setup.lan().and(Setup.hosts(ada.at(office))));
        lan.awaitTogether(ann, bob);
        // It has seen none of their connections, and takes what comes on them for new.
        ben.firewall().denyIncoming();
        for (int i = 0; i < MESSAGES; i++) {
            ann.put("k" + i, "v");
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(bob.size()).isEqualTo(MESSAGES));
        lan.awaitTogether(ann, bob);
    }
}
