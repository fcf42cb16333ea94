package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ProtocolDocument;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach.Networks;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** A datagram of discovery is as docs/protocol.md shows it. */
class DiscoverySampleTest {
    private static final String ROOM = "standup";
    private static final int PORT = 7_914;
    /** Of the port, the name of the cluster, and all that Parlor writes before the message of JGroups, with its version. */
    private static final int BYTES_OF_PARLOR = 2 + 39 + 1 + 8 + 7;

    @Test
    void theSampleIsAQuestion() throws Exception {
        RoomAddress address = RoomAddress.of(new NetworkOptions(ROOM, "Ada", 1, Networks.NONE, null, NetworkOptions.ANY_PORT, null));
        DiscoveryLink link = new DiscoveryLink(PORT, address.clusterName(), null, DatagramCipher.headOf(ROOM),
                new Strangers(address.clusterName(), System::nanoTime), (to, datagram) -> { });
        UUID ada = new UUID(2, 1);
        IpAddress given = new IpAddress(InetAddress.getByName("192.0.2.7"), PORT);
        Message question = new BytesMessage(null).setSrc(ada).setFlag(Message.Flag.OOB)
                .putHeader(Said.DISCOVERY_ID, new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(address.clusterName()).initialDiscovery(true))
                .setArray(Discovery.marshal(new PingData(ada, false, "Ada", given)));
        byte[] here = link.wrap(new Datagram(Way.MULTICAST, true, 1_700_000_000_000L, given, question).encode());

        byte[] sample = HexFormat.of().parseHex(ProtocolDocument.map("datagram of discovery", "hexadecimal").get("a question of Ada"));
        assertThat(HexFormat.of().formatHex(Arrays.copyOf(sample, BYTES_OF_PARLOR)))
                .isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(here, BYTES_OF_PARLOR)));
        Datagram read = Datagram.decode(link.unwrap(given.getIpAddress(), sample));
        assertThat(read.given()).isEqualTo(given);
        assertThat(read.message().getSrc()).isEqualTo(ada);
        assertThat(read.message().getArray()).as("what JGroups says: %s", HexFormat.of().formatHex(here)).isEqualTo(question.getArray());
        assertThat(DiscoveryLink.portOf(sample)).isEqualTo(PORT);
    }
}
