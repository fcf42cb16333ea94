package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Warning.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs meet on hosts that are named, however these are written and whichever card leads to them. */
@Timeout(300)
class KnownHostsIT {
    private static final int ROOMS = 12;

    private Lan lan;
    private Switch office;
    private Host ada;
    private Host ben;

    @BeforeEach
    void build() {
        lan = new Lan();
        office = lan.network("192.168.9.0/24", "fd00:9::/64");
        // Nothing but the named hosts leads from one to the other.
        office.blockMulticast();
        ada = lan.host().card("eth0", office);
        ben = lan.host().card("eth0", office);
    }

    @AfterEach
    void remove() {
        if (lan != null) {
            lan.close();
        }
    }

    private void meet(Setup atAda, Setup atBen) {
        Program ann = ada.starts("ann", atAda);
        Program bob = ben.starts("bob", atBen);
        lan.awaitTogether(ann, bob);
        ann.put("k", "v");
        lan.awaitTogether(ann, bob);
        assertThat(ann.warnings()).isEmpty();
        assertThat(bob.warnings()).isEmpty();
    }

    /** Names that each host knows, its own as Debian writes it. */
    private Setup named() {
        ada.knows("127.0.1.1 ada").knows(ben.at(office) + " ben");
        ben.knows("127.0.1.1 ben").knows(ada.at(office) + " ada");
        return Setup.hosts("ada", "ben");
    }

    @Test
    void namesOfWhichOnesOwnIsOfTheLoopbackMeet() {
        Setup named = named();
        meet(named, named);
    }

    @Tag("lan")
    @ParameterizedTest
    @ValueSource(strings = {"192.168.9.11,192.168.9.12", "192.168.9.11:7920,192.168.9.12:7930", "fd00:9::11,fd00:9::12",
        "[fd00:9::11]:7921,[fd00:9::12]:7921", "fd00:9::11,192.168.9.12", "192.168.9.11,192.168.9.12,192.168.9.99,192.168.9.98"})
    void addressesMeetHoweverTheyAreWritten(String hosts) {
        // Neighbours of IPv6 ask for each other by multicast, which switches that block the rest answer or let through.
        office.passAll();
        Setup setup = Setup.hosts(hosts.split(","));
        meet(setup, setup);
    }

    @Tag("lan")
    @ParameterizedTest
    @ValueSource(strings = {"192.168.9.11,192.168.9.12", "fd00:9::11,fd00:9::12"})
    void addressesMeetWithAPassphrase(String hosts) {
        office.passAll();
        Setup setup = Setup.hosts(hosts.split(",")).sealed();
        meet(setup, setup);
    }

    @Test
    @Tag("lan")
    void namesWithPortsMeet() {
        named();
        Setup ports = Setup.hosts("ada:7921", "ben:7921");
        meet(ports, ports);
    }

    @Test
    @Tag("lan")
    void oneSideThatNamesTheOtherIsEnough() {
        meet(Setup.hosts(ada.at(office), ben.at(office)), Setup.hosts(ada.at(office)));
    }

    @Test
    @Tag("lan")
    void severalProgramsOnAHostAreAllMet() {
        Setup hosts = Setup.hosts(ada.at(office), ben.at(office));
        Program ann = ada.starts("ann", hosts);
        Program amy = ada.starts("amy", hosts);
        Program bob = ben.starts("bob", hosts);
        Program bea = ben.starts("bea", hosts);
        lan.awaitTogether(ann, amy, bob, bea);
    }

    @Test
    @Tag("lan")
    void severalProgramsOnAHostWithAnExplicitPortAreAllMet() {
        Setup hosts = Setup.hosts(ada.at(office) + ":7921", ben.at(office) + ":7921");
        Program ann = ada.starts("ann", hosts);
        Program amy = ada.starts("amy", hosts);
        Program bob = ben.starts("bob", hosts);
        lan.awaitTogether(ann, amy, bob);
    }

