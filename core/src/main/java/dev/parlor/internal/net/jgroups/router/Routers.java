package dev.parlor.internal.net.jgroups.router;

import dev.parlor.internal.net.jgroups.address.HostPort;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.logging.Log;
import org.jgroups.util.ThreadFactory;
import org.jgroups.util.TimeScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The routers of a room. A member is connected to all of them, and sends by the first: the others stand by, so that a message is
 * not carried twice. Who is not at the first is sent to by one by which it is heard: routers do not know of each other, and a router does
 * not know for a quarter of an hour that a connection leads nowhere any more, which the member at its other end knows in seconds
 * and then sends by another. (JGroups' own way, any router for each message, loses what goes by one at which the receiver is
 * not.) Thread-safe.
 */
public final class Routers {
    /** Where no port is named: that of JGroups' GossipRouter. */
    public static final int DEFAULT_PORT = 12_001;
    /** How long the first connection is waited for: its opening, and the looking up of a name before it. */
    private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** When one is open, the others are waited for no longer than this: some round trips, not the time until a dead host is given up. */
    private static final long OTHERS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Whom a router has, it says within a round trip. Without an answer somebody is taken to be there. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A member that sends by several routers is heard by them at the same time but for the way, and each second at least: what is older
     * by more than this does not come by that router any more. Less than the interval of the failure detection (1.5 s).
     */
    private static final long SAME_TIME_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** By which router is sent to whom is found out again after this time: seldom beside messages, often beside heartbeats. */
    private static final long ROUTES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** By which routers is sent, as was found out at a moment. */
    private record Routes(long madeNanos, List<Router> toAll, Map<Address, List<Router>> toOne) {}

    /** Who takes what comes. */
    public interface Hearer {
        /** Bytes of a member, as the router says. */
        void onMessage(Address sender, byte[] bytes, int offset, int length);

        /** A router has lost the connection to a member, who may be there still. */
        void onSuspect(Address member);

        /** The last connection has ended. It is told again after there was one again. */
        void onAllLost(String routers);
    }

    /** Where connections to routers come from, asked for each. */
    public interface Source extends Router.Source {}

    /**
     * How often is asked and when is given up.
     *
     * @param heartbeatMillis between two questions whether a router is there, and two tries to reach one that is not
     * @param silenceMillis after which a connection on which nothing comes is given up
     */
    public record Pace(long heartbeatMillis, long silenceMillis) {}

    private final List<Router> routers;
    private final Hearer hearer;
    private final Pace pace;
    private final Executor pool;
    private volatile @Nullable Routes routes;
    private int connections;
    private boolean closed;
    private @Nullable Future<?> ticking;

    /**
     * Who is connected.
     *
     * @param cluster of the room
     * @param self the address in it
     */
    public record Member(String cluster, Address self) {}

    /** Nothing is opened yet. */
    public Routers(List<HostPort> targets, Source source, Member member, Pace pace, Executor pool, ThreadFactory threads, Log log, Hearer hearer) {
        this.hearer = hearer;
        this.pace = pace;
        this.pool = pool;
        Router.Hearer own = new Router.Hearer() {
            @Override
            public void onMessage(Address sender, byte[] bytes, int offset, int length) {
                hearer.onMessage(sender, bytes, offset, length);
            }

            @Override
            public void onSuspect(Address member) {
                hearer.onSuspect(member);
            }

            @Override
            public void onChange() {
                changed();
            }
        };
        Router.Member registering = new Router.Member(member.cluster(), member.self());
        this.routers = targets.stream().map(each -> new Router(each, source, registering, threads, log, own)).toList();
    }

