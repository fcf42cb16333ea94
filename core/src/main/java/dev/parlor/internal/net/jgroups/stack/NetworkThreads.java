package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.net.DaemonThreads;
import org.jgroups.util.DefaultThreadFactory;

/** The threads of JGroups, which keep nothing of whoever joins a room. Thread-safe. */
final class NetworkThreads extends DefaultThreadFactory {
    NetworkThreads() {
        super("parlor-net", true, true);
    }

    @Override
    protected Thread newThread(Runnable action, String name, String address, String clusterName) {
        return DaemonThreads.of(action, getThreadName(name, address, clusterName));
    }
}
