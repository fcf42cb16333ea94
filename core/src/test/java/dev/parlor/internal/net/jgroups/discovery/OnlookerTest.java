package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.doctor.PeerSeen.State;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import dev.parlor.internal.net.jgroups.setup.JGroupsSetup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.Version;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MPING;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an onlooker tells by the first bytes of a datagram, and what rooms do not do for an onlooker. */
class OnlookerTest {
    private static final String CLUSTER = "parlor-0123456789abcdef0123456789abcdef";
    /** Of an address of IPv4: its length, itself and its port, after the way and the time. */
    private static final int VERSION_AT = 1 + Long.BYTES + 1 + 4 + Short.BYTES;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @BeforeAll
    static void begin() {
        JGroupsSetup.begin();
    }

    private static Ways ways(@Nullable String passphrase) {
        Keyring keys = passphrase == null ? null : new Keyring("room", key(passphrase));
        return new Ways(CLUSTER, List.of(), 23_456, List.<HostPort>of(), List.of(7_900), List.of(), List.of(), keys, DatagramCipher.headOf("room"),
                new Strangers(CLUSTER, System::nanoTime), (kind, message) -> { });
    }

    /** As derived from a passphrase, without the work of it. */
    private static byte[] key(String passphrase) {
        return Arrays.copyOf(passphrase.getBytes(StandardCharsets.UTF_8), 32);
    }

    private static byte[] datagram(@Nullable String passphrase, byte[] content) {
        Ways ways = ways(passphrase);
        return new DiscoveryLink(7_900, CLUSTER, ways.keys(), ways.sealedHead(), ways.strangers(), (to, bytes) -> { }).wrap(content);
    }

    private static byte[] content(int givenPort) {
        return new Datagram(Way.MULTICAST, false, 1, new IpAddress(HERE, givenPort), new BytesMessage(null).setSrc(UUID.randomUUID())
                .putHeader(ClassConfigurator.getProtocolId(MPING.class), new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(CLUSTER))).encode();
    }

    private static State stateOf(@Nullable String here, byte[] datagram) {
        Origin origin = Origin.of(ways(here), datagram);
        assertThat(origin).isNotNull();
        return origin.state();
    }

    @Test
    void passphrases() {
        byte[] content = content(7_900);
        assertThat(stateOf(null, datagram(null, content))).isEqualTo(State.READABLE);
        assertThat(stateOf("one", datagram("one", content))).isEqualTo(State.READABLE);
        assertThat(stateOf("one", datagram("other", content))).isEqualTo(State.OTHER_PASSPHRASE);
        assertThat(stateOf("one", datagram(null, content))).isEqualTo(State.NO_PASSPHRASE);
        assertThat(stateOf(null, datagram("other", content))).isEqualTo(State.HAS_PASSPHRASE);
    }

    @Test
    void otherRoomsAreNobodysBusiness() {
        byte[] other = ByteBuffer.allocate(100).putShort((short) 7_900).put("parlor-ffff".getBytes(StandardCharsets.US_ASCII)).array();
        byte[] sealed = datagram("one", content(7_900));
        sealed[Short.BYTES + 2] ^= 1;
        assertThat(Origin.of(ways(null), other)).isNull();
        assertThat(Origin.of(ways("one"), sealed)).isNull();
        assertThat(Origin.of(ways(null), new byte[Short.BYTES])).isNull();
    }

    @Test
    void otherVersions() throws Exception {
        byte[] sealed = datagram("one", content(7_900));
        sealed[Short.BYTES + 1] = 7;
        Origin origin = Origin.of(ways("one"), sealed);
        assertThat(origin).isEqualTo(new Origin(State.OTHER_VERSION, "version 7 of the format of rooms with a passphrase"));

        byte[] content = content(7_900);
        assertThat(Datagram.versionOf(content)).isEqualTo(Version.print(Version.version));
        ByteBuffer.wrap(content).putShort(VERSION_AT, Version.encode(6, 1, 2));
        assertThat(Datagram.decode(content)).isNull();
        assertThat(Origin.ofContent(content)).isEqualTo(new Origin(State.OTHER_VERSION, "the format of JGroups 6.1.2"));
        assertThat(Origin.ofContent(new byte[] {3}).state()).isEqualTo(State.OTHER_VERSION);

        assertThat(Origin.of(ways(null), new byte[] {1, 2, 0x7F, 0x45, 0x4C})).isEqualTo(
                new Origin(State.UNREADABLE, "datagrams that begin with 7f454c"));
    }

    @Test
    void whoOnlyLooksIsNotMissedNorHeard() throws Exception {
        Hearing hearing = new Hearing(ways(null), 0);
        UUID member = UUID.randomUUID();
        UUID onlooker = UUID.randomUUID();
        InetSocketAddress at = new InetSocketAddress(HERE, 7_901);
        hearing.heard(onlooker, at, decoded(0), 1);
        assertThat(hearing.at(onlooker)).as("to answer").isEqualTo(at);
        assertThat(hearing.lost(who -> false, 2)).isEmpty();
        assertThat(hearing.isAnybodyHeard()).isFalse();
        hearing.heard(member, at, decoded(7_901), 3);
        assertThat(hearing.lost(who -> false, 4)).containsExactly(at);
        assertThat(hearing.isAnybodyHeard()).isTrue();
        assertThat(Origin.isOfOpenOutsider(ways("one"), datagram(null, content(0)))).isTrue();
        assertThat(Origin.isOfOpenOutsider(ways("one"), datagram(null, content(7_901)))).isFalse();
    }

    private static Datagram decoded(int givenPort) throws Exception {
        Datagram decoded = Datagram.decode(content(givenPort));
        assertThat(decoded).isNotNull();
        return decoded;
    }
}
