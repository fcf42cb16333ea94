package dev.parlor.dnssd;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The responders of this JVM, one for each address that a room uses. Thread-safe. */
final class Responders {
    static final Responders OF_THIS_JVM = new Responders();

    private final Map<InetAddress, Shared> all = new HashMap<>();

    /** One of them, from before it is opened until after it is closed. */
    private static final class Shared {
        final FutureTask<Responder> opening;
        int users; // guarded by the responders

        Shared(InetAddress address) {
            opening = new FutureTask<>(() -> Responder.at(address));
        }
    }

    private Responders() {}

    /**
     * One at an address, opened if need be, which takes some tenths of a second. To be given back.
     *
     * @throws IOException if it cannot be opened; nothing is to be given back
     */
    Responder take(InetAddress address) throws IOException {
        Shared shared;
        boolean first;
        synchronized (this) {
            first = !all.containsKey(address);
            shared = all.computeIfAbsent(address, Shared::new);
            shared.users++;
        }
        if (first) {
            Background.run(shared.opening);
        }
        try {
            return shared.opening.get();
        } catch (InterruptedException e) {
            giveBack(address);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a responder was opened at " + address.getHostAddress());
        } catch (ExecutionException e) {
            giveBack(address);
            throw new IOException("no mDNS at " + address.getHostAddress() + ": " + e.getCause(), e.getCause());
        }
    }

    /** Who gives it back last ends it, in the background. */
    void giveBack(InetAddress address) {
        synchronized (this) {
            Shared shared = all.get(address);
            if (shared == null || --shared.users > 0) {
                return;
            }
            all.remove(address);
            Background.run(() -> {
                try {
                    shared.opening.get().close();
                } catch (InterruptedException | ExecutionException | IOException e) {
                    // It was never opened, or cannot say goodbye.
                }
            });
        }
    }

    /** How many there are, those not counted that are about to end. */
    synchronized int count() {
        return all.size();
    }
}
