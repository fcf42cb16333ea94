package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import dev.parlor.internal.net.jgroups.discovery.search.OneAtATime;
import dev.parlor.internal.net.jgroups.discovery.search.Searches;
import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FailureDetection;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

/**
 * Discovery by all ways at once ({@link Ways}), beside a transport over TCP. Questions go to all; answers to where the question
 * came from. What members say of their view now and then ({@link Beacons}), by which groups that were apart find each other, goes
 * the same ways. Each datagram shows where its sender is reached from here.
 */
public final class RoomDiscovery extends PING {
    /** Where nobody is missed, one of so many is sent by broadcast as well: it wakes every machine of the network. */
    private static final int BROADCAST_EVERY = 10;
    /** Those who were here and are lost are asked with each by who is alone, else with one of so many. */
    private static final int LOST_EVERY = 10;
    private static final short HEARTBEAT_ID = ClassConfigurator.getProtocolId(FD_ALL3.class);
    /** At the latest after so long members say that they are here. */
    private static final long SAY_NANOS = 1_600_000_000L;
    /** Who is the first begins after so long, in a program that has done it before. */
    public static final long DEFAULT_FIRST_MILLIS = 500;
    /** With a passphrase an answer takes three round trips, and a link may have one of 300 ms. */
    private static final long LONGEST_MILLIS = 1_500;
    private static final long MORE_MILLIS = 50;
    /** Who has found nobody but others who join asks again: one of them is the first by now, or will be. */
    private static final long AGAIN_MILLIS = 250;
    /** Who cannot be reached is asked so often by who joins, and then it begins alone, and says why. */
    private static final int ATTEMPTS_IN_VAIN = 3;
    /** Two addresses, flags, a name and a number of members, each of them empty. */
    private static final int MIN_PING_DATA_BYTES = 6;
    private static final long NANOS_A_MILLI = 1_000_000L;

    @SuppressWarnings("NullAway.Init") // set before the start
    private Ways ways;
    @SuppressWarnings("NullAway.Init") // set at the start
    private RoamingTcp transport;
    @SuppressWarnings("NullAway.Init") // set at the start
    private DiscoverySockets sockets;
    @SuppressWarnings("NullAway.Init") // set at the start
    private DiscoveryLink link;
    @SuppressWarnings("NullAway.Init") // set at the start
    private Hearing hearing;
    @SuppressWarnings("NullAway.Init") // set before the start
    private KnownHosts hosts;
    private Searches searches = Searches.NONE;
    private final OneAtATime busyWithHosts = new OneAtATime();
    private volatile Set<Address> here = Set.of();
    private volatile boolean running;
    private boolean hasAsked; // of the thread that joins
    private final Set<String> unknownTold = ConcurrentHashMap.newKeySet();
    private int said;
    private volatile long saidNanos;
    private long firstMillis = DEFAULT_FIRST_MILLIS;
    private int ticks;

    /** Known to others as MPING. */
    public RoomDiscovery() {
        this.id = Said.DISCOVERY_ID;
    }

    /** How to discover. Set once, before the start. */
    public void by(Ways which) {
        ways = which;
        hosts = new KnownHosts(which.hosts(), which.ports(), each -> each.resolve());
    }

