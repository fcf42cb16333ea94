package dev.parlor;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How a participant is on the network, at one moment: what was chosen by {@link Room#network()}, and why. For people who ask
 * why somebody is not met; {@link Room#participants()} says who is.
 *
 * @param reach who can be met, in words, such as "the local network"
 * @param networkInterface name of the interface through which others are met; while nobody is met, of the one that most likely leads
 *     to them; empty where there is none
 * @param address of this participant at that interface; empty where there is none. With {@link RoomBuilder#via}, its end of the
 *     connection to the router
 * @param reason why this one, in words
 * @param interfaces names of all interfaces at which others are looked for and listened to
 */
public record RoomNetwork(String reach, String networkInterface, Optional<InetSocketAddress> address, String reason,
        List<String> interfaces) {
    /**
     * How it is.
     *
     * @param reach who can be met, in words, such as "the local network"
     * @param networkInterface name of the interface through which others are met, or most likely would be; empty where there is none
     * @param address of this participant at that interface; empty where there is none
     * @param reason why this one, in words
     * @param interfaces names of all interfaces at which others are looked for and listened to
     * @throws InvalidArgumentException if one is null
     */
    public RoomNetwork {
        Require.present(reach, "the reach", "say who can be met");
        Require.present(networkInterface, "the network interface", "pass an empty text for none");
        Require.optional(address, "the address");
        Require.present(reason, "the reason", "say why it was chosen");
        interfaces = Require.list(interfaces, "the interfaces");
    }
}
