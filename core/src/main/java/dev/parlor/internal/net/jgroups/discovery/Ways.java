package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.Finder;
import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * By which ways a room is looked for.
 *
 * @param clusterName of the room
 * @param groups to multicast to, of IPv4 and of IPv6; none for no multicast
 * @param multicastPort of both
 * @param hosts that are known
 * @param ports at which programs are found on these
 * @param folders in which programs write where they are
 * @param finders that are plugged in
 * @param keys null for an open room
 * @param sealedHead how the datagrams begin of those who are in the room with a passphrase
 * @param strangers counts who has not the passphrase
 * @param trouble hears what a user should know
 */
public record Ways(String clusterName, List<InetAddress> groups, int multicastPort, List<HostPort> hosts, List<Integer> ports,
        List<Path> folders, List<Finder> finders, @Nullable Keyring keys, byte[] sealedHead, Strangers strangers, BiConsumer<Trouble, String> trouble) {
    public Ways {
        groups = List.copyOf(groups);
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
        folders = List.copyOf(folders);
        finders = List.copyOf(finders);
    }

    boolean multicasts() {
        return !groups.isEmpty();
    }

    /** Where it is looked for, in words. */
    public String inWords(LocalNetworks.Look look) {
        List<String> at = look.cards().stream().filter(card -> !card.loopback()).map(card -> card.name() + " " + card.addresses().stream()
                .filter(each -> !each.isLinkLocalAddress()).map(InetAddress::getHostAddress).toList()).toList();
        StringBuilder text = new StringBuilder();
        if (multicasts()) {
            text.append("by multicast and broadcast at ").append(at.isEmpty() ? "no interface, as none is up" : String.join(", ", at));
        }
        if (!hosts.isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("on the hosts ").append(hosts);
        }
        if (!folders.isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("by the folder ").append(folders);
        }
        if (!finders.isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("by ").append(finders.stream().map(String::valueOf).collect(Collectors.joining(" and ")));
        }
        return text.toString();
    }
}
