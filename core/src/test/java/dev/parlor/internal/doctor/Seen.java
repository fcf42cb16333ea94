package dev.parlor.internal.doctor;

import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.doctor.Observations.Asked;
import dev.parlor.internal.net.doctor.Observations.Buffers;
import dev.parlor.internal.net.doctor.Observations.FinderSeen;
import dev.parlor.internal.net.doctor.Observations.FolderSeen;
import dev.parlor.internal.net.doctor.Observations.HostSeen;
import dev.parlor.internal.net.doctor.Observations.Kind;
import dev.parlor.internal.net.doctor.Observations.Machine;
import dev.parlor.internal.net.doctor.Observations.Nic;
import dev.parlor.internal.net.doctor.Observations.Ports;
import dev.parlor.internal.net.doctor.Observations.Surroundings;
import dev.parlor.internal.net.doctor.PeerSeen;
import dev.parlor.internal.net.doctor.PeerSeen.Clock;
import dev.parlor.internal.net.doctor.PeerSeen.Heard;
import dev.parlor.internal.net.doctor.PeerSeen.State;
import dev.parlor.internal.net.doctor.Tcp;
import dev.parlor.internal.net.interfaces.Card;
import dev.parlor.internal.net.interfaces.InterfaceChoice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A network on which all is well, of which a test breaks what it is about: this machine, and one other with a program of the room. */
final class Seen {
    static final int PORT = 7_943;
    static final String OTHER = "192.0.2.12";

    String networkInterface;
    int port;
    boolean multicast = true;
    Kind kind = Kind.NETWORKS;
    String system = "Linux";
    List<String> firewalls = List.of("nft");
    List<InetAddress> hostAddresses = List.of(address("192.0.2.11"));
    List<Nic> interfaces = new ArrayList<>(List.of(up(loopback()), up(card("eth0", 2, 1_500, "192.0.2.11", "fe80::11"))));
    Ports ports = new Ports(PORT, List.of(), List.of());
    Buffers buffers = new Buffers(4 * 1024 * 1024, 4 * 1024 * 1024);
    final List<PeerSeen> peers = new ArrayList<>(List.of(new Peer().made()));
    final List<HostSeen> hosts = new ArrayList<>();
    final List<FolderSeen> folders = new ArrayList<>();
    final List<FinderSeen> finders = new ArrayList<>();

    /** Another program of this room, which a test breaks. */
    static final class Peer {
        State state = State.READABLE;
        String detail = "";
        String address = OTHER;
        boolean here;
        Set<String> links = Set.of("eth0");
        Set<Heard> heard = Set.of(Heard.values());
        long aheadMillis = 3;
        Tcp tcp = Tcp.CONNECTED;

        PeerSeen made() {
            return new PeerSeen(state, detail, List.of(new InetSocketAddress(address(address), PORT)), here, links, heard, true,
                    state == State.READABLE ? Optional.of(new Clock(aheadMillis, 1)) : Optional.empty(), tcp);
        }
    }

    /** Only this one is there. */
    void other(Peer peer) {
        peers.clear();
        peers.add(peer.made());
    }

    Observations made() {
        List<Card> cards = interfaces.stream().filter(Nic::up).map(Nic::card).toList();
        return new Observations(new Asked("lounge", "by multicast", kind, multicast, networkInterface, port,
                IntStream.range(7_900, 8_000).boxed().toList(), false, "239.192.1.2", 23_456, 10_000),
                new Machine(system, "ada", hostAddresses, firewalls, "/opt/java/bin/java"), interfaces,
                InterfaceChoice.of(cards, Optional.empty(), false, Set.of()), ports, buffers,
                kind == Kind.NETWORKS ? Optional.of(new Surroundings(peers, hosts, folders, finders)) : Optional.empty());
    }

    static Card loopback() {
        return new Card("lo", "lo", 1, true, false, false, false, 65_536, List.of(address("127.0.0.1")));
    }

    static Card card(String name, int index, int mtu, String... addresses) {
        return new Card(name, name, index, false, false, false, true, mtu, Arrays.stream(addresses).map(Seen::address).toList());
    }

    static Nic up(Card card) {
        return new Nic(card, true, Optional.of(true));
    }

    static Nic down(Card card) {
        return new Nic(card, false, Optional.empty());
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
