package dev.parlor.internal.net.jgroups.roaming;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * How to reach members, by the address that they give for themselves. A machine with several interfaces gives one of its
 * addresses, and not each of the others may reach that one: where it is heard from is where it is reached, as long as it is heard
 * from there. Where nobody can connect to it, as behind a firewall, a connection that it has opened itself serves. Thread-safe.
 */
public final class Paths {
    /** Members say something each second or two. From where nothing came for so long, nothing may come any more. */
    static final long FRESH_NANOS = 4_000_000_000L;
    /** Who was not heard for so long was cut off or stopped, or several of its datagrams were lost: each says something within 1.6 s. */
    static final long AWAY_NANOS = 2_500_000_000L;
    /** An address that did not take a connection is not tried again for so long: each try may hold up a sender. */
    static final long BLOCKED_NANOS = 2_000_000_000L;
    /** A connection is given that much time before it is given up for nothing coming on it. Heartbeats come after 3 s at the latest. */
    static final long SILENT_NANOS = 4_000_000_000L;
    /** Who has been told so often that nothing comes on its connection has none there any more. */
    static final int TOLD_UNHEARD = 3;
    /** Of more members than a room can have, with all that have left in the last hours. Strangers cannot make it grow. */
    static final int MAX_KNOWN = 4_096;
    /** Of one member: more than any machine has addresses of use. */
    static final int MAX_SOURCES = 16;

    /** Of the address that a member gives for itself, and of the loopback, which no other machine can speak from. */
    private static final int OWN_RANK = 1;

    private static final class Source {
        long heardNanos;
        long blockedNanos;
        boolean blocked;
    }

    private static final class Path {
        final Map<InetAddress, Source> sources = new HashMap<>();
        @Nullable InetAddress used;
        @Nullable Address back;
        /** When it was connected to last, or that was given up. */
        long renewedNanos;
        int toldUnheard;
    }

