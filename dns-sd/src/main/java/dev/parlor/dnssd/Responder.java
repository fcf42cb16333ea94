package dev.parlor.dnssd;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;

/** What registers and finds at one address of this machine: one JmDNS, for all rooms of this JVM. Thread-safe. */
final class Responder {
    /** More than all rooms of a network have. What comes beyond is forged, or found when others have gone. */
    private static final int MAX_SERVICES = 4_000;
    /** Between questions: at least doubled each time, up to an hour (RFC 6762, section 5.2). */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final SteadyDns dns;
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final List<Runnable> hearers = new CopyOnWriteArrayList<>();
    private long pauseNanos;
    private long askedNanos;

    private final class Browser implements ServiceListener {
        @Override
        public void serviceAdded(ServiceEvent event) {
            // JmDNS asks for the rest of it.
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            services.remove(event.getName());
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            Service found = Service.of(event.getInfo());
            if (found != null && services.size() < MAX_SERVICES) {
                services.put(event.getName(), found);
                hearers.forEach(Runnable::run);
            }
        }
    }

    /** Asks again, which JmDNS does for whoever begins to listen. */
    private static final class Question implements ServiceListener {
        @Override
        public void serviceAdded(ServiceEvent event) {
            // The browser hears it.
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            // The browser hears it.
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            // The browser hears it.
        }
    }

    private Responder(SteadyDns dns) {
        this.dns = dns;
    }

    /** Opens one, on a thread whose group those of JmDNS are to have. */
    static Responder at(InetAddress address) throws IOException {
        // A name of its own, since the host's own may belong to another responder of this machine.
        Responder opened = new Responder(new SteadyDns(address, "parlor-" + UUID.randomUUID()));
        opened.dns.addServiceListener(Service.TYPE, opened.new Browser());
        opened.begin();
        return opened;
    }

    private synchronized void begin() {
        pauseNanos = FIRST_PAUSE_NANOS;
        askedNanos = System.nanoTime();
    }

    /** A room begins to use it. */
    void join(Runnable hearer) {
        hearers.add(hearer);
        synchronized (this) {
            pauseNanos = FIRST_PAUSE_NANOS;
        }
    }

    void leave(Runnable hearer) {
        hearers.remove(hearer);
    }

    ServiceInfo register(String room, String id, int port) throws IOException {
        ServiceInfo info = Service.info(room, id, port);
        dns.registerService(info);
        return info;
    }

    /** Says goodbye, which takes some seconds. */
    void unregister(ServiceInfo info) {
        dns.unregisterService(info);
    }

    /** Asks again, if that is due: what was asked or answered may be lost. */
    void askAgain() {
        synchronized (this) {
            long now = System.nanoTime();
            if (now - askedNanos < pauseNanos) {
                return;
            }
            askedNanos = now;
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
        ServiceListener question = new Question();
        dns.addServiceListener(Service.TYPE, question);
        dns.removeServiceListener(Service.TYPE, question);
    }

    /** Those that are known now, of all rooms and programs. */
    Collection<Service> services() {
        return services.values();
    }

    /** Whether it neither finds nor is found any more. */
    boolean isBroken() {
        return dns.isBroken();
    }

    /** Says goodbye for all and ends, which takes some seconds. */
    void close() {
        dns.close();
    }
}
