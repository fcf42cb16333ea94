package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

/**
 * Who was heard in discovery, from where and by which way; and what that says of the network. Guarded by itself.
 */
final class Hearing {
    /** Who was alone for so long is told so. */
    static final long NOBODY_NANOS = 4_000_000_000L;
    /** Whose broadcasts come for so long, and no multicast, has its multicasts blocked. */
    static final long BLOCKED_NANOS = 3_000_000_000L;
    /** Whose multicasts came and have ended for so long, while it is here, as well: it sends one each second or two. */
    static final long ENDED_NANOS = 8_000_000_000L;
    /** Who is heard for so long, and is not met nor can be connected to, cannot be reached. */
    static final long UNREACHABLE_NANOS = 3_000_000_000L;
    /** The same is not said again before. */
    static final long AGAIN_NANOS = 600_000_000_000L;
    /** Who was not heard for so long is asked no more. */
    static final long FORGET_NANOS = 3_600_000_000_000L;
    /** Who is there is heard as often as this. */
    private static final long NOW_NANOS = 2_500_000_000L;
    /** Who is not met and is heard again after so long was cut off. */
    private static final long BREAK_NANOS = 5_000_000_000L;
    /** Who looks once a second and has not for so long was stopped. */
    private static final long STOPPED_NANOS = 3_000_000_000L;
    /** Who never was here is asked no more after this time: it was of another part of the group, or somebody who said so. */
    static final long FORGET_UNKNOWN_NANOS = 60_000_000_000L;
    /** So many are asked at once, the others in turn. */
    static final int MAX_ASKED = 64;
    /** So many broadcasts without a multicast are no chance, also where packets are lost. */
    private static final int MIN_BROADCASTS = 3;
    /** More than a room can have members, and of those who have left lately. */
    private static final int MAX_HEARD = 2_048;

    private static final class Heard {
        /** Since when it is heard and not here. */
        long awayNanos;
        /** Since when it is heard without a break. */
        long sinceNanos;
        InetSocketAddress at;
        IpAddress given;
        boolean multicasts;
        /** Whether it is met, at the last look. */
        boolean here;
        boolean wasHere;
        long lastNanos;
        long multicastNanos;
        boolean byMulticast;
        int broadcasts;

        Heard(long nowNanos, InetSocketAddress at, IpAddress given) {
            this.sinceNanos = nowNanos;
            this.awayNanos = nowNanos;
            this.at = at;
            this.given = given;
        }

        /** See {@link Datagram#isOfOutsider}. */
        boolean isOutsider() {
            return given.getPort() == 0;
        }
    }

