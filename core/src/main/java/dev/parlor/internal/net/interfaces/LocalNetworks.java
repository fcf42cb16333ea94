package dev.parlor.internal.net.interfaces;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The networks that this machine is on, as they change: looked at once a second at most, for all rooms of a JVM together.
 * Thread-safe.
 */
public final class LocalNetworks {
    /** A look takes up to a millisecond where there are many interfaces. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    /** Of the machine that this JVM runs on. */
    public static final LocalNetworks OF_THIS_MACHINE = new LocalNetworks(Card::all, RoutedAddress::toTheWorld, System::nanoTime);

    /**
     * What there is.
     *
     * @param cards interfaces that are up, the loopback too
     * @param routed from where this machine sends to the world
     */
    public record Look(List<Card> cards, Optional<InetAddress> routed) {
        /** All addresses of this machine. */
        public Set<InetAddress> addresses() {
            Set<InetAddress> all = new HashSet<>();
            cards.forEach(card -> all.addAll(card.addresses()));
            return all;
        }

        /** Only these, by name or address; all for null. */
        public Look only(@Nullable String nameOrAddress) {
            return nameOrAddress == null ? this : new Look(cards.stream().filter(card -> card.is(nameOrAddress)).toList(), routed);
        }

        /** Whether an address is of a network that this machine is on itself. */
        public boolean isOnLink(InetAddress other) {
            return interfacesOf(cards).anyMatch(each -> leadsTo(each, other));
        }

        /** Names of the interfaces on whose own networks an address is; of a link's own address that at which it was heard. */
        public Set<String> linksTo(InetAddress other) {
            NetworkInterface scope = other instanceof Inet6Address address ? address.getScopedInterface() : null;
            return scope != null ? Set.of(scope.getName()) : interfacesOf(cards).filter(each -> leadsTo(each, other))
                    .map(NetworkInterface::getName).collect(Collectors.toSet());
        }

        private static boolean leadsTo(NetworkInterface each, InetAddress other) {
            return each.getInterfaceAddresses().stream()
                    .anyMatch(own -> haveSamePrefix(own.getAddress().getAddress(), other.getAddress(), own.getNetworkPrefixLength()));
        }

        private static boolean haveSamePrefix(byte[] one, byte[] other, int bits) {
            if (one.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** Which leads to the local network; empty where only the loopback is there. */
        public Optional<InterfaceChoice> choice() {
            return choice(Set.of());
        }

        /** The same where others are met at these addresses. */
        public Optional<InterfaceChoice> choice(Set<InetAddress> met) {
            Set<String> through = met.stream().flatMap(each -> linksTo(each).stream()).collect(Collectors.toSet());
            return InterfaceChoice.of(cards, routed, Boolean.getBoolean("java.net.preferIPv6Addresses"), through);
        }
    }

    private final Supplier<List<Card>> cards;
    private final Supplier<Optional<InetAddress>> routed;
    private final LongSupplier nanos;
    private @Nullable Look last;
    private long lookedNanos;

    LocalNetworks(Supplier<List<Card>> cards, Supplier<Optional<InetAddress>> routed, LongSupplier nanos) {
        this.cards = cards;
        this.routed = routed;
        this.nanos = nanos;
    }

    /** As it was at most a second ago. The same object as before if nothing has changed. */
    public synchronized Look look() {
        long now = nanos.getAsLong();
        Look before = last;
        if (before == null || now - lookedNanos >= LOOK_NANOS) {
            return lookNow(now);
        }
        return before;
    }

    /** As it is now. */
    public synchronized Look lookNow() {
        return lookNow(nanos.getAsLong());
    }

    private Look lookNow(long now) {
        Look found = new Look(cards.get(), routed.get());
        lookedNanos = now;
        Look before = last;
        if (before == null || !before.equals(found)) {
            last = found;
            return found;
        }
        return before;
    }

    /** The interfaces of these cards that are still there. */
    public static Stream<NetworkInterface> interfacesOf(List<Card> cards) {
        return cards.stream().flatMap(card -> {
            try {
                return Stream.ofNullable(NetworkInterface.getByName(card.name()));
            } catch (SocketException e) {
                return Stream.empty();
            }
        });
    }
}