    @Override
    public void start() throws Exception {
        transport = (RoamingTcp) getTransport();
        int port = transport.port();
        DiscoverySockets[] opened = new DiscoverySockets[1];
        link = new DiscoveryLink(port, ways.clusterName(), ways.keys(), ways.sealedHead(), ways.strangers(),
                (to, datagram) -> opened[0].send(to, datagram));
        hearing = new Hearing(ways, System.nanoTime());
        sockets = new DiscoverySockets(transport.datagrams(), ways.groups(), ways.multicastPort(), new DiscoverySockets.Taker() {
            @Override
            public void take(InetSocketAddress from, ByteBuffer datagram) {
                RoomDiscovery.this.take(from, datagram);
            }

            @Override
            public void tick() {
                RoomDiscovery.this.tick();
            }
        });
        opened[0] = sockets;
        searches = Searches.of(ways.folders(), ways.finders(), ways.clusterName(), String.valueOf(local_addr)
                .replaceAll("[^0-9A-Za-z]", "_") + "-" + port, ways.trouble());
        useInterfaces();
        Beacons beacons = stack.findProtocol(Beacons.class);
        if (beacons != null) {
            beacons.onApart(member -> {
                PhysicalAddress at = (PhysicalAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
                if (at != null) {
                    transport.renew(at);
                }
            });
        }
        running = true;
        List<Thread> begun = new ArrayList<>();
        if (!hosts.isEmpty()) {
            atFirst(this::resolveHosts, begun);
        }
        searches.ask(own(), task -> atFirst(task, begun), this::greet);
        // The first question should have somebody to go to; what takes longer than this is asked later.
        Searches.awaitFor(begun);
        daemon(sockets::read, "discovery").start();
        super.start();
    }

    @Override
    public void stop() {
        running = false;
        if (sockets != null) {
            sockets.close();
        }
        searches.end(task -> daemon(task, "discovery-end"));
        super.stop();
    }

    private boolean atFirst(Runnable task, List<Thread> begun) {
        Thread thread = daemon(task, "discovery-begin");
        begun.add(thread);
        thread.start();
        return true;
    }

    private Thread daemon(Runnable task, String name) {
        Thread thread = getThreadFactory().newThread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void useInterfaces() {
        LocalNetworks.Look look = transport.look();
        if (look != null) {
            sockets.use(LocalNetworks.interfacesOf(look.cards()).toList());
        }
    }

    @Override
    public Object down(Event event) {
        if (event.getType() == Event.VIEW_CHANGE) {
            View now = event.getArg();
            here = Set.copyOf(now.getMembers());
        }
        return super.down(event);
    }

    private boolean isAlone() {
        return here.size() < 2;
    }

    /** How long the first question waits for an answer, in milliseconds. Set once, before the start. */
    public void patience(long millis) {
        firstMillis = millis;
    }

    /** Who is the first waits for its time and no longer; where somebody is heard, the answer may take some round trips more. */
    @Override
    public Responses findMembers(List<Address> members, boolean initial, boolean async, long timeout) {
        if (!initial) {
            return super.findMembers(members, false, async, timeout);
        }
        long patience = Math.min(hasAsked ? AGAIN_MILLIS : firstMillis, timeout);
        hasAsked = true;
        Responses found = super.findMembers(members, true, async, patience);
        endLater(found, patience, patience);
        return found;
    }

    private void endLater(Responses found, long inMillis, long waitedMillis) {
        timer.schedule(() -> {
            if (running && !found.isDone() && waitedMillis < LONGEST_MILLIS && hearing.isAnybodyOwing(found, link.met())) {
                endLater(found, MORE_MILLIS, waitedMillis + MORE_MILLIS);
            } else {
                found.done();
            }
        }, inMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void sendMcastDiscoveryRequest(Message message) {
        sendToAll(message, true);
        Set<InetSocketAddress> asked = new LinkedHashSet<>(hosts.likely());
        asked.addAll(searches.found());
        asked.addAll(hearing.lost(here::contains, System.nanoTime()));
        sendTo(asked, message);
    }

    @Override
    public @Nullable Object down(Message message) {
        if (message.getDest() != null || message.getHeader(Said.MERGE_ID) == null) {
            return super.down(message);
        }
        said++;
        long now = System.nanoTime();
        saidNanos = now;
        sendToAll(message, isAlone() || said % BROADCAST_EVERY == 0);
        Set<InetAddress> hereAt = hearing.here(here::contains);
        Set<InetSocketAddress> asked = new LinkedHashSet<>(hosts.next(hereAt, now));
        if (isAlone() || said % LOST_EVERY == 0) {
            asked.addAll(searches.found());
            asked.addAll(hearing.lost(here::contains, now));
        }
        sendTo(asked, message);
        return null;
    }

    @Override
    protected void sendDiscoveryResponse(List<PingData> list, Address asker) {
        InetSocketAddress to = hearing.at(asker);
        if (to == null) {
            super.sendDiscoveryResponse(list, asker);
            return;
        }
        Message answer = new BytesMessage(asker).putHeader(id, new PingHeader(PingHeader.GET_MBRS_RSP)).setArray(marshal(list));
        if (!sockets.send(to, datagram(Way.UNICAST, answer))) {
            super.sendDiscoveryResponse(list, asker);
        }
    }

    private void sendToAll(Message message, boolean byBroadcast) {
        if (ways.multicasts()) {
            sockets.multicast(datagram(Way.MULTICAST, message));
            if (byBroadcast) {
                sockets.broadcast(datagram(Way.BROADCAST, message));
            }
        }
    }

    private void sendTo(Set<InetSocketAddress> asked, Message message) {
        if (!asked.isEmpty()) {
            byte[] content = encoded(Way.UNICAST, message);
            asked.forEach(to -> sockets.send(to, link.wrap(content)));
        }
    }

    private byte[] datagram(Way way, Message message) {
        return link.wrap(encoded(way, message));
    }

    private byte[] encoded(Way way, Message message) {
        if (message.getSrc() == null) {
            message.setSrc(local_addr);
        }
        IpAddress given = (IpAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr));
        return new Datagram(way, ways.multicasts(), System.currentTimeMillis(), given, message).encode();
    }

    private void take(InetSocketAddress from, ByteBuffer bytes) {
        byte[] datagram = new byte[bytes.remaining()];
        bytes.get(datagram);
        try {
            byte[] content = link.unwrap(from.getAddress(), datagram);
            Datagram said = content == null ? null : Datagram.decode(content);
            Address sender = said == null ? null : said.message().getSrc();
            if (said == null || sender == null || sender.equals(local_addr)) {
                return;
            }
            // The port that it says itself, since the one before what is sealed is anybody's word.
            int port = said.isOfOutsider() ? DiscoveryLink.portOf(datagram) : said.given().getPort();
            hearing.heard(sender, new InetSocketAddress(from.getAddress(), port), said, System.nanoTime());
            if (!said.isOfOutsider()) {
                transport.heard(said.given(), from.getAddress());
                if (!here.contains(sender)) {
                    transport.greet(said.given());
                } else if (transport.talk().isGoingOn(transport.paths().back(said.given()))) {
                    // Where packets are lost a heartbeat by TCP waits for all that was sent before it.
                    up_prot.up(new EmptyMessage(local_addr).setSrc(sender).putHeader(HEARTBEAT_ID, new FailureDetection.HeartbeatHeader()));
                }
            }
            up(said.message());
        } catch (IOException | RuntimeException e) {
            log.debug("%s: a datagram of %s is none of discovery: %s", local_addr, from, e);
        }
    }

    /** JGroups' own reserves what the number of entries says, and complains aloud of each that it cannot read. */
    @Override
    protected @Nullable List<PingData> readPingData(byte @Nullable [] buffer, int offset, int length) {
        if (buffer == null || length < Integer.BYTES) {
            return null;
        }
        int count = ByteBuffer.wrap(buffer, offset, length).getInt();
        try {
            return count <= 0 || count > length / MIN_PING_DATA_BYTES ? null : deserialize(buffer, offset, length);
        } catch (Exception e) {
            log.debug("%s: what is said of members cannot be read: %s", local_addr, e);
            return null;
        }
    }

    /** Once a second. */
    private void tick() {
        try {
            look();
        } catch (RuntimeException e) {
            // It is looked again, on the thread that reads what others say.
            log.warn("%s: the network cannot be looked at: %s", local_addr, e);
        }
    }

    private void look() {
        transport.endStuck();
        transport.tellUnheard();
        if (transport.follow()) {
            useInterfaces();
            // Before others miss this member, which they do not reach where it was.
            sayHere();
        } else if (System.nanoTime() - saidNanos > SAY_NANOS) {
            // What else sends it shares threads with what sends by TCP, which may stand still.
            sayHere();
        }
        LocalNetworks.Look look = transport.look();
        if (look != null) {
            boolean unreachable = hearing.look(here::contains, isAlone(), transport.paths()::isFailing,
                    member -> transport.talk().isRecent(transport.paths().back(member)), look, System.nanoTime());
            if (unreachable && here.isEmpty()) {
                // By no number of tries does a join pass a firewall at both sides.
                stack.<GMS>findProtocol(GMS.class).setMaxJoinAttempts(ATTEMPTS_IN_VAIN);
            }
        }
        ticks++;
        if (!hosts.isEmpty() && ticks % (KnownHosts.RESOLVE_NANOS / (1_000 * NANOS_A_MILLI)) == 0) {
            busyWithHosts.begin(this::resolveHosts, transport.getThreadPool()::execute);
        }
        if (!searches.isEmpty()) {
            searches.ask(own(), transport.getThreadPool()::execute, this::greet);
        }
    }

    private void sayHere() {
        Beacons beacons = stack.findProtocol(Beacons.class);
        if (beacons != null) {
            beacons.say();
        }
    }

    private void resolveHosts() {
        hosts.resolve();
        hosts.unknown().forEach(each -> {
            if (unknownTold.add(each.host())) {
                ways.trouble().accept(Trouble.UNKNOWN_HOST, "the host \"" + each.host() + "\" has no address: check the name; it is "
                        + "asked for again every " + KnownHosts.RESOLVE_NANOS / (1_000 * NANOS_A_MILLI) + " s");
            }
        });
    }

    /** Where this program listens, for others to read. */
    private Set<InetSocketAddress> own() {
        LocalNetworks.Look look = transport.look();
        Set<InetSocketAddress> own = new LinkedHashSet<>();
        if (look != null) {
            look.addresses().stream().filter(each -> !each.isLinkLocalAddress()).forEach(each -> own.add(new InetSocketAddress(each, transport.port())));
        }
        return own;
    }

    /** Who is alone does not wait for its next turn. Who still joins asks several times a second anyway. */
    private void greet(Set<InetSocketAddress> fresh) {
        if (running && here.size() == 1) {
            sayHere();
        }
    }
}
