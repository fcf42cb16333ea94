package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Bounds;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArray;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of members in questions and answers. */
class RoomDiscoveryTest {
    private static final UUID ANNA = new UUID(1, 2);

    private final RoomDiscovery discovery = new RoomDiscovery();

    private List<PingData> read(byte[] bytes) {
        return discovery.readPingData(bytes, 0, bytes.length);
    }

    private static byte[] said(int count) {
        PingData data = new PingData(ANNA, true, "anna", new IpAddress(InetAddress.getLoopbackAddress(), 7_914));
        return bytes(Collections.nCopies(count, data));
    }

    private static byte[] bytes(List<PingData> said) {
        ByteArray all = Discovery.marshal(said);
        return Arrays.copyOfRange(all.getArray(), all.getOffset(), all.getOffset() + all.getLength());
    }

    @Test
    void whatIsSaidIsRead() {
        assertThat(read(said(1))).singleElement().satisfies(each -> {
            assertThat(each.getAddress()).isEqualTo(ANNA);
            assertThat(each.getLogicalName()).isEqualTo("anna");
            assertThat(each.getPhysicalAddr()).isEqualTo(new IpAddress(InetAddress.getLoopbackAddress(), 7_914));
        });
        assertThat(read(said(20))).hasSize(20);
        assertThat(read(bytes(List.of(new PingData(null, false))))).as("the shortest").hasSize(1);
        assertThat(discovery.readPingData(null, 0, 0)).isNull();
    }

    @Test
    void whatIsCutOffIsNot() {
        byte[] whole = said(2);
        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length))).isNull();
        }
    }

    /** JGroups reserves room for as many as are announced. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 100_000_000, 20, -1, Integer.MIN_VALUE})
    void moreThanThereAre(int count) {
        byte[] bytes = said(2);
        ByteBuffer.wrap(bytes).putInt(count);
        Bounds.check(bytes.length, () -> {
            assertThat(read(bytes)).isNull();
            return null;
        });
    }
}
