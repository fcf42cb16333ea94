package dev.parlor.dnssd;

import dev.parlor.PeerDiscovery;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.jmdns.ServiceInfo;
import org.jspecify.annotations.Nullable;

/** Registers and finds the programs of one room at all addresses of this machine that serve. Used by one thread at a time. */
final class DnsSdSearch implements PeerDiscovery.Search {
    /** Each has some four threads; a desktop machine has two or three. */
    private static final int MAX_RESPONDERS = 16;
    /** JmDNS asks after 225 ms, and others answer within 120 ms more: a join waits longer than that for answers. */
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    /**
     * A responder that is used.
     *
     * @param registered null for who only looks
     */
    private record Used(Responders.Shared shared, Responder responder, @Nullable ServiceInfo registered) {}

    private final String room;
    private final String self;
    private final Responders responders;
    private final Semaphore heard = new Semaphore(0);
    private final Runnable hearer = () -> {
        // One is enough to look again.
        if (heard.availablePermits() == 0) {
            heard.release();
        }
    };
    private final Map<InetAddress, Used> used = new HashMap<>();
    private Set<InetSocketAddress> here = Set.of();
    private Set<InetAddress> wanted = Set.of();
    private @Nullable IOException failure;
    private long failedNanos;
    private boolean hasWaited;

    DnsSdSearch(String room, String self, Responders responders) {
        this.room = room;
        this.self = self;
        this.responders = responders;
    }

    @Override
    public Collection<InetSocketAddress> exchange(Set<InetSocketAddress> own) throws IOException {
        if (!Background.isApplicationRunning()) {
            close();
            return List.of();
        }
        if (!own.equals(here)) {
            here = Set.copyOf(own);
            wanted = suitable(own.stream().map(InetSocketAddress::getAddress).collect(Collectors.toSet()));
            failure = null;
        }
        Map.copyOf(used).forEach((address, each) -> {
            if (!wanted.contains(address) || each.responder.isBroken()) {
                giveBack(address);
            }
        });
        if (failure == null || System.nanoTime() - failedNanos > RETRY_NANOS) {
            takeMissing(own.stream().mapToInt(InetSocketAddress::getPort).findFirst().orElse(0));
        }
        if (used.isEmpty() && failure != null) {
            throw failure;
        }
        if (!hasWaited && !used.isEmpty()) {
            hasWaited = true;
            awaitFirst();
        }
        Set<InetSocketAddress> found = found();
        if (found.isEmpty()) {
            used.values().forEach(each -> each.responder.askAgain());
        }
        return found;
    }

    /** One of each kind and interface: a responder hears all that comes by its interface. */
    private static Set<InetAddress> suitable(Set<InetAddress> own) throws SocketException {
        Set<InetAddress> suitable = new LinkedHashSet<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) {
                List<InetAddress> here = Collections.list(each.getInetAddresses()).stream().filter(own::contains).toList();
                here.stream().filter(Inet4Address.class::isInstance).findFirst().ifPresent(suitable::add);
                here.stream().filter(one -> !(one instanceof Inet4Address)).findFirst().ifPresent(suitable::add);
            }
        }
        return suitable.stream().limit(MAX_RESPONDERS).collect(Collectors.toSet());
    }

    private void takeMissing(int port) {
        failure = null;
        for (InetAddress each : wanted) {
            if (!used.containsKey(each)) {
                try {
                    take(each, port);
                } catch (IOException | RuntimeException e) {
                    failure = e instanceof IOException io ? io : new IOException(e);
                    failedNanos = System.nanoTime();
                }
            }
        }
    }

    private void take(InetAddress address, int port) throws IOException {
        Responders.Shared shared = responders.take(address);
        try {
            Responder responder = shared.responder();
            used.put(address, new Used(shared, responder, port == 0 ? null : responder.register(room, self, port)));
            responder.join(hearer);
        } catch (IOException | RuntimeException e) {
            responders.giveBack(shared, null);
            throw e;
        }
    }

    private void giveBack(InetAddress address) {
        Used gone = used.remove(address);
        if (gone != null) {
            gone.responder.leave(hearer);
            responders.giveBack(gone.shared, gone.registered);
        }
    }

    private void awaitFirst() throws InterruptedIOException {
        long until = System.nanoTime() + FIRST_WAIT_NANOS;
        try {
            while (found().isEmpty() && heard.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                heard.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while others were looked for");
        }
    }

    private Set<InetSocketAddress> found() {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        used.values().forEach(each -> found.addAll(Service.others(each.responder.services(), room, self)));
        return found;
    }

    @Override
    public void close() {
        Set.copyOf(used.keySet()).forEach(this::giveBack);
    }
}
