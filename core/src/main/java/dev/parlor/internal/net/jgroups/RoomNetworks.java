package dev.parlor.internal.net.jgroups;

import dev.parlor.internal.net.NetworkLook;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.interfaces.Card;
import dev.parlor.internal.net.interfaces.InterfaceChoice;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import dev.parlor.internal.net.jgroups.router.Routers;
import dev.parlor.internal.net.jgroups.transport.RoutedTunnel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jgroups.protocols.TP;

/** How a room is on the network, for who asks. */
final class RoomNetworks {
    private RoomNetworks() {}

    static NetworkLook of(NetworkOptions options, TP transport) {
        Reach reach = options.reach();
        LocalNetworks.Look look = transport instanceof RoamingTcp tcp ? tcp.look() : null;
        if (look != null && transport instanceof RoamingTcp tcp && reach instanceof Reach.Networks networks) {
            Optional<InterfaceChoice> choice = look.choice(tcp.paths().reached());
            return new NetworkLook(inWords(networks), choice.map(each -> each.card().name()).orElse(""),
                    choice.map(each -> new InetSocketAddress(each.address(), tcp.port())),
                    options.networkInterface() != null ? "networkInterface(…) names it"
                            : choice.map(InterfaceChoice::reason).orElse("no network interface but the loopback is up"),
                    look.cards().stream().map(Card::name).toList());
        }
        if (transport instanceof RoutedTunnel tunnel && reach instanceof Reach.Routers named) {
            Routers routers = tunnel.routers();
            List<String> used = routers == null ? List.of() : routers.used();
            return new NetworkLook("who uses the routers " + String.join(", ", named.routers()),
                    options.networkInterface() == null ? "" : options.networkInterface(),
                    Optional.ofNullable(routers == null ? null : routers.localAddress()),
                    used.isEmpty() ? "no router is connected: " + routers : "by the router " + String.join(" and ", used) + ", of " + routers, List.of());
        }
        String words = reach instanceof Reach.Stack stack ? "whom the stack " + stack.location() + " meets" : "programs of this machine";
        return new NetworkLook(words, transport.getBindAddress() == null ? "" : transport.getBindAddress().getHostAddress(),
                Optional.empty(), reach instanceof Reach.Stack ? "the stack names it" : "others of this machine are met by it", List.of());
    }

    private static String inWords(Reach.Networks reach) {
        StringBuilder text = new StringBuilder(reach.multicast() ? "the local network" : "");
        if (!reach.hosts().isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("the hosts ").append(String.join(", ", reach.hosts()));
        }
        if (!reach.folders().isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("who shares the folder ").append(reach.folders());
        }
        if (!reach.finders().isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("whom ")
                    .append(reach.finders().stream().map(String::valueOf).collect(Collectors.joining(" and "))).append(" finds");
        }
        return text.toString();
    }
}
