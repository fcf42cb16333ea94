package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.doctor.PeerSeen;
import dev.parlor.internal.net.doctor.PeerSeen.Clock;
import dev.parlor.internal.net.doctor.PeerSeen.Heard;
import dev.parlor.internal.net.doctor.Tcp;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who was heard by an onlooker, and how. Guarded by itself. */
final class Sightings {
    /** More than a room can have members. */
    private static final int MAX_PEERS = 1_024;
    /** Of one: more than any machine has addresses of use. */
    private static final int MAX_ADDRESSES = 16;

    /** Something of a peer that came: by which way, and what it says of its clock. */
    record Sign(Heard heard, boolean multicasts, Clock clock) {}

    private static final class Sighting {
        Origin origin;
        final Set<InetSocketAddress> at = new LinkedHashSet<>();
        final Set<Heard> heard = EnumSet.noneOf(Heard.class);
        boolean multicasts;
        @Nullable Clock clock;
        Tcp tcp = Tcp.NOT_TRIED;

        Sighting(Origin origin) {
            this.origin = origin;
        }
    }

    private final LocalNetworks.Look look;
    private final Set<InetAddress> own;
    private final Map<Object, Sighting> seen = new LinkedHashMap<>();

    Sightings(LocalNetworks.Look look) {
        this.look = look;
        this.own = look.addresses();
    }

    /**
     * Something came.
     *
     * @param who an address of JGroups, or where it came from if it is not understood
     * @param at where who sent it is asked
     * @param sign null if it is not understood
     * @return whether it was not heard from there before, and is to be connected to
     */
    synchronized boolean heard(Object who, InetSocketAddress at, Origin origin, @Nullable Sign sign) {
        Sighting found = seen.get(who);
        if (found == null) {
            if (seen.size() >= MAX_PEERS) {
                return false;
            }
            found = new Sighting(origin);
            seen.put(who, found);
        }
        if (sign != null) {
            found.heard.add(sign.heard());
            found.multicasts |= sign.multicasts();
            Clock before = found.clock;
            if (before == null || sign.clock().withinMillis() < before.withinMillis()) {
                found.clock = sign.clock();
            }
        }
        return found.at.size() < MAX_ADDRESSES && found.at.add(at) && at.getPort() != 0;
    }

    /** It was tried to connect to it. */
    synchronized void connected(Object who, Tcp outcome) {
        Sighting found = seen.get(who);
        if (found != null) {
            found.tcp = found.tcp.or(outcome);
        }
    }

    /** Where all are asked who were heard. */
    synchronized Set<InetSocketAddress> addresses() {
        Set<InetSocketAddress> all = new LinkedHashSet<>();
        seen.values().forEach(each -> all.addAll(each.at));
        return all;
    }

    /** What was seen so far. */
    synchronized List<PeerSeen> all() {
        Set<InetSocketAddress> understood = new HashSet<>();
        seen.values().stream().filter(each -> each.origin.state() == PeerSeen.State.READABLE).forEach(each -> understood.addAll(each.at));
        List<PeerSeen> all = new ArrayList<>();
        for (Sighting each : seen.values()) {
            // Some of what somebody says may not be understood, as while a passphrase is changed.
            if (each.origin.state() == PeerSeen.State.READABLE || each.at.stream().noneMatch(understood::contains)) {
                all.add(peer(each));
            }
        }
        return all;
    }

    private PeerSeen peer(Sighting of) {
        Set<String> links = new HashSet<>();
        of.at.forEach(at -> links.addAll(look.linksTo(at.getAddress())));
        return new PeerSeen(of.origin.state(), of.origin.detail(), List.copyOf(of.at), isHere(of), links, of.heard, of.multicasts,
                Optional.ofNullable(of.clock), of.tcp);
    }

    private boolean isHere(Sighting of) {
        return of.at.stream().anyMatch(at -> own.contains(at.getAddress()) || at.getAddress().isLoopbackAddress());
    }
}
