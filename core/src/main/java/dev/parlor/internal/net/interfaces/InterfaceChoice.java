package dev.parlor.internal.net.interfaces;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which interface leads to the local network, and why. A room listens at all of them; what is chosen is the address by which it
 * names itself to others, and where it looks first.
 *
 * @param card the one that was chosen
 * @param address of it
 * @param reason for people
 * @param others that could have been, best first
 */
public record InterfaceChoice(Card card, InetAddress address, String reason, List<Card> others) {
    /** How the names of interfaces begin, or what is part of how they are shown, that lead to virtual machines and containers. */
    private static final List<String> INNER = List.of("docker", "veth", "virbr", "vmnet", "vboxnet", "lxdbr", "lxcbr", "nerdctl", "cni",
            "flannel", "podman", "cilium", "cali", "kube", "vethernet", "hyper-v", "vmware", "virtualbox", "host-only", "wsl");
    /** The same of tunnels. */
    private static final List<String> TUNNELS = List.of("tun", "tap", "utun", "wg", "zt", "tailscale", "ham", "ppp", "ipsec", "awdl", "llw",
            "nordlynx", "proton", "wireguard", "openvpn", "tap-windows", "wintun", "hamachi", "zerotier", "anyconnect", "vpn", "teredo",
            "isatap", "6to4", "npcap", "bluetooth");
    /** The bridge of a Docker network; one with another name may well be the local network. */
    private static final Pattern DOCKER_BRIDGE = Pattern.compile("br-[0-9a-f]{12}");

    /**
     * Chooses.
     *
     * @param cards those that are up
     * @param routed the address that this machine would send from to the world, empty where it knows no way there
     * @param preferIpv6 whether an address of IPv6 is preferred to one of IPv4
     * @param met names of those through which others are met
     * @return empty if there is none but the loopback
     */
    public static Optional<InterfaceChoice> of(List<Card> cards, Optional<InetAddress> routed, boolean preferIpv6, Set<String> met) {
        List<Card> usable = cards.stream().filter(each -> !each.loopback() && !each.addresses().isEmpty())
                .sorted(Comparator.comparingInt((Card each) -> cost(each, routed, met)).thenComparingInt(Card::index)).toList();
        return usable.stream().findFirst().map(best -> new InterfaceChoice(best, best.address(preferIpv6), reason(best, usable, routed, met),
                usable.subList(1, usable.size())));
    }

    /** The lower the better; each line weighs more than all that follow. */
    private static int cost(Card card, Optional<InetAddress> routed, Set<String> met) {
        return (met.contains(card.name()) ? 0 : 128)
                + (isInner(card) ? 64 : 0)
                + (isTunnel(card) ? 32 : 0)
                + (card.multicast() ? 0 : 16)
                + (isRouted(card, routed) ? 0 : 8)
                + (hasFamily4(card) || hasWide(card) ? 0 : 4)
                + (isPrivate(card) ? 0 : 2)
                + (card.virtual() ? 1 : 0);
    }

    private static String reason(Card best, List<Card> usable, Optional<InetAddress> routed, Set<String> met) {
        if (usable.size() == 1) {
            return "it is the only one that is up";
        }
        if (met.contains(best.name())) {
            return "others are met through it";
        }
        if (isRouted(best, routed)) {
            return "this machine sends through it whatever goes to other networks";
        }
        return isPrivate(best) ? "it has an address of a private network" : "no other looks more like a local network";
    }

    private static boolean isRouted(Card card, Optional<InetAddress> routed) {
        return routed.filter(card.addresses()::contains).isPresent();
    }

    /** Whether it leads to virtual machines or containers, by its name. */
    public static boolean isInner(Card card) {
        return names(card, INNER) || DOCKER_BRIDGE.matcher(card.name()).matches();
    }

    /** Whether it leads to one other end, or is a tunnel by its name. */
    public static boolean isTunnel(Card card) {
        return card.pointToPoint() || names(card, TUNNELS);
    }

    private static boolean names(Card card, List<String> marks) {
        String name = card.name().toLowerCase(Locale.ROOT);
        String shown = card.displayName().toLowerCase(Locale.ROOT);
        return marks.stream().anyMatch(mark -> name.startsWith(mark) || mark.length() > 3 && shown.contains(mark));
    }

    private static boolean isPrivate(Card card) {
        return card.addresses().stream().anyMatch(each -> each.isSiteLocalAddress() || isUniqueLocal(each));
    }

    /** Of IPv6's private range, fc00::/7 (RFC 4193). */
    private static boolean isUniqueLocal(InetAddress address) {
        return address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
    }

    private static boolean hasFamily4(Card card) {
        return card.addresses().stream().anyMatch(each -> each instanceof Inet4Address && !each.isLinkLocalAddress());
    }

    private static boolean hasWide(Card card) {
        return card.addresses().stream().anyMatch(each -> !each.isLinkLocalAddress());
    }
}
