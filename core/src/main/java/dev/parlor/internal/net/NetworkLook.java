package dev.parlor.internal.net;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How a member is on the network, at one moment.
 *
 * @param reach who can be met, in words
 * @param networkInterface through which others are met, or, where nobody is, whose address is given to them; empty where there is none
 * @param address of it
 * @param reason why this one, in words
 * @param interfaces at which others are looked for
 */
public record NetworkLook(String reach, String networkInterface, Optional<InetSocketAddress> address, String reason,
        List<String> interfaces) {
    public NetworkLook {
        interfaces = List.copyOf(interfaces);
    }
}
