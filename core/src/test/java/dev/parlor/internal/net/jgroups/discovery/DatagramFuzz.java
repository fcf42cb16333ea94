package dev.parlor.internal.net.jgroups.discovery;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parlor.Bounds;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ViewId;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;

/** Datagrams of discovery in an open room, of anybody: they are understood, or refused, and nothing else. */
class DatagramFuzz {
    private static final UUID ANNA = new UUID(1, 2);
    private static final IpAddress GIVEN = new IpAddress(InetAddress.getLoopbackAddress(), 7_914);

    /** Of each input the first byte says whether it is whole, follows a good beginning, or changes a good one. */
    @FuzzTest
    void datagrams(FuzzedDataProvider data) {
        int how = data.consumeInt(0, 4);
        byte[] good = new Datagram(Datagram.Way.MULTICAST, true, 1, GIVEN, how % 2 == 0 ? beacon() : question()).encode();
        byte[] datagram = switch (how) {
            case 0 -> data.consumeRemainingAsBytes();
            case 1, 2 -> follows(good, data);
            default -> changed(good, data);
        };
        Bounds.check(datagram.length, () -> decoded(datagram));
    }

    private static Message question() {
        return new BytesMessage(null).setSrc(ANNA).putHeader(Said.DISCOVERY_ID,
                new PingHeader(PingHeader.GET_MBRS_REQ).clusterName("parlor-1")).setArray(new byte[] {1, 2, 3});
    }

    private static Message beacon() {
        return new EmptyMessage(null).setSrc(ANNA).putHeader(Said.MERGE_ID,
                MERGE3.MergeHeader.createInfo(new ViewId(ANNA, 7), "anna", GIVEN));
    }

    private static byte[] follows(byte[] good, FuzzedDataProvider data) {
        byte[] begin = Arrays.copyOf(good, data.consumeInt(0, good.length));
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] both = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, both, begin.length, rest.length);
        return both;
    }

    private static byte[] changed(byte[] good, FuzzedDataProvider data) {
        byte[] changed = good.clone();
        while (data.remainingBytes() > 0) {
            changed[data.consumeInt(0, changed.length - 1)] = data.consumeByte();
        }
        return changed;
    }

    private static Datagram decoded(byte[] bytes) throws IOException {
        try {
            Datagram datagram = Datagram.decode(bytes);
            return datagram == null ? null : Datagram.decode(datagram.encode());
        } catch (IOException | RuntimeException expected) {
            return null;
        }
    }
}
