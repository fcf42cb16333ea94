package dev.parlor.internal.net.doctor;

import dev.parlor.internal.net.doctor.Observations.Buffers;
import dev.parlor.internal.net.doctor.Observations.Machine;
import dev.parlor.internal.net.doctor.Observations.Nic;
import dev.parlor.internal.net.doctor.Observations.Ports;
import dev.parlor.internal.net.interfaces.Card;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this machine says of itself. Changes nothing, and sends nothing but a question for its own name. */
public final class LocalLook {
    /** What Parlor asks for where it sends by UDP, in bytes: a burst of a large room. */
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;
    /** Commands that set a firewall of Linux, and where they are. */
    private static final List<String> FIREWALLS = List.of("ufw", "firewall-cmd", "nft");
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private LocalLook() {}

    /** This machine. May take as long as a name server does. */
    public static Machine machine() {
        String name = "";
        List<InetAddress> addresses = List.of();
        try {
            name = InetAddress.getLocalHost().getHostName();
            addresses = List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            // It has no address of its own, which nobody needs.
        }
        List<String> firewalls = FIREWALLS.stream().filter(each -> FOLDERS.stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, each)))).toList();
        return of(name, addresses, firewalls);
    }

    /** The same without what a name server says. */
    public static Machine machineUnnamed() {
        return of("", List.of(), List.of());
    }

    private static Machine of(String name, List<InetAddress> addresses, List<String> firewalls) {
        return new Machine(System.getProperty("os.name", ""), name, addresses, firewalls,
                System.getProperty("java.home", "") + File.separator + "bin" + File.separator + "java");
    }

    /**
     * The interfaces of this machine.
     *
     * @param up those that are up
     * @param echoes addresses from which what was multicast came back; null if nothing was multicast
     */
    public static List<Nic> interfaces(List<Card> up, @Nullable Set<InetAddress> echoes) {
        List<Nic> all = new ArrayList<>();
        up.forEach(card -> all.add(new Nic(card, true, echoes == null ? Optional.empty()
                : Optional.of(card.addresses().stream().anyMatch(echoes::contains)))));
        try (Stream<NetworkInterface> others = NetworkInterface.networkInterfaces()) {
            others.filter(each -> up.stream().noneMatch(card -> card.name().equals(each.getName())))
                    .forEach(each -> all.add(new Nic(down(each), false, Optional.empty())));
        } catch (SocketException e) {
            // Then those that are up.
        }
        return all;
    }

    private static Card down(NetworkInterface each) {
        return new Card(each.getName(), String.valueOf(each.getDisplayName()), each.getIndex(), false, false, each.isVirtual(), false, 0,
                each.inetAddresses().toList());
    }

    /**
     * Which ports are free, up to the first that is for both. Each is bound for a moment.
     *
     * @param at an address of this machine, null for all
     */
    public static Ports ports(@Nullable InetAddress at, List<Integer> candidates) {
        List<Integer> udp = new ArrayList<>();
        List<Integer> tcp = new ArrayList<>();
        for (int port : candidates) {
            boolean udpFree = isUdpFree(at, port);
            boolean tcpFree = isTcpFree(at, port);
            if (udpFree && tcpFree) {
                return new Ports(port, udp, tcp);
            }
            if (!udpFree) {
                udp.add(port);
            }
            if (!tcpFree) {
                tcp.add(port);
            }
        }
        return new Ports(0, udp, tcp);
    }

    private static boolean isUdpFree(@Nullable InetAddress at, int port) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(at, port));
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isTcpFree(@Nullable InetAddress at, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(at, port));
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** What this machine grants. */
    public static Buffers buffers() {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            return new Buffers(BUFFER_BYTES, channel.getOption(StandardSocketOptions.SO_RCVBUF));
        } catch (IOException | RuntimeException e) {
            return new Buffers(BUFFER_BYTES, 0);
        }
    }
}
