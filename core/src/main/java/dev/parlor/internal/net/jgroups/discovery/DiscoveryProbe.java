package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.DaemonThreads;
import dev.parlor.internal.net.Finder;
import dev.parlor.internal.net.doctor.Observations.FinderSeen;
import dev.parlor.internal.net.doctor.Observations.FolderSeen;
import dev.parlor.internal.net.doctor.Observations.HostSeen;
import dev.parlor.internal.net.doctor.Observations.Surroundings;
import dev.parlor.internal.net.doctor.PeerSeen.Clock;
import dev.parlor.internal.net.doctor.PeerSeen.Heard;
import dev.parlor.internal.net.doctor.PeerSeen.State;
import dev.parlor.internal.net.doctor.Tcp;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.address.PortPair;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import dev.parlor.internal.net.jgroups.discovery.search.Searches;
import dev.parlor.internal.net.jgroups.discovery.search.SharedFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MPING;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks who is in a room, by all ways, and listens, without being in it: each question comes from somebody else, so that an answer
 * shows which question it is to, and from an outsider ({@link Datagram#isOfOutsider}), whom nobody meets or misses. It connects to
 * who is heard, says nothing, and closes. One for each look.
 */
public final class DiscoveryProbe {
    /** Once a second, since members say something each second or so, and a datagram may be lost. */
    private static final int ROUNDS = 4;
    /** In this round every port of every host is asked, and not only the likely ones. */
    private static final int ROUND_OF_ALL = 2;
    /** Datagrams of one round to single ports: ten hosts with all their ports. */
    private static final int MAX_ASKED = 1_000;
    /** Taken in one look; a thousand members, each heard by three ways twice a second. */
    private static final int MAX_TAKEN = 20_000;
    /** Of tries to connect and names that are looked up, each of which may wait. */
    private static final int MAX_THREADS = 16;
    /** To end with, for what is still under way after the last round: a try to connect takes half a second. */
    private static final long LAST_MILLIS = 700;
    private static final long SPARE_MILLIS = 2_000;
    private static final long MILLIS_A_ROUND = 1_000;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long IDLE_SECONDS = 1;
    private static final short DISCOVERY_ID = ClassConfigurator.getProtocolId(MPING.class);

    private record Question(Way way, long nanos, long millis) {}

    private final Ways ways;
    private final LocalNetworks.Look look;
    private final InetAddress given;
    private final DiscoveryLink link;
    private final DiscoverySockets sockets;
    private final Sightings sightings;
    private final KnownHosts hosts;
    private final Map<HostPort, HostSeen> hostsSeen = new ConcurrentHashMap<>();
    private final Map<Path, FolderSeen> foldersSeen = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> inFolders = ConcurrentHashMap.newKeySet();
    private final Map<Finder, Searches> searches = new LinkedHashMap<>();
    private final Map<Finder, String> problems = new ConcurrentHashMap<>();
    private final Map<Address, Question> questions = new ConcurrentHashMap<>();
    /** What was sent to all, to be known when it comes back. For the thread that reads. */
    private final Set<ByteBuffer> sent = new HashSet<>();
    private final Set<InetAddress> echoes = ConcurrentHashMap.newKeySet();
    private final CountDownLatch done = new CountDownLatch(ROUNDS + 1);
    private final ExecutorService pool = pool();
    private int taken;

    /**
     * @param ports at which it is answered; stays open
     * @param look at the interfaces that are used
     * @param given an address of this machine
     * @throws IOException if there is no network at all
     */
    public DiscoveryProbe(Ways ways, PortPair ports, LocalNetworks.Look look, InetAddress given) throws IOException {
        this.ways = ways;
        this.look = look;
        this.given = given;
        this.sightings = new Sightings(look);
        this.hosts = new KnownHosts(ways.hosts(), ways.ports(), this::resolve);
        ways.finders().forEach(each -> searches.put(each, Searches.of(each, ways.clusterName(), problem -> problems.put(each, problem))));
        DiscoverySockets[] opened = new DiscoverySockets[1];
        this.link = new DiscoveryLink(ports.port(), ways.clusterName(), ways.keys(), ways.sealedHead(), ways.strangers(),
                (to, datagram) -> opened[0].send(to, datagram));
        this.sockets = new DiscoverySockets(ports.datagrams(), ways.groups(), ways.multicastPort(), new DiscoverySockets.Taker() {
            @Override
            public void take(InetSocketAddress from, ByteBuffer datagram) {
                DiscoveryProbe.this.take(from, datagram);
            }

            @Override
            public void tick() {
                DiscoveryProbe.this.tick();
            }
        });
        opened[0] = sockets;
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor made = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> DaemonThreads.of(task, "parlor-doctor"));
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    /**
     * Asks and listens, for about five seconds. Once.
     *
     * @throws InterruptedException if the thread is interrupted; nothing is left open
     */
    public Surroundings run() throws InterruptedException {
        try {
            sockets.use(LocalNetworks.interfacesOf(look.cards()).toList());
            ways.folders().forEach(each -> pool.execute(() -> lookInto(each)));
            ways.hosts().forEach(each -> pool.execute(() -> hosts.resolve(each)));
            DaemonThreads.of(sockets::read, "parlor-doctor-reader").start();
            done.await((ROUNDS + 1) * MILLIS_A_ROUND + SPARE_MILLIS, TimeUnit.MILLISECONDS);
            pool.shutdown();
            pool.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            pool.shutdownNow();
            sockets.close();
            searches.values().forEach(each -> each.end(task -> DaemonThreads.of(task, "parlor-doctor-end")));
        }
        List<FinderSeen> asked = searches.entrySet().stream().map(each -> new FinderSeen(each.getKey().toString(),
                each.getValue().found().size(), problems.getOrDefault(each.getKey(), ""))).toList();
        List<HostSeen> all = new ArrayList<>();
        ways.hosts().forEach(each -> all.add(hostsSeen.getOrDefault(each,
                new HostSeen(each.toString(), each.host(), Set.of(), false, Tcp.NOT_TRIED))));
        return new Surroundings(sightings.all(), all, List.copyOf(foldersSeen.values()), asked);
    }

    /** From where what was multicast came back. */
    public Set<InetAddress> echoes() {
        return Set.copyOf(echoes);
    }

    private List<InetAddress> resolve(HostPort host) {
        List<InetAddress> found = host.resolve();
        boolean here = found.stream().anyMatch(each -> each.isLoopbackAddress() || look.addresses().contains(each));
        hostsSeen.put(host, new HostSeen(host.toString(), host.host(), Set.copyOf(found), here, Tcp.NOT_TRIED));
        int port = host.port() != HostPort.NO_PORT ? host.port() : ways.ports().get(0);
        found.forEach(each -> soon(() -> {
            Tcp outcome = Tcp.connect(new InetSocketAddress(each, port));
            hostsSeen.computeIfPresent(host, (key, seen) -> new HostSeen(seen.entry(), seen.host(), seen.addresses(),
                    seen.onThisMachine(), seen.tcp().or(outcome)));
        }));
        return found;
    }

    /** Writes into it what any program of the room would, but no address. */
    private void lookInto(Path folder) {
        String name = folder.toString();
        if (!Files.isDirectory(folder)) {
            foldersSeen.put(folder, new FolderSeen(name, 0, "there is no such folder"));
            return;
        }
        SharedFolder shared = new SharedFolder(folder, ways.clusterName(), "doctor-" + UUID.randomUUID().toStringLong());
        try {
            List<InetSocketAddress> found = shared.exchange(Set.of());
            inFolders.addAll(found);
            foldersSeen.put(folder, new FolderSeen(name, found.size(), ""));
        } catch (IOException | RuntimeException e) {
            foldersSeen.put(folder, new FolderSeen(name, 0, e.toString()));
        } finally {
            shared.close();
        }
    }

    /** On the thread that reads, once a second. */
    private void tick() {
        long round = ROUNDS + 2 - done.getCount();
        if (round <= ROUNDS) {
            // Of port 0: an onlooker is not to be found.
            Set<InetSocketAddress> own = look.addresses().stream().filter(each -> !each.isLinkLocalAddress())
                    .map(each -> new InetSocketAddress(each, 0)).collect(Collectors.toSet());
            searches.values().forEach(each -> each.ask(own, this::soon, fresh -> { }));
            ask(round == ROUND_OF_ALL);
        }
        done.countDown();
    }

    private void ask(boolean every) {
        if (ways.multicasts()) {
            byte[] multicast = link.wrap(question(Way.MULTICAST));
            sent.add(ByteBuffer.wrap(multicast));
            sockets.multicast(multicast);
            byte[] broadcast = link.wrap(question(Way.BROADCAST));
            sent.add(ByteBuffer.wrap(broadcast));
            sockets.broadcast(broadcast);
        }
        Set<InetSocketAddress> asked = new LinkedHashSet<>(sightings.addresses());
        asked.addAll(hosts.likely());
        asked.addAll(inFolders);
        searches.values().forEach(each -> asked.addAll(each.found()));
        if (every) {
            asked.addAll(hosts.all());
        }
        byte[] content = question(Way.UNICAST);
        asked.stream().filter(each -> each.getPort() != 0).limit(MAX_ASKED).forEach(to -> sockets.send(to, link.wrap(content)));
    }

    private byte[] question(Way way) {
        Address asker = UUID.randomUUID();
        questions.put(asker, new Question(way, System.nanoTime(), System.currentTimeMillis()));
        Message message = new BytesMessage(null).setSrc(asker)
                .putHeader(DISCOVERY_ID, new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(ways.clusterName()))
                .setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB).setFlag(Message.TransientFlag.DONT_LOOPBACK);
        // Not as one that multicasts: who does not hear that must not warn of it.
        return new Datagram(way, false, System.currentTimeMillis(), new IpAddress(given, 0), message).encode();
    }

    private void take(InetSocketAddress from, ByteBuffer bytes) {
        byte[] datagram = new byte[bytes.remaining()];
        bytes.get(datagram);
        if (sent.contains(ByteBuffer.wrap(datagram))) {
            echoes.add(from.getAddress());
            return;
        }
        Origin origin = ++taken > MAX_TAKEN ? null : Origin.of(ways, datagram);
        if (origin == null || origin.state() == State.NO_PASSPHRASE && Origin.isOfOpenOutsider(ways, datagram)) {
            return;
        }
        InetSocketAddress at = new InetSocketAddress(from.getAddress(), DiscoveryLink.portOf(datagram));
        byte @Nullable [] content = origin.state() == State.READABLE ? link.unwrap(from.getAddress(), datagram) : null;
        if (content == null) {
            if (origin.state() != State.READABLE) {
                seen(at, at, origin, null);
            }
            return;
        }
        try {
            Datagram said = Datagram.decode(content);
            if (said != null) {
                // The port that it says itself, since the one before what is sealed is anybody's word.
                take(said, new InetSocketAddress(from.getAddress(), said.given().getPort()), origin);
                return;
            }
        } catch (IOException | RuntimeException e) {
            // As below.
        }
        seen(at, at, Origin.ofContent(content), null);
    }

    private void take(Datagram said, InetSocketAddress at, Origin origin) {
        Address who = said.message().getSrc();
        if (who == null || said.isOfOutsider()) {
            return;
        }
        Address asker = said.message().getDest();
        Question question = asker == null ? null : questions.get(asker);
        long nowMillis = System.currentTimeMillis();
        if (question != null) {
            long halfMillis = (System.nanoTime() - question.nanos()) / NANOS_A_MILLI / 2;
            Heard heard = switch (question.way()) {
                case MULTICAST -> Heard.ANSWER_TO_MULTICAST;
                case BROADCAST -> Heard.ANSWER_TO_BROADCAST;
                case UNICAST -> Heard.ANSWER_TO_UNICAST;
            };
            seen(who, at, origin, new Sightings.Sign(heard, said.multicasts(),
                    new Clock(said.sentMillis() - question.millis() - halfMillis, halfMillis)));
        } else {
            Heard heard = switch (said.way()) {
                case MULTICAST -> Heard.MULTICAST;
                case BROADCAST -> Heard.BROADCAST;
                case UNICAST -> Heard.UNICAST;
            };
            // On its way it was for no longer than anybody would wait.
            seen(who, at, origin, new Sightings.Sign(heard, said.multicasts(), new Clock(said.sentMillis() - nowMillis, MILLIS_A_ROUND)));
        }
    }

    private void seen(Object who, InetSocketAddress at, Origin origin, Sightings.@Nullable Sign sign) {
        if (sightings.heard(who, at, origin, sign)) {
            soon(() -> sightings.connected(who, Tcp.connect(at)));
        }
    }

    private boolean soon(Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            // It is over.
            return false;
        }
    }
}
