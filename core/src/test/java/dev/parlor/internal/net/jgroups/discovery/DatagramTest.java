package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Bounds;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.UnicastHeader;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramTest {
    private static final long SENT = 1_700_000_000_123L;
    private static final Address ANNA = new UUID(1, 2);
    private static final Address BEN = new UUID(3, 4);
    /** Way, time, an address of IPv4, version, flags. */
    private static final int MESSAGE_AT = 1 + 8 + 7 + 2 + 1;

    private static IpAddress given(String host) {
        try {
            return new IpAddress(InetAddress.getByName(host), 7_914);
        } catch (IOException e) {
            throw new IllegalArgumentException(host, e);
        }
    }

    private static Message question() {
        return new BytesMessage(null).setSrc(ANNA).setFlag(Message.Flag.OOB).putHeader(Said.DISCOVERY_ID,
                new PingHeader(PingHeader.GET_MBRS_REQ).clusterName("parlor-1").initialDiscovery(true)).setArray(new byte[] {1, 2, 3});
    }

    private static Message beacon() {
        return new EmptyMessage(null).setSrc(ANNA).putHeader(Said.MERGE_ID,
                MERGE3.MergeHeader.createInfo(new ViewId(BEN, 7), "anna", given("192.0.2.1")));
    }

    private static Datagram datagram(Message message) {
        return new Datagram(Way.MULTICAST, true, SENT, given("192.0.2.1"), message);
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> Datagram.decode(bytes)).isInstanceOfAny(IOException.class, RuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(Way way) throws IOException {
        for (boolean multicasts : new boolean[] {true, false}) {
            for (String host : List.of("192.0.2.1", "2001:db8::1")) {
                Datagram read = Datagram.decode(new Datagram(way, multicasts, SENT, given(host), question()).encode());
                assertThat(read.way()).isEqualTo(way);
                assertThat(read.multicasts()).isEqualTo(multicasts);
                assertThat(read.sentMillis()).isEqualTo(SENT);
                assertThat(read.given()).isEqualTo(given(host));
            }
        }
    }

    @Test
    void aQuestion() throws IOException {
        Message read = Datagram.decode(datagram(question().setDest(BEN)).encode()).message();
        assertThat(read.getSrc()).isEqualTo(ANNA);
        assertThat(read.getDest()).isEqualTo(BEN);
        assertThat(read.isFlagSet(Message.Flag.OOB)).isTrue();
        assertThat(read.getArray()).containsExactly(1, 2, 3);
        PingHeader header = read.getHeader(Said.DISCOVERY_ID);
        assertThat(header.type()).isEqualTo(PingHeader.GET_MBRS_REQ);
        assertThat(header.initialDiscovery()).isTrue();
    }

    @Test
    void aBeacon() throws IOException {
        Message read = Datagram.decode(datagram(beacon()).encode()).message();
        assertThat(read.getSrc()).isEqualTo(ANNA);
        assertThat(read.getHeader(Said.MERGE_ID).toString()).contains("anna", "192.0.2.1:7914");
        assertThat(read.getLength()).isZero();
    }

    @Test
    void whatIsCutOffAnywhereIsRefused() {
        for (Message message : List.of(question(), beacon())) {
            byte[] whole = datagram(message).encode();
            for (int length = 0; length < whole.length; length++) {
                assertRefused(Arrays.copyOf(whole, length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 0x7F, 0x83, 0xFF})
    void anUnknownWay(int way) {
        byte[] bytes = datagram(question()).encode();
        bytes[0] = (byte) way;
        assertThatThrownBy(() -> Datagram.decode(bytes)).isInstanceOf(IOException.class).hasMessageContaining("way");
    }

    @Test
    void anotherVersionOfJGroupsIsPassedOver() throws IOException {
        byte[] bytes = datagram(question()).encode();
        ByteBuffer.wrap(bytes).putShort(MESSAGE_AT - 3, (short) (7 << 11));
        assertThat(Datagram.decode(bytes)).isNull();
    }

    @Test
    void whoGivesNoAddressIsPassedOver() throws IOException {
        byte[] bytes = datagram(question()).encode();
        byte[] without = new byte[bytes.length - 4];
        System.arraycopy(bytes, 0, without, 0, 10);
        without[9] = 0;
        System.arraycopy(bytes, 14, without, 10, bytes.length - 14);
        assertThat(Datagram.decode(without)).isNull();
    }

    /** JGroups' own reader reserves it: sixty bytes of anybody would take two gigabytes. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1 << 24, 4})
    void aLengthThatIsNotThere(int length) {
        byte[] bytes = datagram(question()).encode();
        ByteBuffer.wrap(bytes).putInt(bytes.length - 3 - Integer.BYTES, length);
        Bounds.check(bytes.length, () -> {
            assertRefused(bytes);
            return null;
        });
    }

    /** What could run code while it is read, or goes to who does not look where it comes from. */
    @Test
    void whatIsNotOfDiscovery() {
        List<Message> others = List.of(new ObjectMessage(null, "x").setSrc(ANNA), new BytesMessage(null, new byte[3]).setSrc(ANNA),
                new EmptyMessage(null).setSrc(ANNA),
                question().putHeader(ClassConfigurator.getProtocolId(UNICAST3.class), UnicastHeader.createDataHeader(1, (short) 1, true)),
                new EmptyMessage(null).setSrc(ANNA).putHeader(ClassConfigurator.getProtocolId(GMS.class),
                        new GMS.GmsHeader(GMS.GmsHeader.LEAVE_REQ, ANNA)),
                new EmptyMessage(null).setSrc(ANNA).putHeader(ClassConfigurator.getProtocolId(GMS.class), new PingHeader((byte) 1)),
                // A view that is handed over comes on a connection.
                new BytesMessage(null, new byte[3]).setSrc(ANNA).putHeader(Said.MERGE_ID, MERGE3.MergeHeader.createViewResponse()),
                new EmptyMessage(null).setSrc(new IpAddress(7)).putHeader(Said.DISCOVERY_ID, new PingHeader((byte) 1)));
        for (Message each : others) {
            byte[] bytes = datagram(each).encode();
            assertThatThrownBy(() -> Datagram.decode(bytes)).as(HexFormat.of().formatHex(bytes)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aByteMoreOrLessAnywhereHarmsNobody() {
        byte[] whole = datagram(question()).encode();
        for (int at = 0; at < whole.length; at++) {
            for (int change : new int[] {1, 0x7F, 0x80, 0xFF}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                Bounds.check(changed.length, () -> {
                    assertThatCode(() -> decodedOrRefused(changed)).doesNotThrowAnyException();
                    return null;
                });
            }
        }
    }

    private static void decodedOrRefused(byte[] bytes) {
        try {
            Datagram.decode(bytes);
        } catch (IOException | RuntimeException refused) {
            // As it may be, and nothing worse.
        }
    }
}