    private final LongSupplier nanos;
    private final Map<PhysicalAddress, Path> paths = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PhysicalAddress, Path> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    public Paths(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A member was heard.
     *
     * @param given the address that it gives for itself
     * @param source where it was heard from
     * @return where it was reached before, if that is another place now: a connection there is of no use any more
     */
    public synchronized Optional<PhysicalAddress> heard(IpAddress given, InetAddress source) {
        Path path = paths.computeIfAbsent(given, unknown -> new Path());
        if (path.sources.size() >= MAX_SOURCES && !path.sources.containsKey(source)) {
            // Never the one that is in use: whoever can speak from many addresses could take its place.
            path.sources.entrySet().stream().filter(each -> !each.getKey().equals(path.used))
                    .min(Comparator.comparingLong(each -> each.getValue().heardNanos)).map(Map.Entry::getKey).ifPresent(path.sources::remove);
        }
        path.sources.computeIfAbsent(source, unknown -> new Source()).heardNanos = nanos.getAsLong();
        return choose(given, path);
    }

    /** Whether a member was heard once, and then not for a time in which it says something twice. */
    public synchronized boolean isAway(IpAddress given) {
        Path path = paths.get(given);
        long last = path == null ? 0 : path.sources.values().stream().mapToLong(each -> each.heardNanos).max().orElse(0);
        return last != 0 && nanos.getAsLong() - last > AWAY_NANOS;
    }

    /** It cannot be connected to where it is reached now. Another place is taken if there is one. */
    public synchronized void failed(PhysicalAddress given) {
        if (given instanceof IpAddress address) {
            Path path = paths.computeIfAbsent(given, unknown -> new Path());
            Source source = path.sources.computeIfAbsent(reachedAt(address, path), unknown -> new Source());
            source.blocked = true;
            source.blockedNanos = nanos.getAsLong();
            choose(address, path);
        }
    }

    /** It was connected to. */
    public synchronized void worked(PhysicalAddress given) {
        Path path = paths.get(given);
        if (path != null) {
            path.renewedNanos = nanos.getAsLong();
            Source source = path.sources.get(reachedAt((IpAddress) given, path));
            if (source != null) {
                source.blocked = false;
            }
        }
    }

    /** Whether the connection to it may be given up for another: not if it is new. */
    public synchronized boolean renews(IpAddress given) {
        Path path = paths.get(given);
        long now = nanos.getAsLong();
        if (path == null || path.renewedNanos != 0 && now - path.renewedNanos < SILENT_NANOS) {
            return false;
        }
        path.renewedNanos = now;
        return true;
    }

    /** It has opened this connection itself. */
    public synchronized void opened(IpAddress given, Address connection) {
        Path path = paths.computeIfAbsent(given, unknown -> new Path());
        path.back = connection;
        path.toldUnheard = 0;
    }

    /** The connection that it has opened last; null if there was none. */
    public synchronized @Nullable Address back(PhysicalAddress given) {
        Path path = paths.get(given);
        return path == null ? null : path.back;
    }

    /** Whether it is heard by another way, and nothing comes any more on the connection that it has opened. */
    synchronized boolean isUnheard(IpAddress given, Talk talk, Predicate<Address> isThere) {
        Address back = back(given);
        return back != null && !isAway(given) && isThere.test(back) && talk.isSilent(back, SILENT_NANOS);
    }

    /** It is told that it is not heard on the connection that it has opened. @return whether it has been told so too often */
    synchronized boolean toldUnheard(IpAddress given) {
        Path path = paths.get(given);
        return path != null && ++path.toldUnheard > TOLD_UNHEARD;
    }

    /** Whether the place where it is reached did not take a connection a moment ago. */
    public synchronized boolean isBlocked(PhysicalAddress given) {
        Path path = paths.get(given);
        if (path == null || !(given instanceof IpAddress address)) {
            return false;
        }
        Source source = path.sources.get(reachedAt(address, path));
        return source != null && source.blocked && nanos.getAsLong() - source.blockedNanos < BLOCKED_NANOS;
    }

    /** Whether the last try to connect to it failed. */
    public synchronized boolean isFailing(PhysicalAddress given) {
        Path path = paths.get(given);
        return path != null && path.sources.values().stream().anyMatch(each -> each.blocked) && path.sources.values().stream()
                .filter(each -> each.heardNanos != 0).allMatch(each -> each.blocked);
    }

    /** The address to send to for one that a member gives for itself. */
    public synchronized PhysicalAddress of(PhysicalAddress given) {
        return place(given, paths.get(given));
    }

    private static PhysicalAddress place(PhysicalAddress given, @Nullable Path path) {
        return path == null || path.used == null || !(given instanceof IpAddress address) ? given : new IpAddress(path.used, address.getPort());
    }

    /** The same address with the interface at which somebody was heard from there; as it is if nobody was. */
    synchronized InetAddress scoped(InetAddress address) {
        return paths.values().stream().flatMap(path -> path.sources.keySet().stream()).filter(address::equals).findFirst().orElse(address);
    }

    /** Whether somebody who is reached there is heard at this moment, from wherever. */
    public synchronized boolean isHeardAt(Address there) {
        long now = nanos.getAsLong();
        return reachedAt(there).stream().map(paths::get).anyMatch(path -> path != null && path.sources.values().stream()
                .anyMatch(source -> source.heardNanos != 0 && now - source.heardNanos < FRESH_NANOS));
    }

    /** Those who give an address that is reached there now. */
    public synchronized List<PhysicalAddress> reachedAt(Address there) {
        List<PhysicalAddress> all = new ArrayList<>();
        paths.forEach((given, path) -> {
            // By the entry: to get it would change the order, and end the walk.
            if (there.equals(place(given, path)) || there.equals(path.back)) {
                all.add(given);
            }
        });
        return all;
    }

    /** The addresses at which those are reached who are heard at this moment. */
    public synchronized Set<InetAddress> reached() {
        long now = nanos.getAsLong();
        Set<InetAddress> all = new HashSet<>();
        paths.values().forEach(path -> {
            InetAddress used = path.used;
            if (used != null && isGood(path.sources.get(used), now)) {
                all.add(used);
            }
        });
        return all;
    }

    /** The network of this machine has changed: what was blocked need not be. */
    public synchronized void networkChanged() {
        paths.values().forEach(path -> path.sources.values().forEach(source -> source.blocked = false));
    }

    private static InetAddress reachedAt(IpAddress given, Path path) {
        InetAddress used = path.used;
        return used != null ? used : given.getIpAddress();
    }

    private Optional<PhysicalAddress> choose(IpAddress given, Path path) {
        long now = nanos.getAsLong();
        InetAddress before = path.used;
        // From its own address it can be heard by nobody's doing but its own; from any other, somebody may have passed it on.
        if (before != null && isGood(path.sources.get(before), now) && (rank(given, before) <= OWN_RANK
                || isDoubtful(path.sources.get(given.getIpAddress()), now))) {
            return Optional.empty();
        }
        Optional<InetAddress> best = path.sources.entrySet().stream().filter(each -> isGood(each.getValue(), now)).map(Map.Entry::getKey)
                .min(Comparator.comparingInt(source -> rank(given, source)));
        if (best.isEmpty() || best.get().equals(before)) {
            return Optional.empty();
        }
        path.used = best.get();
        return before == null && given.getIpAddress().equals(path.used) ? Optional.empty()
                : Optional.of(new IpAddress(before == null ? given.getIpAddress() : before, given.getPort()));
    }

    private static boolean isGood(@Nullable Source source, long now) {
        return source != null && source.heardNanos != 0 && now - source.heardNanos < FRESH_NANOS
                && !(source.blocked && now - source.blockedNanos < BLOCKED_NANOS);
    }

    /** Whether it has failed since it worked last, though it is tried again if there is no other. */
    private static boolean isDoubtful(@Nullable Source source, long now) {
        return source == null || source.blocked || !isGood(source, now);
    }

    /** The lower the better. */
    private static int rank(IpAddress given, InetAddress source) {
        if (source.isLoopbackAddress()) {
            return 0;
        }
        if (source.equals(given.getIpAddress())) {
            return OWN_RANK;
        }
        if (source instanceof Inet4Address) {
            return source.isSiteLocalAddress() ? 2 : 3;
        }
        return source.isLinkLocalAddress() ? 5 : 4;
    }
}
