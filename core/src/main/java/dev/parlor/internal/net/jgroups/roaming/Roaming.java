package dev.parlor.internal.net.jgroups.roaming;

import dev.parlor.internal.net.interfaces.InterfaceChoice;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import java.net.InetAddress;
import java.util.List;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a transport listens and how it names itself.
 *
 * @param networks of this machine
 * @param only name or address of the one interface that is used, null for all
 * @param at the one address at which it listens, null for all
 * @param ports that are tried in this order
 * @param orAnyPort whether any other port will do
 */
public record Roaming(LocalNetworks networks, @Nullable String only, @Nullable InetAddress at, List<Integer> ports, boolean orAnyPort) {
    LocalNetworks.Look look() {
        return networks.look().only(only);
    }

    /** The address to give for a member that listens at this port. */
    IpAddress given(LocalNetworks.Look look, int port) {
        InetAddress one = at;
        return new IpAddress(one != null ? one : look.choice().map(InterfaceChoice::address).orElseGet(InetAddress::getLoopbackAddress), port);
    }
}