    @Test
    @Tag("lan")
    void aHostThatComesLaterIsFound() {
        Setup hosts = Setup.hosts("192.168.9.11", "192.168.9.13");
        Program ann = ada.starts("ann", hosts);
        ann.joined();
        lan.awaitWarning(Lan.WARNED, ann, Kind.NOBODY_HEARD);
        Program cat = lan.host().card("eth0", office).starts("cat", hosts);
        lan.awaitTogether(ann, cat);
    }

    @Test
    @Tag("lan")
    void aNameThatIsNotKnownIsToldAndMetOnceItIs() {
        Program bob = ben.starts("bob", Setup.hosts("ben.example", "ada.example"));
        bob.joined();
        lan.awaitWarning(Lan.WARNED, bob, Kind.UNKNOWN_HOST);
        assertThat(bob.warnings()).anyMatch(each -> each.text().contains("ada.example"));
        // It does not find her, and she names nobody: his next look at the names does.
        Program ann = ada.starts("ann", Setup.hosts("ada.example", "192.168.9.11"));
        ann.joined();
        ben.knows(ada.at(office) + " ada.example");
        // Names are asked for every ten seconds, and the JDK keeps for as long that there was none.
        lan.awaitTogether(Lan.SOON.multipliedBy(3), ann, bob);
    }

    @Test
    @Tag("lan")
    void aSecondCardLeadsToTheNamedHost() {
        Switch vpn = lan.network("10.8.0.0/24");
        ada.card("tun0", vpn).routesBy("eth0");
        ben.remove("eth0").card("eth0", lan.network("192.168.77.0/24")).card("tun0", vpn).routesBy("eth0");
        Setup hosts = Setup.hosts(ada.at(vpn), ben.at(vpn));
        meet(hosts, hosts);
    }

    @Test
    @Tag("lan")
    void aVpnWithAPeerLeadsToTheNamedHost() {
        Switch line = lan.network("10.8.0.0/24");
        ada.pointToPoint("tun0", line, "10.8.0.1", "10.8.0.2").routesBy("eth0");
        ben.remove("eth0").pointToPoint("tun0", line, "10.8.0.2", "10.8.0.1").routesBy("tun0");
        Setup hosts = Setup.hosts("10.8.0.1", "10.8.0.2");
        meet(hosts, hosts);
    }

    @Test
    @Tag("lan")
    void aHostWithTwoCardsJoinsTwoNetworksInOneRoom() {
        Switch cellar = lan.network("192.168.77.0/24");
        ben.card("eth1", cellar);
        Host cas = lan.host().card("eth0", cellar);
        // Ann and cat do not reach each other, and both reach bob: nobody can make one room of these, and none may end in a storm.
        Program bob = ben.starts("bob", Setup.hosts(ada.at(office), cas.at(cellar)));
        Program ann = ada.starts("ann", Setup.hosts(ben.at(office)));
        Program cat = cas.starts("cat", Setup.hosts(ben.at(cellar)));
        ann.joined();
        cat.joined();
        bob.joined();
        await().atMost(Lan.SOON).until(() -> bob.who().size() > 1);
    }

    @ParameterizedTest
    @Tag("lan")
    @ValueSource(booleans = {false, true})
    void aDozenRoomsOnOneHostAllMeet(boolean sealed) {
        Setup hosts = Setup.hosts(ada.at(office), ben.at(office)).sealed(sealed);
        Program ann = ada.starts("ann");
        Program bob = ben.starts("bob");
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            ann.joins(lan.room() + "-" + i, hosts);
            bob.joins(lan.room() + "-" + i, hosts);
            lan.awaitTogether(ann, bob);
            millis.add(Math.max(ann.joined(), bob.joined()));
        }
        System.out.println("lan: " + ROOMS + " rooms, joined in " + millis + " ms");
        assertThat(ann.warnings()).isEmpty();
    }
}