    /**
     * Connects to all, and waits until it is known which can be reached and whom they have.
     *
     * @return whether one is connected
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public boolean open(TimeScheduler timer) throws InterruptedException {
        routers.forEach(Router::open);
        await(OPEN_NANOS, () -> isConnected() || routers.stream().noneMatch(Router::isOpening));
        await(OTHERS_NANOS, () -> routers.stream().noneMatch(Router::isOpening));
        if (!isConnected()) {
            return false;
        }
        await(ANSWER_NANOS, () -> routers.stream().allMatch(each -> !each.isConnected() || each.hasAnswered()));
        synchronized (this) {
            if (!closed) {
                ticking = timer.scheduleWithFixedDelay(this::tick, pace.heartbeatMillis(), pace.heartbeatMillis(), TimeUnit.MILLISECONDS, false);
            }
        }
        return true;
    }

    private synchronized void await(long nanos, BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; !there.getAsBoolean() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private void tick() {
        long silenceNanos = TimeUnit.MILLISECONDS.toNanos(pace.silenceMillis());
        routers.forEach(each -> each.tick(silenceNanos, routers.size() > 1, pool));
    }

    private void changed() {
        routes = null;
        boolean lost;
        boolean fewer;
        synchronized (this) {
            int connected = (int) routers.stream().filter(Router::isConnected).count();
            fewer = connected < connections && connected > 0 && !closed;
            lost = connected < connections && connected == 0 && !closed;
            connections = connected;
            notifyAll();
        }
        if (fewer) {
            // Those who send by the one that was lost hear where this member is now: by the next heartbeat it would be expelled.
            routers.forEach(each -> each.sayWhere(pool));
        }
        if (lost) {
            hearer.onAllLost(toString());
        }
    }

    /** Whether there is a connection to any. */
    public boolean isConnected() {
        return routers.stream().anyMatch(Router::isConnected);
    }

    /** Whether somebody else is, or may be, registered at any of them. */
    public boolean hasOthers() {
        return routers.stream().filter(Router::isConnected).anyMatch(each -> !each.hasAnswered() || !each.registered().isEmpty());
    }

    /** To one. What cannot be sent is lost, as on any network. */
    public void send(Address to, byte[] bytes, int offset, int length) {
        // Who is registered only just now is not known anywhere.
        (routers.size() == 1 ? routers : routes().toOne().getOrDefault(to, routers)).forEach(each -> each.send(to, bytes, offset, length));
    }

    /** To all others. What cannot be sent is lost, as on any network. */
    public void sendToAll(byte[] bytes, int offset, int length) {
        (routers.size() == 1 ? routers : routes().toAll()).forEach(each -> each.send(null, bytes, offset, length));
    }

    private Routes routes() {
        Routes known = routes;
        long now = System.nanoTime();
        if (known == null || now - known.madeNanos() > ROUTES_NANOS) {
            known = findRoutes(now);
            routes = known;
        }
        return known;
    }

    private Routes findRoutes(long now) {
        List<Router> open = routers.stream().filter(Router::isConnected).toList();
        Map<Address, List<Router>> toOne = new HashMap<>();
        Set<Router> toAll = new LinkedHashSet<>();
        open.stream().flatMap(each -> each.registered().stream()).distinct().forEach(member -> {
            List<Router> way = way(member, open);
            toOne.put(member, way);
            toAll.addAll(way);
        });
        return new Routes(now, toAll.isEmpty() ? open : List.copyOf(toAll), toOne);
    }

    /** The first by which it is heard; all where it is registered and was not heard yet. */
    private static List<Router> way(Address member, List<Router> open) {
        List<Router> hearing = open.stream().filter(each -> each.heardNanos(member) != null).toList();
        return hearing.stream().filter(each -> hearing.stream().allMatch(other -> isAbout(each.heardNanos(member), other.heardNanos(member))))
                .findFirst().map(List::of).orElseGet(() -> open.stream().filter(each -> each.registered().contains(member)).toList());
    }

    private static boolean isAbout(@Nullable Long heard, @Nullable Long heardElsewhere) {
        return heard != null && (heardElsewhere == null || heardElsewhere - heard < SAME_TIME_NANOS);
    }

    /** The one by which is sent to all, or those; empty if there is none. */
    public List<String> used() {
        return routes().toAll().stream().map(Router::toString).toList();
    }

    /** The address of this machine towards the one by which is sent; null if there is none. */
    public @Nullable InetSocketAddress localAddress() {
        for (Router each : routes().toAll()) {
            InetSocketAddress local = each.localAddress();
            if (local != null) {
                return local;
            }
        }
        return null;
    }

    /** All, and why those are not connected that are not. */
    @Override
    public String toString() {
        return routers.stream().map(each -> each + (each.isConnected() ? "" : " (" + each.failure() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** Leaves all. Nothing comes afterwards. */
    public void close() {
        synchronized (this) {
            closed = true;
            if (ticking != null) {
                ticking.cancel(false);
            }
        }
        routers.forEach(Router::close);
    }
}
