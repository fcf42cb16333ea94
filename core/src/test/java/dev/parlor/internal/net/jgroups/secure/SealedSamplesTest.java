package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ProtocolDocument;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher.Opened;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a room is, and what is sealed in it, is as docs/protocol.md shows it. */
class SealedSamplesTest {
    private static final String ROOM = "standup";

    @Test
    void theSampleOpensUnderTheKeyOfItsPassphrase() {
        Map<String, String> said = ProtocolDocument.map("what", "hexadecimal");
        byte[] key = DatagramCipher.keyOf("correct horse".toCharArray(), ROOM);
        assertThat(HexFormat.of().formatHex(key)).isEqualTo(said.get("room key"));
        byte[] datagram = HexFormat.of().parseHex(said.get("datagram"));
        Opened opened = DatagramCipher.of(key, ROOM).open(datagram, 0, datagram.length);
        assertThat(opened.kind()).isEqualTo(DatagramCipher.DATA);
        assertThat(opened.number()).isEqualTo(1);
        assertThat(opened.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void roomsAreWhereTheDocumentSays() {
        for (Reach reach : List.of(new Reach.ThisMachine(), Reach.Networks.NONE)) {
            RoomAddress address = RoomAddress.of(new NetworkOptions(ROOM, "Ada", 1, reach, null, NetworkOptions.ANY_PORT, null));
            assertThat(ProtocolDocument.table("reach", "cluster name", "multicast", "group of IPv6", "guard port", "first port")).contains(
                    List.of(reach.getClass().getSimpleName(), address.clusterName(), address.multicastAddress() + ":" + address.multicastPort(),
                            address.multicastGroups().get(1).getHostAddress(), Integer.toString(address.guardPort()),
                            Integer.toString(address.homePorts().get(0))));
        }
    }
}
