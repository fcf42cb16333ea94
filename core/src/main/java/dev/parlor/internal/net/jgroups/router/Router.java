package dev.parlor.internal.net.jgroups.router;

import dev.parlor.internal.net.jgroups.address.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.Address;
import org.jgroups.logging.Log;
import org.jgroups.util.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** One router: the connection to it, if there is one, and who is known to be registered there. Thread-safe. */
final class Router implements RouterConnection.Hearer {
    /** Of a room. */
    interface Hearer {
        void onMessage(Address sender, byte[] bytes, int offset, int length);

        void onSuspect(Address member);

        /** A connection was opened or has ended, or a router has said who is there. */
        void onChange();
    }

    /** Where connections come from; asked for each of them, since the address of an interface changes. */
    interface Source {
        /** Null for whichever the system chooses. */
        @Nullable InetAddress address();
    }

    /**
     * Who registers.
     *
     * @param name of the room's cluster
     * @param self the member
     */
    record Member(String name, Address self) {}

    /** More senders than these are none of members that are there; who is not known is sent to by all routers. */
    private static final int MAX_SENDERS = 4_096;

    private final HostPort target;
    private final Source source;
    private final Member member;
    private final ThreadFactory threads;
    private final Log log;
    private final Hearer hearer;
    /** At most one thread opens a connection, and one says something on it that may have to wait. */
    private final AtomicBoolean opening = new AtomicBoolean();
    private final AtomicBoolean asking = new AtomicBoolean();
    /** When something came last through this router, by who sent it. */
    private final Map<Address, Long> heardNanos = new ConcurrentHashMap<>();
    private volatile @Nullable RouterConnection connection;
    private volatile Set<Address> registered = ConcurrentHashMap.newKeySet();
    private volatile boolean answered;
    private volatile boolean closed;
    private volatile String failure = "no answer yet";

    Router(HostPort target, Source source, Member member, ThreadFactory threads, Log log, Hearer hearer) {
        this.target = target;
        this.source = source;
        this.member = member;
        this.threads = threads;
        this.log = log;
        this.hearer = hearer;
    }

    boolean isConnected() {
        return connection != null;
    }

    /** Whether a try to open a connection is under way. */
    boolean isOpening() {
        return opening.get();
    }

    /** Whether it has said who is there, since the connection was opened. */
    boolean hasAnswered() {
        return answered;
    }

    /** Who is known to be registered there, besides this member. Of those that come it is told at the next heartbeat. */
    Set<Address> registered() {
        return registered;
    }

    /** When something of this member came last through this router; null if nothing has. */
    @Nullable Long heardNanos(Address sender) {
        return heardNanos.get(sender);
    }

    @Nullable InetSocketAddress localAddress() {
        RouterConnection open = connection;
        return open == null ? null : open.localAddress();
    }

    /** Why there is no connection. */
    String failure() {
        return failure;
    }

    /** Opens a connection, on a thread of its own: a host that is down does not answer for seconds. */
    void open() {
        if (connection == null && !closed && opening.compareAndSet(false, true)) {
            threads.newThread(this::connect, "connects to " + target).start();
        }
    }

    private void connect() {
        try {
            RouterConnection made = new RouterConnection(source.address(), new InetSocketAddress(target.host(), target.port()),
                    threads, log, this);
            try {
                answered = false;
                // Without the name of the participant and the address of its machine, which are no business of the router's.
                made.connect(member.name(), member.self(), null, null);
                made.askForMembers(member.name());
                connection = made;
                if (closed || !made.isConnected()) {
                    onClosed(made);
                }
            } catch (Exception e) {
                made.destroy();
                throw e;
            }
        } catch (Exception e) {
            failure = String.valueOf(e.getMessage());
            log.debug("no connection to the router %s: %s", target, e);
        } finally {
            opening.set(false);
            hearer.onChange();
        }
    }

    /** Once a heartbeat: gives up a connection on which nothing comes, opens one where there is none, asks where there is. */
    void tick(long silenceNanos, boolean withMembers, Executor pool) {
        RouterConnection open = connection;
        if (open == null) {
            open();
        } else if (System.nanoTime() - open.heardNanos() > silenceNanos) {
            end(open, "it was silent for " + TimeUnit.NANOSECONDS.toMillis(silenceNanos) + " ms");
        } else if (asking.compareAndSet(false, true)) {
            try {
                pool.execute(() -> ask(open, withMembers));
            } catch (RuntimeException full) {
                asking.set(false);
            }
        }
    }

    private void ask(RouterConnection open, boolean withMembers) {
        try {
            if (withMembers) {
                open.askForMembers(member.name());
            } else {
                open.heartbeat();
            }
        } catch (Exception e) {
            onClosed(open);
        } finally {
            asking.set(false);
        }
    }

    /** Says nothing to all, by which they know that this member is heard through this router. */
    void sayWhere(Executor pool) {
        try {
            pool.execute(() -> send(null, new byte[0], 0, 0));
        } catch (RuntimeException full) {
            // They know it when something else is said.
        }
    }

    /** Sends to one, or to all where that is null. What cannot be sent is lost, as on any network. */
    void send(@Nullable Address to, byte[] bytes, int offset, int length) {
        RouterConnection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.sendToMember(member.name(), to, member.self(), bytes, offset, length);
        } catch (Exception e) {
            log.debug("the connection to the router %s has ended: %s", target, e);
            onClosed(open);
        }
    }

    @Override
    public void onMessage(Address sender, byte[] bytes, int offset, int length) {
        if (sender.equals(member.self())) {
            return;
        }
        if (heardNanos.size() < MAX_SENDERS || heardNanos.containsKey(sender)) {
            heardNanos.put(sender, System.nanoTime());
        }
        if (length > 0) {
            hearer.onMessage(sender, bytes, offset, length);
        }
    }

    @Override
    public void onMembers(RouterConnection from, Set<Address> members) {
        members.remove(member.self());
        Set<Address> others = ConcurrentHashMap.newKeySet();
        others.addAll(members);
        registered = others;
        heardNanos.keySet().retainAll(others);
        answered = true;
        hearer.onChange();
    }

    @Override
    public void onSuspect(RouterConnection from, Address suspect) {
        if (from == connection) {
            registered.remove(suspect);
            heardNanos.remove(suspect);
        }
        hearer.onSuspect(suspect);
    }

    @Override
    public void onClosed(RouterConnection ended) {
        end(ended, "the connection has ended");
    }

    private void end(RouterConnection ended, String why) {
        boolean was;
        synchronized (this) {
            was = connection == ended;
            if (was) {
                connection = null;
                registered = ConcurrentHashMap.newKeySet();
                heardNanos.clear();
                failure = why;
            }
        }
        ended.destroy();
        if (was) {
            hearer.onChange();
            // At once: members whose connections end are suspected.
            open();
        }
    }

    /** Ends the connection, by which the router knows that this member is gone. Nothing is opened afterwards. */
    void close() {
        closed = true;
        RouterConnection open = connection;
        if (open != null) {
            onClosed(open);
        }
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
