package dev.parlor.internal.net.jgroups.roaming;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jgroups.PhysicalAddress;

/**
 * Writes that are under way. A connection whose other end is gone takes what is written until its buffer is full; then whoever
 * writes stands still for as long as the system tries, a quarter of an hour, and with it whatever else it had to send to others,
 * such as the heartbeats of failure detection. Thread-safe.
 */
final class StuckWrites {
    /** Who is not heard by any way is not waited for longer: failure detection waits for two times as long. */
    static final long STUCK_NANOS = 2_000_000_000L;
    /** Where packets are lost a write may take seconds, and to begin anew would lose what is on its way as well. */
    static final long HEARD_NANOS = 15_000_000_000L;

    /** What a transport does. */
    interface Writing {
        void write() throws Exception;
    }

    private record Write(PhysicalAddress to, long sinceNanos) {}

    private final LongSupplier nanos;
    private final Map<Thread, Write> writes = new ConcurrentHashMap<>();

    StuckWrites(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void around(PhysicalAddress to, Writing writing) throws Exception {
        Thread here = Thread.currentThread();
        writes.put(here, new Write(to, nanos.getAsLong()));
        try {
            writing.write();
        } finally {
            writes.remove(here);
        }
    }

    /** To whom somebody has been writing for longer than is well. @param isHeard whether somebody is heard there at this moment */
    List<PhysicalAddress> stuck(Predicate<PhysicalAddress> isHeard) {
        long now = nanos.getAsLong();
        return writes.values().stream().filter(each -> now - each.sinceNanos() > STUCK_NANOS)
                .filter(each -> now - each.sinceNanos() > HEARD_NANOS || !isHeard.test(each.to())).map(Write::to).distinct().toList();
    }
}
