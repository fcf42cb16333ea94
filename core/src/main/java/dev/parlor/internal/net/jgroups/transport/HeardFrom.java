package dev.parlor.internal.net.jgroups.transport;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;

/**
 * Where members were heard from, by the address that they give for themselves. A machine with several interfaces gives one of
 * its addresses, and not each of the others may reach that one: what it sent shows an address at which it is reached from here.
 * Thread-safe.
 */
public final class HeardFrom {
    /** Of more members than a room can have, with all that have left in the last hours. Strangers cannot make it grow. */
    static final int MAX_KNOWN = 4_096;

    private final Map<PhysicalAddress, PhysicalAddress> heard = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PhysicalAddress, PhysicalAddress> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    /**
     * Something came.
     *
     * @param given the address that its sender gives for itself
     * @param source where it came from
     * @param works whether an address is known to reach its member: one that does is kept
     */
    public synchronized void note(IpAddress given, InetAddress source, Predicate<PhysicalAddress> works) {
        PhysicalAddress before = of(given);
        PhysicalAddress now = new IpAddress(source, given.getPort());
        if (!before.equals(now) && !works.test(before)) {
            heard.put(given, now);
        }
    }

    /** The address to send to for one that a member gives for itself. */
    public synchronized PhysicalAddress of(PhysicalAddress given) {
        return heard.getOrDefault(given, given);
    }
}
