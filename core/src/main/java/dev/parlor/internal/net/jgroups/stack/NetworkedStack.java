package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.address.BindAddress;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.discovery.KnownHosts;
import dev.parlor.internal.net.jgroups.discovery.Ways;
import dev.parlor.internal.net.jgroups.roaming.Roaming;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a room on networks is told of where to listen and whom to look for. */
public final class NetworkedStack {
    private NetworkedStack() {}

    /**
     * What follows from the options.
     *
     * @param keys null for an open room
     * @throws dev.parlor.InvalidArgumentException if a host is none
     * @throws dev.parlor.JoinException if there is no such network interface
     */
    public static ParlorStack.Networked of(NetworkOptions options, Reach.Networks reach, RoomAddress address, @Nullable Keyring keys,
            Strangers strangers, BiConsumer<Trouble, String> trouble) {
        List<HostPort> hosts = reach.hosts().stream().map(HostPort::parse).toList();
        String only = options.networkInterface();
        if (only != null) {
            BindAddress.of(only);
        }
        boolean here = !reach.multicast() && reach.folders().isEmpty() && reach.finders().isEmpty() && only == null
                && hosts.stream().allMatch(NetworkedStack::isLoopback);
        List<Integer> ports = ports(options, hosts, address);
        Roaming roaming = new Roaming(LocalNetworks.OF_THIS_MACHINE, only, here ? BindAddress.loopback() : null, ports,
                options.port() == NetworkOptions.ANY_PORT);
        Ways ways = new Ways(address.clusterName(), reach.multicast() ? address.multicastGroups() : List.of(), address.multicastPort(),
                hosts, address.homePorts(), reach.folders(), reach.finders(), keys, DatagramCipher.headOf(options.room()), strangers,
                trouble);
        return new ParlorStack.Networked(roaming, ways);
    }

    /** The port that somebody has named for this machine, those of its own entry among the hosts, or any of Parlor's. */
    private static List<Integer> ports(NetworkOptions options, List<HostPort> hosts, RoomAddress address) {
        if (options.port() != NetworkOptions.ANY_PORT) {
            return List.of(options.port());
        }
        Set<InetAddress> own = LocalNetworks.OF_THIS_MACHINE.lookNow().addresses();
        return hosts.stream().filter(each -> each.port() != HostPort.NO_PORT)
                .filter(each -> each.resolve().stream().anyMatch(found -> found.isLoopbackAddress() || own.contains(found)))
                .findFirst().map(each -> KnownHosts.portsFrom(each.port())).orElseGet(address::homePorts);
    }

    private static boolean isLoopback(HostPort host) {
        List<InetAddress> found = host.resolve();
        return !found.isEmpty() && found.stream().allMatch(InetAddress::isLoopbackAddress);
    }
}
