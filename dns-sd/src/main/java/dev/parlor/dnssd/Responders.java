package dev.parlor.dnssd;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.jmdns.ServiceInfo;
import org.jspecify.annotations.Nullable;

/** The responders of this JVM, one for each address that a room uses. Thread-safe. */
final class Responders {
    static final Responders OF_THIS_JVM = new Responders();

    private final Map<InetAddress, Shared> all = new HashMap<>();

    /** One of them, from before it is opened until after it is closed. */
    static final class Shared {
        private final InetAddress address;
        private final FutureTask<Responder> opening;
        private int users; // guarded by the responders

        private Shared(InetAddress address) {
            this.address = address;
            opening = new FutureTask<>(() -> Responder.at(address));
        }

        /** It, once it is open. */
        Responder responder() throws IOException {
            try {
                return opening.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while mDNS was opened at " + address.getHostAddress());
            } catch (ExecutionException e) {
                throw new IOException("no mDNS at " + address.getHostAddress() + ": " + e.getCause(), e.getCause());
            }
        }

        private boolean isBroken() {
            try {
                return opening.isDone() && responder().isBroken();
            } catch (IOException e) {
                return true;
            }
        }
    }

    private Responders() {}

    /** One at an address, opened in the background if need be, which takes some tenths of a second. To be given back. */
    Shared take(InetAddress address) {
        Shared shared;
        boolean first;
        synchronized (this) {
            Shared known = all.get(address);
            first = known == null || known.isBroken();
            shared = known == null || first ? new Shared(address) : known;
            shared.users++;
            all.put(address, shared);
        }
        if (first) {
            Background.run(shared.opening);
        }
        return shared;
    }

    /**
     * Takes back what somebody had registered; the last user ends it. In the background, since both take seconds.
     *
     * @param registered null for nothing
     */
    void giveBack(Shared shared, @Nullable ServiceInfo registered) {
        boolean last;
        synchronized (this) {
            last = --shared.users == 0;
            if (last) {
                all.remove(shared.address, shared);
            }
        }
        if (last || registered != null) {
            Background.run(() -> {
                try {
                    Responder responder = shared.responder();
                    if (last) {
                        responder.close();
                    } else if (registered != null) {
                        responder.unregister(registered);
                    }
                } catch (IOException e) {
                    // It was never open.
                }
            });
        }
    }

    /** How many there are, those not counted that are about to end. */
    synchronized int count() {
        return all.size();
    }
}
