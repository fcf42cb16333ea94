package dev.parlor.dnssd;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.jmdns.ServiceInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a program registers, or what was found of another.
 *
 * @param room the same for all its programs
 * @param id no other program's
 * @param at where it listens
 */
record Service(String room, String id, List<InetSocketAddress> at) {
    /** A name of at most 15 characters and the protocol: RFC 6763, section 7. */
    static final String TYPE = "_parlor._udp.local.";
    private static final String ROOM = "room";
    private static final String ID = "id";
    /** The version of what the record holds: RFC 6763, section 6.7. */
    private static final String VERSION = "txtvers";
    /** More than a machine has. */
    private static final int MAX_ADDRESSES = 16;

    Service {
        at = List.copyOf(at);
    }

    /** What is registered for a program at one of its addresses, whose record JmDNS adds. */
    static ServiceInfo info(String room, String id, int port) {
        // A name for each registration: the same at two interfaces of one network would be taken for a conflict.
        String name = UUID.randomUUID().toString();
        return ServiceInfo.create(TYPE, name, port, 0, 0, Map.of(VERSION, "1", ROOM, room, ID, id));
    }

    /** What another has registered; null if it is none of ours or not complete. */
    static @Nullable Service of(@Nullable ServiceInfo info) {
        String room = info == null ? null : info.getPropertyString(ROOM);
        String id = info == null ? null : info.getPropertyString(ID);
        if (info == null || room == null || id == null || info.getPort() <= 0) {
            return null;
        }
        List<InetSocketAddress> at = Arrays.stream(info.getInetAddresses()).filter(Service::isOfUse).distinct().limit(MAX_ADDRESSES)
                .map(each -> new InetSocketAddress(each, info.getPort())).toList();
        return at.isEmpty() ? null : new Service(room, id, at);
    }

    /** Where the other programs of a room listen. */
    static Set<InetSocketAddress> others(Collection<Service> all, String room, String id) {
        return all.stream().filter(each -> each.room.equals(room) && !each.id.equals(id)).flatMap(each -> each.at.stream())
                .collect(Collectors.toSet());
    }

    /** An address of a link says nothing without the interface, which is not in the record. */
    private static boolean isOfUse(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLinkLocalAddress() && !address.isLoopbackAddress();
    }
}
