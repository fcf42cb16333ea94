package dev.parlor.internal.net.interfaces;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network interface that is up, at one moment.
 *
 * @param displayName as the system shows it; on Windows it tells what the name does not
 * @param index of the system, by the order in which interfaces came up
 * @param pointToPoint leads to one other end, as that of a VPN or a dial-up line
 * @param mtu the longest packet, in bytes
 */
public record Card(String name, String displayName, int index, boolean loopback, boolean pointToPoint, boolean virtual,
        boolean multicast, int mtu, List<InetAddress> addresses) {

    /** Those of this machine that are up. */
    public static List<Card> all() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces.flatMap(Card::of).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static Stream<Card> of(NetworkInterface each) {
        try {
            return each.isUp() ? Stream.of(new Card(each.getName(), String.valueOf(each.getDisplayName()), each.getIndex(),
                    each.isLoopback(), each.isPointToPoint(), each.isVirtual(), each.supportsMulticast(), each.getMTU(),
                    each.inetAddresses().toList())) : Stream.empty();
        } catch (SocketException e) {
            // It has gone meanwhile.
            return Stream.empty();
        }
    }

    /** Whether somebody means this one. */
    public boolean is(String nameOrAddress) {
        return name.equals(nameOrAddress) || addresses.stream().anyMatch(each -> isWrittenAs(nameOrAddress, each));
    }

    private static boolean isWrittenAs(String text, InetAddress address) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        try {
            // What looks like an address is not looked up as a name.
            return (digits || text.indexOf(':') >= 0) && InetAddress.getByName(text).equals(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address to give for it, of IPv4 if it has one; of IPv6 rather one that is known beyond the link. */
    InetAddress address(boolean preferIpv6) {
        return addresses.stream().min((one, other) -> Integer.compare(rank(one, preferIpv6), rank(other, preferIpv6))).orElseThrow();
    }

    private static int rank(InetAddress address, boolean preferIpv6) {
        int family = address instanceof Inet4Address == preferIpv6 ? 1 : 0;
        return 2 * family + (address.isLinkLocalAddress() ? 1 : 0);
    }
}
