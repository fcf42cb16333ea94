package dev.parlor.internal.net.jgroups.roaming;

import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.address.PortPair;
import java.io.DataInput;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * TCP that listens at all interfaces and connects to each member where it was heard ({@link Paths}), so that nobody has to know
 * which interface leads to whom, and none is lost when an address changes. A connection is known by where it really comes from,
 * not by what it says of itself: JGroups believes that, and whoever said a member's address took the place of its connection. So
 * members have one to each other in each direction; only where one of both cannot be opened the other serves for both.
 *
 * <p>Without {@link #roam} it is JGroups' TCP, at the address and port of its own.
 */
public class RoamingTcp extends TCP {
    /** Who reads has a goodbye at once. */
    private static final long GOODBYE_MILLIS = 300;
    private final Talk talk = new Talk(System::nanoTime);
    private final Greetings greetings = new Greetings();
    private final SilentConnections silent = new SilentConnections();
    private final StuckWrites writes = new StuckWrites(System::nanoTime);
    private final Paths paths = new Paths(System::nanoTime);
    private volatile Runnable renewed = () -> { };
    private volatile Runnable again = () -> { };
    private @Nullable Roaming roaming;
    private @Nullable PortPair ports;
    private volatile LocalNetworks.@Nullable Look look;
    private volatile @Nullable IpAddress given;
    @SuppressWarnings("NullAway.Init") // with the server, at the start
    private Endings endings;
    @SuppressWarnings("NullAway.Init") // with the server, at the start
    private Lanes lanes;

    /** Known to others as TCP. */
    public RoamingTcp() {
        this.id = ClassConfigurator.getProtocolId(TCP.class);
    }

    /** Listens at all interfaces. Set once, before the start. */
    public void roam(Roaming how) {
        roaming = how;
    }

    @Override
    public void start() throws Exception {
        Roaming how = roaming;
        if (how != null) {
            PortPair opened = PortPair.open(how.at(), how.ports(), how.orAnyPort());
            ports = opened;
            bind_port = opened.port();
            port_range = 0;
            bind_addr = how.at();
            external_addr = how.at();
            defer_client_bind_addr = true;
            look = how.look();
            given = how.given(look, opened.port());
            setSocketFactory(new ScopedSockets(paths::scoped));
        }
        super.start();
        endings = new Endings(srv, System::nanoTime, log);
        lanes = new Lanes(new PathWriter(paths, srv::connectionEstablishedTo, srv::hasConnection, this::post), () -> renewed.run(),
                System::nanoTime);
        // Nothing is accepted before the connect.
        srv.usePeerConnections(false).log(new ConnectionLog(RoamingTcp.class));
    }

    @Override
    public void stop() {
        super.stop();
        PortPair held = ports;
        if (held != null) {
            held.close();
        }
    }

    /**
     * The datagrams of the port at which this listens.
     *
     * @throws IllegalStateException if it does not roam, or not yet
     */
    public DatagramChannel datagrams() {
        PortPair held = ports;
        if (held == null) {
            throw new IllegalStateException("this transport has no datagrams");
        }
        return held.datagrams();
    }

    /** The address that this member gives for itself. */
    @Override
    protected @Nullable PhysicalAddress getPhysicalAddress() {
        IpAddress address = given;
        return address != null ? address : super.getPhysicalAddress();
    }

    /** Looks whether the network of this machine has changed, and follows it. May be called often. */
    public boolean follow() {
        Roaming how = roaming;
        LocalNetworks.Look before = look;
        if (how == null || before == null) {
            return false;
        }
        LocalNetworks.Look now = how.look();
        if (now.equals(before)) {
            return false;
        }
        look = now;
        given = how.given(now, bind_port);
        registerLocalAddress(local_addr);
        paths.networkChanged();
        again.run();
        Set<InetAddress> own = now.addresses();
        if (srv != null) {
            // What is on its way there never comes back, and it would be waited for.
            endings.endUntold((address, each) -> each.localAddress() instanceof IpAddress local && !own.contains(local.getIpAddress()));
            renewed.run();
        }
        return true;
    }

    /** Where this listens, at this moment; null if it does not roam. */
    public LocalNetworks.@Nullable Look look() {
        return look;
    }

    /** Who hears when a member was away and is heard again, or this one has been. */
    public void onHeardAgain(Runnable told) {
        again = told;
    }

    /** A member that gives this address for itself was heard from there. */
    public void heard(IpAddress address, InetAddress source) {
        if (paths.isAway(address) && !talk.isFresh(paths.back(address))) {
            // It was away, and what was opened before may lead to nobody; the system tries that again later and later.
            renew(address);
            again.run();
        }
        paths.heard(address, source).ifPresent(there -> {
            endings.endAt(there);
            renewed.run();
        });
    }

    /**
     * Connects to one who is heard and not here. It may not be able to connect to this host, by its firewall, and then asks on this
     * connection whether it may join ({@link Paths#back}). Greets again each time: with a passphrase the first is not taken. Does not wait.
     */
    public void greet(IpAddress address) {
        if (srv != null && !paths.isBlocked(address)) {
            greetings.begin(address, () -> connectTo(address), thread_pool::execute);
        }
    }

    private void connectTo(IpAddress address) {
        try {
            PhysicalAddress there = paths.of(address);
            boolean again = srv.connectionEstablishedTo(there);
            Connection connection = srv.getConnection(there);
            paths.worked(address);
            if (again) {
                byte[] hello = sealed(hello());
                connection.send(hello, 0, hello.length);
            }
        } catch (Exception e) {
            paths.failed(address);
        }
    }

    /** What is sent to this member does not arrive: the next goes on a new connection, or on that which it has opened. */
    public void renew(PhysicalAddress address) {
        // It is heard, so that nobody needs to ask whether it is there; where packets are lost its answer might come too late.
        PhysicalAddress there = paths.of(address);
        if (endings.endUntold((at, connection) -> at.equals(there))) {
            renewed.run();
        }
    }

    /** Who hears when a connection was given up for another: what was on its way there is lost. */
    public void onRenewed(Runnable told) {
        renewed = told;
    }

    /**
     * Tells those who are heard otherwise that nothing comes any more on the connection that they have opened, as where many packets were
     * lost: the system tries again later and later, and who has opened it does not know. May be called often.
     */
    public void tellUnheard() {
        members.stream().map(each -> logical_addr_cache.get(each)).forEach(each -> {
            if (each instanceof IpAddress address && paths.isUnheard(address, talk, srv::hasConnection)) {
                Address back = paths.back(address);
                endings.expectAt(back);
                if (paths.toldUnheard(address)) {
                    endings.endUntold((at, connection) -> at.equals(back));
                }
                byte[] unheard = Hello.unheard(given);
                lanes.queue(address, unheard);
            }
        });
    }

    /** Ends the connections on which somebody has been writing for longer than is well. May be called often. */
    public void endStuck() {
        writes.stuck(paths::isHeardAt).forEach(endings::endAt);
    }

    /** Leaving says goodbye on all connections, for which who does not read must not be waited. */
    @Override
    protected void handleDisconnect() {
        lanes.finish(GOODBYE_MILLIS);
        Future<?> guard = timer.schedule(endings::endAll, GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        try {
            super.handleDisconnect();
        } finally {
            guard.cancel(false);
        }
    }

    /** When members were heard. */
    public Talk talk() {
        return talk;
    }

    /** How members are reached. */
    public Paths paths() {
        return paths;
    }

    /** The port at which this listens. */
    public int port() {
        return bind_port;
    }

    @Override
    public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length) throws Exception {
        if (roaming == null) {
            post(dest, data, offset, length);
        } else {
            lanes.send(dest, data, offset, length, srv.connectionEstablishedTo(paths.of(dest)));
        }
    }

    /** How many bytes wait to be written to a member, about: they have not been lost. */
    public static long waiting(TP transport, Address member) {
        PhysicalAddress there = transport instanceof RoamingTcp tcp ? tcp.logical_addr_cache.get(member) : null;
        return there != null ? ((RoamingTcp) transport).lanes.waiting(there) : 0;
    }

    /** As it is, or sealed. */
    protected void post(PhysicalAddress to, byte[] data, int offset, int length) throws Exception {
        postPlain(to, data, offset, length);
    }

    protected final void postPlain(PhysicalAddress to, byte[] data, int offset, int length) throws Exception {
        writes.around(to, () -> super.sendUnicast(to, data, offset, length));
    }

    @Override
    public void connectionEstablished(Connection connection) {
        super.connectionEstablished(connection);
        if (isAccepted(connection)) {
            if (!isWanted(connection)) {
                endings.end(connection);
                return;
            }
            Connection oldest = silent.opened(connection.peerAddress(), connection);
            if (oldest != null) {
                endings.end(oldest);
            }
        } else if (roaming != null) {
            try {
                byte[] hello = sealed(hello());
                connection.send(hello, 0, hello.length);
            } catch (Exception e) {
                log.debug("%s: no greeting on the connection to %s: %s", local_addr, connection.peerAddress(), e);
            }
        }
    }

    /** What is said of a connection that was opened here. */
    protected final byte[] hello() {
        return Hello.opened(given);
    }

    protected byte[] sealed(byte[] data) throws Exception {
        return data;
    }

    /** Not at an interface other than the one that is used. */
    private boolean isWanted(Connection connection) {
        Roaming how = roaming;
        LocalNetworks.Look now = look;
        return how == null || how.only() == null || now == null
                || connection.localAddress() instanceof IpAddress local
                && (local.getIpAddress().isLoopbackAddress() || now.addresses().contains(local.getIpAddress()));
    }

    private boolean isAccepted(Connection connection) {
        return connection.localAddress() instanceof IpAddress local && srv.localAddress() instanceof IpAddress own
                && local.getPort() == own.getPort();
    }

    /** Of what others have opened, whose addresses are no members' own, closes what is idle. */
    @Override
    public void retainAll(Collection<Address> members) {
        Set<Address> reached = members.stream().map(each -> paths.of((PhysicalAddress) each)).collect(Collectors.toSet());
        endings.endUnless((address, connection) -> isAccepted(connection) ? !talk.isIdle(address)
                : reached.contains(address) || is_member.test((PhysicalAddress) address));
        talk.keep(srv::hasConnection);
        endings.forgetClosed();
        lanes.retain(members);
    }

    /** A connection has ended: its member is asked whether it is there. */
    @Override
    public void connectionClosed(Connection connection) {
        if (roaming == null) {
            super.connectionClosed(connection);
            return;
        }
        Address peer = connection.peerAddress();
        if (endings.wasUntold(connection) || !connected || peer == null || connection.isClosedGracefully()) {
            return;
        }
        List<Address> there = paths.reachedAt(peer).stream().map(each -> logical_addr_cache.getByValue(each))
                .filter(each -> each != null && members.contains(each)).toList();
        Address known = logical_addr_cache.getByValue((PhysicalAddress) peer);
        List<Address> suspects = !there.isEmpty() ? there : known != null && members.contains(known) ? List.of(known) : List.of();
        if (!suspects.isEmpty()) {
            thread_pool.execute(() -> up_prot.up(new Event(Event.SUSPECT, suspects)));
        }
    }

    /** Something came on a connection, and was taken. */
    protected final void taken(Address sender) {
        talk.heard(sender);
        silent.spoke(sender);
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        if (!greeted(sender, data, offset, length)) {
            super.receive(sender, data, offset, length);
        }
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        taken(sender);
        if (roaming != null && length <= Hello.MAX_BYTES) {
            byte[] data = new byte[Math.max(0, length)];
            in.readFully(data);
            receive(sender, data, 0, data.length);
        } else {
            super.receive(sender, in, length);
        }
    }

    private boolean greeted(Address sender, byte[] data, int offset, int length) {
        if (roaming == null || !Hello.isOne(data, offset, length)) {
            return false;
        }
        try {
            IpAddress address = Hello.read(data, offset, length);
            if (!Hello.isUnheard(data, offset, length)) {
                paths.opened(address, sender);
                heard(address, ((IpAddress) sender).getIpAddress());
            } else if (paths.renews(address)) {
                renew(address);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("%s: a greeting of %s cannot be read: %s", local_addr, sender, e);
        }
        return true;
    }
}