    private final Ways ways;
    private final BiConsumer<Trouble, String> trouble;
    private final Map<Address, Heard> heard = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Address, Heard> eldest) {
            return size() > MAX_HEARD;
        }
    };
    private final Map<Trouble, Long> toldNanos = new LinkedHashMap<>();
    private final long startNanos;
    private boolean saidNobody;
    private long lookedNanos;
    private int lostTurn;

    Hearing(Ways ways, long nowNanos) {
        this.ways = ways;
        this.trouble = ways.trouble();
        this.startNanos = nowNanos;
    }

    /** Somebody else was heard. */
    synchronized void heard(Address who, InetSocketAddress from, Datagram datagram, long nowNanos) {
        Heard entry = heard.computeIfAbsent(who, unknown -> new Heard(nowNanos, from, datagram.given()));
        if (!entry.here && nowNanos - entry.lastNanos > BREAK_NANOS) {
            entry.sinceNanos = nowNanos;
        }
        entry.lastNanos = nowNanos;
        entry.at = from;
        entry.given = datagram.given();
        entry.multicasts = datagram.multicasts();
        if (datagram.way() == Way.MULTICAST) {
            entry.byMulticast = true;
            entry.multicastNanos = nowNanos;
        } else if (datagram.way() == Way.BROADCAST) {
            entry.broadcasts++;
        }
    }

    synchronized boolean isAnybodyHeard() {
        return !heard.values().stream().allMatch(Heard::isOutsider);
    }

    /**
     * Whether an answer may be on its way that says who is in the room: somebody is there who has not answered, or has and is no
     * newcomer, as those are who start at the same time.
     *
     * @param met how many are there as far as is known otherwise, whose words may not be readable yet
     */
    synchronized boolean isAnybodyOwing(Responses answers, int met) {
        return met > heard.size() || heard.entrySet().stream().filter(each -> !each.getValue().isOutsider())
                .map(each -> answers.findResponseFrom(each.getKey())).anyMatch(answer -> answer == null || answer.isServer());
    }

    /** Where somebody was heard last; null if never. */
    synchronized @Nullable InetSocketAddress at(Address who) {
        Heard entry = heard.get(who);
        return entry == null ? null : entry.at;
    }

    /** Where those are asked who were heard and are not here: they may be cut off, and found by no other way. */
    synchronized List<InetSocketAddress> lost(Predicate<Address> isHere, long nowNanos) {
        heard.values().removeIf(each -> nowNanos - each.lastNanos > (each.wasHere ? FORGET_NANOS : FORGET_UNKNOWN_NANOS));
        List<InetSocketAddress> found = new ArrayList<>();
        heard.forEach((who, entry) -> {
            if (!isHere.test(who) && !entry.isOutsider()) {
                found.add(entry.at);
            }
        });
        if (found.size() > MAX_ASKED) {
            lostTurn = (lostTurn + MAX_ASKED) % found.size();
            Collections.rotate(found, -lostTurn);
        }
        return found.subList(0, Math.min(found.size(), MAX_ASKED));
    }

    /** Addresses from which those are heard who are here. */
    synchronized Set<InetAddress> here(Predicate<Address> isHere) {
        Set<InetAddress> found = new HashSet<>();
        heard.forEach((who, entry) -> {
            if (isHere.test(who)) {
                found.add(entry.at.getAddress());
            }
        });
        return found;
    }

    /**
     * Looks at what was heard.
     *
     * @param isHere who is met
     * @param alone whether nobody else is
     * @param isFailing to whom no connection can be made
     * @param isTalking who was heard on a connection in the last seconds
     * @return whether somebody is heard who cannot be reached
     */
    boolean look(Predicate<Address> isHere, boolean alone, Predicate<IpAddress> isFailing, Predicate<IpAddress> isTalking,
            LocalNetworks.Look look, long nowNanos) {
        Map<Trouble, String> found = new LinkedHashMap<>();
        boolean unreachable;
        synchronized (this) {
            if (lookedNanos != 0 && nowNanos - lookedNanos > STOPPED_NANOS) {
                // This program was stopped, as its machine slept: what it did not hear meanwhile says nothing of the network.
                heard.values().forEach(each -> each.sinceNanos = nowNanos);
            }
            lookedNanos = nowNanos;
            if (!saidNobody && nowNanos - startNanos > NOBODY_NANOS) {
                saidNobody = true;
                if (alone && !isAnybodyHeard()) {
                    found.put(Trouble.NOBODY_HEARD, nobody(look));
                }
            }
            heard.forEach((who, entry) -> {
                boolean now = nowNanos - entry.lastNanos < NOW_NANOS;
                boolean there = now || isTalking.test(entry.given);
                if (!there) {
                    // Cut off altogether, as far as can be heard: that says nothing of one way.
                    entry.sinceNanos = nowNanos;
                }
                entry.here = isHere.test(who);
                if (entry.here) {
                    entry.wasHere = true;
                    entry.awayNanos = nowNanos;
                } else {
                    entry.sinceNanos = Math.max(entry.sinceNanos, entry.awayNanos);
                }
                if (isMulticastBlocked(entry, there, look, nowNanos)) {
                    found.putIfAbsent(Trouble.MULTICAST_BLOCKED, blocked(entry));
                }
                // Both may be: behind a firewall at each side no multicast comes either.
                if (now && entry.lastNanos - Math.max(entry.sinceNanos, entry.awayNanos) > UNREACHABLE_NANOS
                        && isFailing.test(entry.given)) {
                    found.putIfAbsent(Trouble.UNREACHABLE, unreachable(entry));
                }
            });
            unreachable = found.containsKey(Trouble.UNREACHABLE);
            found.keySet().removeIf(kind -> {
                Long before = toldNanos.get(kind);
                boolean again = before != null && nowNanos - before < AGAIN_NANOS;
                if (!again) {
                    toldNanos.put(kind, nowNanos);
                }
                return again;
            });
        }
        found.forEach(trouble);
        return unreachable;
    }

    private boolean isMulticastBlocked(Heard entry, boolean there, LocalNetworks.Look look, long nowNanos) {
        if (!ways.multicasts() || !entry.multicasts || look.addresses().contains(entry.at.getAddress())) {
            return false;
        }
        if (entry.byMulticast) {
            return there && nowNanos - Math.max(entry.multicastNanos, entry.sinceNanos) > ENDED_NANOS;
        }
        // Each broadcast is sent after a multicast. What comes to this program alone may be all that has come yet.
        long enoughNanos = entry.broadcasts >= MIN_BROADCASTS ? BLOCKED_NANOS : ENDED_NANOS;
        return there && nowNanos - entry.sinceNanos > enoughNanos && look.isOnLink(entry.at.getAddress());
    }

    private String blocked(Heard entry) {
        return "multicast from " + entry.at.getAddress().getHostAddress() + (entry.byMulticast ? " comes no more" : " does not come")
                + ", though its program is there: a switch, access point, VPN or firewall does not let it through. It was found by "
                + "another way; add hosts(…) or folder(…) so that nobody depends on multicast, or let UDP port " + ways.multicastPort()
                + " to " + ways.groups().get(0).getHostAddress() + " through";
    }

    private static String unreachable(Heard entry) {
        return "a program at " + entry.at.getAddress().getHostAddress() + " is heard and takes no connection at TCP port "
                + entry.given.getPort() + ": let this port through its firewall (port(…) fixes it)";
    }

    private String nobody(LocalNetworks.Look look) {
        return "nobody else of this room was heard so far: it was looked for " + ways.inWords(look) + ". If somebody else is there, see "
                + "that both are on the same network, that multicast is let through or hosts(…) names the others, and that "
                + "firewalls let in UDP and TCP at the ports of Parlor; Doctor.examine(…) looks closer";
    }
}
