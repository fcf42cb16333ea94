package dev.parlor.it.attack;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MPING;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TpHeader;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/** What an attacker says, as bytes. Written from docs/protocol.md, not with what a room uses itself. */
final class Forgery {
    private static final int MULTICAST = 0x80;

    private final RoomAddress address;
    private final byte[] sealedHead;
    private final Random random = new Random(1);

    Forgery(NetworkOptions options) {
        this.address = RoomAddress.of(options);
        this.sealedHead = DatagramCipher.headOf(options.room());
    }

    static List<Message> leaves(List<Address> members) {
        List<Message> leaves = new ArrayList<>();
        for (Address each : members) {
            leaves.add(new EmptyMessage(null).setSrc(each).putHeader(id(GMS.class), new GMS.GmsHeader(GMS.GmsHeader.LEAVE_REQ, each)));
        }
        return leaves;
    }

    /** The coordinator says that there is nobody but the attacker. */
    static Message view(Address coordinator) throws IOException {
        View forged = new View(new ViewId(coordinator, 1_000), List.of(coordinator, UUID.randomUUID()));
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(512);
        out.writeShort(1 << 2);
        forged.writeTo(out);
        return new BytesMessage(null, out.buffer(), 0, out.position()).setSrc(coordinator)
                .putHeader(id(GMS.class), new GMS.GmsHeader(GMS.GmsHeader.VIEW));
    }

    /** There is another part of the group, with which to merge. */
    static Message merge() {
        return merge(UUID.randomUUID(), new IpAddress(InetAddress.getLoopbackAddress(), 9));
    }

    private static Message merge(Address who, IpAddress at) {
        return new EmptyMessage(null).setSrc(who).putHeader(id(MERGE3.class),
                MERGE3.MergeHeader.createInfo(new ViewId(who, 7), "mallory", at));
    }

    /** Past the protocols that keep order and repeat: straight to whoever receives. */
    static List<Message> headerless(List<Address> members) {
        List<Message> packets = new ArrayList<>();
        for (Address each : members) {
            packets.add(new BytesMessage(null, "rubbish".getBytes(StandardCharsets.UTF_8)).setSrc(each));
            packets.add(new EmptyMessage(null).setSrc(each));
        }
        return packets;
    }

    /** Questions and answers of discovery and words of MERGE3, in members' names, by which they are somewhere else. */
    List<Message> elsewhere(List<Address> members, IpAddress place) {
        List<Message> packets = new ArrayList<>();
        for (Address each : members) {
            for (byte type : new byte[] {PingHeader.GET_MBRS_REQ, PingHeader.GET_MBRS_RSP}) {
                packets.add(new BytesMessage(null).setSrc(each)
                        .putHeader(id(MPING.class), new PingHeader(type).clusterName(address.clusterName()))
                        .setArray(Discovery.marshal(new PingData(each, true, "mallory", place).coord(true))));
            }
            packets.add(merge(each, place));
        }
        return packets;
    }

    /** A question of discovery, to which members answer at this port. */
    Message question(IpAddress answered) {
        Address self = UUID.randomUUID();
        return new BytesMessage(null).setSrc(self)
                .putHeader(id(MPING.class), new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(address.clusterName()))
                .setArray(Discovery.marshal(new PingData(self, false, "mallory", answered)));
    }

    /** An answer of discovery in which two billion members are announced. */
    Message crowd() {
        return new BytesMessage(null).setSrc(UUID.randomUUID()).putHeader(id(MPING.class), new PingHeader(PingHeader.GET_MBRS_RSP)
                .clusterName(address.clusterName())).setArray(ByteBuffer.allocate(40).putInt(Integer.MAX_VALUE).array());
    }

    /** A good packet in which, in one place after the other, a huge or negative number stands. */
    static List<byte[]> lengths(byte[] good) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + Integer.BYTES <= good.length; at++) {
            for (int bad : new int[] {Integer.MAX_VALUE, -1, 1 << 24}) {
                packets.add(ByteBuffer.wrap(good.clone()).putInt(at, bad).array());
            }
        }
        return packets;
    }

    /** A message as JGroups sends it to all. */
    byte[] message(Message message) throws IOException {
        if (message.getSrc() == null) {
            message.setSrc(UUID.randomUUID());
        }
        message.putHeader(id(TCP.class), new TpHeader(address.clusterName()));
        return written(message);
    }

    private static byte[] written(Message message) throws IOException {
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(1_024);
        Util.writeMessage(message, out, true);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    /** The same message in a datagram of discovery of an open room, of somebody who gives this address. */
    byte[] datagram(Message message, InetSocketAddress given) throws IOException {
        if (message.getSrc() == null) {
            message.setSrc(UUID.randomUUID());
        }
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(1_024);
        out.writeShort(given.getPort());
        out.writeBytes(address.clusterName());
        out.writeByte(MULTICAST);
        out.writeLong(System.currentTimeMillis());
        new IpAddress(given).writeTo(out);
        out.write(written(message));
        return Arrays.copyOf(out.buffer(), out.position());
    }

    /** What a connection begins with, by which it is of somebody who gives this address. */
    static byte[] hello(InetSocketAddress given) throws IOException {
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(32);
        out.writeBytes("PH");
        new IpAddress(given).writeTo(out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    /** Rubbish, rubbish that says it is of this room, open or sealed, and what was recorded, in turn. */
    byte[] rubbish(long turn, List<byte[]> recorded) {
        byte[] packet = new byte[40 + random.nextInt(1_000)];
        random.nextBytes(packet);
        switch ((int) (turn % 4)) {
            case 1 -> System.arraycopy(sealedHead, 0, packet, Short.BYTES, sealedHead.length);
            case 2 -> {
                byte[] name = address.clusterName().getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(name, 0, packet, Short.BYTES, Math.min(name.length, packet.length - Short.BYTES));
            }
            case 3 -> packet = recorded.isEmpty() ? packet : recorded.get(random.nextInt(recorded.size()));
            default -> { }
        }
        return packet;
    }

    private static short id(Class<?> protocol) {
        return ClassConfigurator.getProtocolId(protocol);
    }
}
