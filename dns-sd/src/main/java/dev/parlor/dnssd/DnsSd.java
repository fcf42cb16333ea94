package dev.parlor.dnssd;

import dev.parlor.PeerDiscovery;

/**
 * Discovery by DNS-SD (RFC 6763) over mDNS (RFC 6762), as printers and Apple's Bonjour do it. Each program of a room registers a
 * service of the type {@code _parlor._udp.local.} at each of its interfaces, and asks for those of the others:
 *
 * <pre>{@code Room room = Room.named("standup").lan().discovery(DnsSd.discovery()).join();}</pre>
 *
 * <p>Use it beside {@link dev.parlor.RoomBuilder#lan} where the network treats mDNS better than other multicast: access points and
 * switches that answer or forward mDNS and drop other multicast, and gateways that pass mDNS on between networks. Alone it serves
 * as well. Where programs meet by {@code lan()} it adds nothing.
 *
 * <p><b>What is registered.</b> A service for each room and address: a random name, the port at which the room listens, and in the TXT
 * record {@code room}, a tag that follows from the room's name, and {@code id}, a random number. Neither the name of the room nor that of a
 * participant is in it. Whoever is on the network can read it, guess a room's name by its tag, and register services of their own:
 * that makes programs ask an address, and lets nobody into a room with a {@link dev.parlor.RoomBuilder#passphrase}.
 *
 * <p><b>Threads.</b> Thread-safe. The rooms of a JVM share one responder for each address, with about four threads and a socket at
 * UDP port 5353, which other responders of the machine (Avahi, Bonjour) use as well. The last room that is closed ends it, in the
 * background: JmDNS takes some seconds to say goodbye, and {@link dev.parlor.Room#close} does not wait for it. Some of its threads are not
 * daemons. When all other threads of the program that are not daemons have ended, the responders are ended within some seconds, so
 * that a program that forgets to close a room still exits.
 *
 * <p><b>Limits.</b> One address of IPv4 and one of IPv6 for each interface that is up and can multicast, 16 in all; not the loopback, and no
 * addresses of a link only. A service must have been announced before it is found, which takes some two seconds (probing, RFC 6762,
 * section 8): who joins later than that after the others is in the room at once, and programs that start together meet some
 * seconds after their joins.
 *
 * <p><b>Failures.</b> If no responder can be opened, as where port 5353 is held by a program that does not share it, a {@link
 * dev.parlor.Warning} says so, and it is tried again every half a minute. Addresses are followed when they change. While nobody is found,
 * it is asked again after 2 s, 4 s and so on up to an hour. After a partition, members look for each other by all ways, and services that
 * were known before the cut are still asked. The service of a program that crashed is known to others for up to an hour and asked in
 * vain.
 *
 * <p><b>Log.</b> JmDNS logs by SLF4J under {@code javax.jmdns}, and warns of each malformed answer of any device of the network; level
 * ERROR is enough.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762">RFC 6762, Multicast DNS</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6763">RFC 6763, DNS-Based Service Discovery</a>
 */
public final class DnsSd {
    private static final PeerDiscovery DISCOVERY = new PeerDiscovery() {
        @Override
        public Search open(String room, String self) {
            return new DnsSdSearch(room, self, Responders.OF_THIS_JVM);
        }

        @Override
        public String toString() {
            return "DNS-SD";
        }
    };

    private DnsSd() {}

    /**
     * The discovery, for any number of rooms.
     *
     * @return what to pass to {@link dev.parlor.RoomBuilder#discovery}, always the same
     */
    public static PeerDiscovery discovery() {
        return DISCOVERY;
    }
}
