package dev.parlor.internal.net.doctor;

import dev.parlor.internal.net.interfaces.Card;
import dev.parlor.internal.net.interfaces.InterfaceChoice;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a network, without a judgement and without any secret.
 *
 * @param asked how the room would be joined
 * @param machine this machine
 * @param interfaces all of it, those that are down too
 * @param chosen whose address would be given to others; empty where only the loopback is up
 * @param ports of this machine
 * @param buffers of sockets
 * @param surroundings others; empty where nobody was asked
 */
public record Observations(Asked asked, Machine machine, List<Nic> interfaces, Optional<InterfaceChoice> chosen, Ports ports,
        Buffers buffers, Optional<Surroundings> surroundings) {
    public Observations {
        interfaces = List.copyOf(interfaces);
    }

    /** Who can be met. */
    public enum Kind {
        /** Programs on networks. */
        NETWORKS,
        /** Programs on this machine. */
        THIS_MACHINE,
        /** Whoever is met by something that Parlor does not know. */
        OTHER
    }

    /**
     * How the room would be joined.
     *
     * @param reach in words
     * @param multicast whether others are looked for by multicast
     * @param networkInterface name or address of the one that is used, null for all
     * @param port at which it would listen, 0 for any of {@code ports}
     * @param ports of which one is taken
     * @param hostsHere whether all hosts are of the loopback, and no other way is taken
     * @param group by which others are looked for
     * @param multicastPort of it
     * @param maxSkewMillis by how much clocks may differ
     */
    public record Asked(String room, String reach, Kind kind, boolean multicast, @Nullable String networkInterface, int port,
            List<Integer> ports, boolean hostsHere, String group, int multicastPort, long maxSkewMillis) {
        public Asked {
            ports = List.copyOf(ports);
        }
    }

    /**
     * This machine.
     *
     * @param system the name of its operating system
     * @param hostName its own name, empty if not known
     * @param hostAddresses what that name resolves to
     * @param firewalls commands that are there by which its firewall is set
     * @param java the program that runs this
     */
    public record Machine(String system, String hostName, List<InetAddress> hostAddresses, List<String> firewalls, String java) {
        public Machine {
            hostAddresses = List.copyOf(hostAddresses);
            firewalls = List.copyOf(firewalls);
        }
    }

    /**
     * An interface.
     *
     * @param echoed whether what was multicast at it came back; empty if that was not tried
     */
    public record Nic(Card card, boolean up, Optional<Boolean> echoed) {}

    /**
     * Ports of this machine.
     *
     * @param free the first of those asked for that is free for UDP and TCP, 0 if none is
     * @param udpTaken of those before it
     * @param tcpTaken of those before it
     */
    public record Ports(int free, List<Integer> udpTaken, List<Integer> tcpTaken) {
        public Ports {
            udpTaken = List.copyOf(udpTaken);
            tcpTaken = List.copyOf(tcpTaken);
        }
    }

    /**
     * Buffers of sockets for what comes, in bytes.
     *
     * @param asked what a burst needs
     * @param granted what the system gives
     */
    public record Buffers(int asked, int granted) {}

    /**
     * Others.
     *
     * @param peers that were heard
     * @param hosts that somebody has named
     * @param folders likewise
     * @param finders that are plugged in
     */
    public record Surroundings(List<PeerSeen> peers, List<HostSeen> hosts, List<FolderSeen> folders, List<FinderSeen> finders) {
        public Surroundings {
            peers = List.copyOf(peers);
            hosts = List.copyOf(hosts);
            folders = List.copyOf(folders);
            finders = List.copyOf(finders);
        }
    }

    /**
     * A host that somebody has named.
     *
     * @param entry as it was named
     * @param host the name or address in it
     * @param addresses none if it has none, or was not known within some seconds
     * @param onThisMachine whether it is this machine
     * @param tcp whether the likeliest of its ports takes connections
     */
    public record HostSeen(String entry, String host, Set<InetAddress> addresses, boolean onThisMachine, Tcp tcp) {
        public HostSeen {
            addresses = Set.copyOf(addresses);
        }
    }

    /**
     * A folder by which others are found.
     *
     * @param entries how many addresses of others are in it
     * @param problem why it cannot be used, empty if it can
     */
    public record FolderSeen(String folder, int entries, String problem) {}

    /**
     * What is plugged in and finds others.
     *
     * @param entries how many addresses of others it gives
     * @param problem why it cannot be used, empty if it can
     */
    public record FinderSeen(String finder, int entries, String problem) {}
}
