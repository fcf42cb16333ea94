package dev.parlor.internal.net.jgroups.address;

import dev.parlor.JoinException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the address to bind to. JGroups would take any, often that of a VPN or container, and keep it for the life of
 * the JVM.
 */
public final class BindAddress {
    private static final byte[] LOOPBACK_IPV4 = {127, 0, 0, 1};

    private BindAddress() {}

    /**
     * The loopback address, the same in all programs of this machine: of IPv4 wherever there is one, also in a JVM that prefers IPv6
     * ({@code java.net.preferIPv6Addresses}).
     */
    public static InetAddress loopback() {
        try {
            InetAddress ipv4 = InetAddress.getByAddress("localhost", LOOPBACK_IPV4);
            if (NetworkInterface.getByInetAddress(ipv4) != null) {
                return ipv4;
            }
        } catch (UnknownHostException | SocketException e) {
            // Then by the JVM's own choice.
        }
        return InetAddress.getLoopbackAddress();
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
