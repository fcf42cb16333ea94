package dev.parlor.it.lan;

import dev.parlor.it.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A host: network cards in the order in which they were added, a file of names, a firewall ({@link Firewall}), programs. Methods
 * that change it return it, for stories in one line.
 */
final class Host {
    /** Of the veth pair of a card, and of its last address. */
    private static final class Card {
        final String port;
        final String mac;
        Switch at;
        List<String> addresses = List.of();
        /** The interface that has the addresses is a bridge, and the veth a port of it. */
        boolean bridged;

        Card(String port, String mac, Switch at) {
            this.port = port;
            this.mac = mac;
            this.at = at;
        }
    }

    private final Lan lan;
    private final int number;
    private final String space;
    private final Path etc;
    private final Firewall firewall;
    private final Map<String, Card> cards = new LinkedHashMap<>();
    private int made;

    Host(Lan lan, int number, String space) {
        this.lan = lan;
        this.number = number;
        this.space = space;
        this.firewall = new Firewall(space);
        Shell.must("ip", "netns", "add", space);
        ip("link", "set", "lo", "up");
        // An address of IPv6 is there at once, not after a second in which others could object to it.
        set("net/ipv6/conf/default/accept_dad", "0");
        this.etc = Path.of("/etc/netns", space);
        try {
            Files.createDirectories(etc);
            Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n");
            // No name server: what the file of names does not know is unknown at once.
            Files.writeString(etc.resolve("resolv.conf"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- cards

    /** Adds a card with the host's own addresses on a network. */
    Host card(String name, Switch network) {
        return card(name, network, network.addresses(number).toArray(String[]::new));
    }

    /** Adds a card with addresses, such as {@code "192.0.2.7/24"}. */
    Host card(String name, Switch network, String... addresses) {
        bare(name, network);
        give(name, List.of(addresses));
        return this;
    }

    /** Adds a card without an address of IPv4. It has the one of its link of IPv6, where the host has IPv6. */
    Host bare(String name, Switch network) {
        Card card = new Card("p" + number + "x" + made, String.format("02:00:00:00:%02x:%02x", number, made++), network);
        at(lan.space(), "link", "add", card.port, "type", "veth", "peer", "name", name, "address", card.mac, "netns", space);
        cards.put(name, card);
        network.plug(card.port, this, name, card.mac);
        ip("link", "set", name, "up");
        return this;
    }

    /** Adds a bridge with the host's own addresses, to which a card on a network belongs. */
    Host bridge(String name, Switch network) {
        String port = name.substring(0, Math.min(name.length(), 10)) + "p" + made;
        bare(port, network);
        Card card = Objects.requireNonNull(cards.remove(port));
        card.bridged = true;
        cards.put(name, card);
        ip("link", "add", name, "type", "bridge", "mcast_snooping", "0");
        ip("link", "set", port, "master", name);
        ip("link", "set", name, "up");
        give(name, network.addresses(number));
        return this;
    }

    /** Adds a card with one address and that of the other end, as a VPN has it. */
    Host pointToPoint(String name, Switch network, String own, String other) {
        bare(name, network);
        ip("addr", "add", own, "peer", other, "dev", name);
        ip("link", "set", name, "multicast", "off");
        return this;
    }

    private void give(String name, List<String> addresses) {
        for (String address : addresses) {
            if (address.contains(":")) {
                ip("addr", "add", address, "dev", name, "nodad");
            } else {
                ip("addr", "add", address, "brd", "+", "dev", name);
            }
        }
        card(name).addresses = List.copyOf(addresses);
    }

    private Card card(String name) {
        return Objects.requireNonNull(cards.get(name), () -> "no card " + name);
    }

    List<String> addresses(String card) {
        return card(card).addresses;
    }

    /** The host's address on a network, of the first of its ranges, as others write it. */
    String at(Switch network) {
        return cards.values().stream().filter(card -> card.at == network).flatMap(card -> card.addresses.stream()).findFirst()
                .map(address -> address.substring(0, address.indexOf('/')))
                .orElseThrow(() -> new AssertionError("host " + number + " has no address there"));
    }

    /** Sends by this card what goes to other networks. */
    Host routesBy(String card) {
        ip("route", "add", "default", "dev", card);
        return this;
    }

    Host noMulticast(String card) {
        ip("link", "set", card, "multicast", "off");
        return this;
    }

    Host mtu(String card, int bytes) {
        at(lan.space(), "link", "set", card(card).port, "mtu", Integer.toString(bytes));
        ip("link", "set", card, "mtu", Integer.toString(bytes));
        return this;
    }

    /** Takes an interface down, by which it loses its addresses of IPv6 and its routes. */
    Host down(String card) {
        ip("link", "set", card, "down");
        return this;
    }

    /** Brings it up again, with the addresses that it had. */
    Host up(String card) {
        ip("link", "set", card, "up");
        card(card).addresses.stream().filter(each -> each.contains(":")).forEach(each -> ip("addr", "replace", each, "dev", card, "nodad"));
        return this;
    }

    /** Pulls the plug, or puts it in again: the interface stays up, without a carrier. */
    Host plugged(String card, boolean in) {
        at(lan.space(), "link", "set", card(card).port, in ? "up" : "down");
        return this;
    }

    /** Gives a card other addresses. With the first of IPv4 the system takes away the others of its network. */
    Host readdress(String card, String... addresses) {
        ip("addr", "flush", "dev", card, "scope", "global");
        give(card, List.of(addresses));
        return this;
    }

    /** Puts a card on another network, with the host's own addresses there. */
    Host move(String card, Switch network) {
        Card moved = card(card);
        moved.at.unplug(moved.port);
        moved.at = network;
        moved.addresses = List.of();
        ip("addr", "flush", "dev", card, "scope", "global");
        network.plug(moved.port, this, card, moved.mac);
        give(card, network.addresses(number));
        return this;
    }

    Host remove(String name) {
        Card card = card(name);
        card.at.unplug(card.port);
        at(lan.space(), "link", "del", card.port);
        if (card.bridged) {
            ip("link", "del", name);
        }
        cards.remove(name);
        return this;
    }

    /** Takes out all cards. */
    Host removeAll() {
        new ArrayList<>(cards.keySet()).forEach(this::remove);
        return this;
    }

    /** Whether it has IPv6 at all. */
    Host ipv6(boolean on) {
        set("net/ipv6/conf/all/disable_ipv6", on ? "0" : "1");
        set("net/ipv6/conf/default/disable_ipv6", on ? "0" : "1");
        return this;
    }

    private void set(String key, String value) {
        Shell.within(space, "sh", "-c", "echo " + value + " >/proc/sys/" + key);
    }

    // ---- names, firewall, programs

    /** Writes a line into its file of names, as {@code 192.0.2.7 ada}. Programs that run see it too. */
    Host knows(String line) {
        try {
            Files.writeString(etc.resolve("hosts"), line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Firewall firewall() {
        return firewall;
    }

    /** Starts a program that joins the present room of the world, and does not wait for it. */
    Program starts(String name, Setup setup) {
        return starts(name).joins(setup);
    }

    /** Starts a program, and does not wait for it. */
    Program starts(String name) {
        return lan.started(new Program(lan, space, name));
    }

    String space() {
        return space;
    }

    void ip(String... command) {
        at(space, command);
    }

    private static void at(String space, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "-n", space));
        whole.addAll(List.of(command));
        Shell.must(whole.toArray(String[]::new));
    }

    /** Removes its namespace, with which its cards go. */
    void close() {
        Shell.works("ip", "netns", "del", space);
        for (String file : List.of("hosts", "resolv.conf", "")) {
            try {
                Files.deleteIfExists(etc.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
