package dev.parlor.internal.net.jgroups.roaming;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jgroups.stack.IpAddress;

/** Who is being connected to, each once at a time and a few of them together. Thread-safe. */
final class Greetings {
    /** Each may hold up a thread for as long as a connection may take; who is left out is heard again in a second. */
    private static final int MAX = 8;

    private final Set<IpAddress> underWay = ConcurrentHashMap.newKeySet();

    /**
     * Begins one, unless it is under way or too many are.
     *
     * @param run on another thread; false if it cannot be
     */
    void begin(IpAddress address, Runnable greeting, Predicate<Runnable> run) {
        if (underWay.size() < MAX && underWay.add(address)) {
            boolean begun = run.test(() -> {
                try {
                    greeting.run();
                } finally {
                    underWay.remove(address);
                }
            });
            if (!begun) {
                underWay.remove(address);
            }
        }
    }
}
