package dev.parlor.internal.net.jgroups.address;

import dev.parlor.JoinException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the address to bind to. JGroups would take any, often that of a VPN or container, and keep it for the life of
 * the JVM.
 */
public final class BindAddress {
    /** How the names of interfaces begin that lead to containers, virtual machines and tunnels. */
    private static final List<String> NOT_A_LAN = List.of("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun",
            "tap", "utun", "wg", "zt", "tailscale", "cni", "flannel", "podman", "lxc", "awdl", "llw");

    private BindAddress() {}

    /** The loopback address. */
    public static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** The address of the local network, or loopback where there is none. */
    public static InetAddress lan() {
        return interfaces()
                .filter(BindAddress::leadsToALan)
                .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .min(Comparator.comparing(address -> !address.isSiteLocalAddress()))
                .orElseGet(BindAddress::loopback);
    }

    /**
     * The address of an interface that somebody asked for.
     *
     * @throws JoinException if there is none, naming those there are
     */
    public static InetAddress of(String nameOrAddress) {
        Optional<InetAddress> found = interfaces()
                .filter(each -> each.getName().equals(nameOrAddress))
                .flatMap(NetworkInterface::inetAddresses)
                .min(Comparator.comparing(address -> !(address instanceof Inet4Address)));
        if (found.isPresent()) {
            return found.get();
        }
        try {
            if (looksLikeAddress(nameOrAddress)) {
                InetAddress address = InetAddress.getByName(nameOrAddress);
                if (NetworkInterface.getByInetAddress(address) != null) {
                    return address;
                }
            }
        } catch (UnknownHostException | SocketException e) {
            throw notFound(nameOrAddress, e);
        }
        throw notFound(nameOrAddress, null);
    }

    private static JoinException notFound(String nameOrAddress, @Nullable Throwable cause) {
        List<String> names = interfaces().map(each -> each.getName() + " "
                + each.inetAddresses().map(InetAddress::getHostAddress).toList()).toList();
        return new JoinException(JoinException.Reason.NO_NETWORK, "there is no network interface \"" + nameOrAddress
                + "\" that is up: this machine has " + names, cause);
    }

    private static boolean looksLikeAddress(String text) {
        return text.indexOf(':') >= 0 || text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static boolean leadsToALan(NetworkInterface each) {
        try {
            String name = each.getName().toLowerCase(Locale.ROOT);
            return !each.isLoopback() && !each.isPointToPoint() && !each.isVirtual() && each.supportsMulticast()
                    && NOT_A_LAN.stream().noneMatch(name::startsWith);
        } catch (SocketException e) {
            return false;
        }
    }

    private static Stream<NetworkInterface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces().filter(each -> {
                try {
                    return each.isUp();
                } catch (SocketException e) {
                    return false;
                }
            });
        } catch (SocketException e) {
            return Stream.empty();
        }
    }
}
