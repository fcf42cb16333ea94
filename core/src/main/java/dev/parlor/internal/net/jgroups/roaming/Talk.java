package dev.parlor.internal.net.jgroups.roaming;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/** When something came last that was taken, by the connection on which it came. Thread-safe. */
public final class Talk {
    /** Members say something each second. Who does not, whatever it once said, is gone or was none. */
    private static final long IDLE_NANOS = 60_000_000_000L;
    /** Whose word by TCP is no older than this is heard by TCP, if it is heard otherwise. Where packets are lost that may stand still. */
    private static final long TALKING_NANOS = 12_000_000_000L;
    /** Who was not heard for longer, by whatever way, may be cut off altogether. */
    private static final long RECENT_NANOS = 5_000_000_000L;
    /** Members send a heartbeat each 1.5 s. */
    private static final long FRESH_NANOS = 2_000_000_000L;

    private final LongSupplier nanos;
    private final Map<Address, Long> heardNanos = new ConcurrentHashMap<>();
    /** When something began to come last; over a slow link it takes seconds until it has. */
    private final Map<Address, Long> begunNanos = new ConcurrentHashMap<>();

    Talk(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void heard(Address connection) {
        heardNanos.put(connection, nanos.getAsLong());
    }

    /** Something begins to come on a connection, on which something was taken before. */
    public void begins(Address connection) {
        if (heardNanos.containsKey(connection)) {
            begunNanos.put(connection, nanos.getAsLong());
        }
    }

    /** Of those who have said nothing yet there are few at any time: they are not idle. */
    boolean isIdle(Address connection) {
        long now = nanos.getAsLong();
        return now - heardNanos.getOrDefault(connection, now) > IDLE_NANOS;
    }

    /** Whether something has come not long ago. */
    public boolean isGoingOn(@Nullable Address connection) {
        return isWithin(connection, TALKING_NANOS);
    }

    /** Whether something has come in the last seconds. */
    public boolean isRecent(@Nullable Address connection) {
        return isWithin(connection, RECENT_NANOS);
    }

    /** Whether something has come just now. */
    boolean isFresh(@Nullable Address connection) {
        return isWithin(connection, FRESH_NANOS);
    }

    /** Whether nothing has come for so long, though something has come once. */
    boolean isSilent(Address connection, long time) {
        Long last = heardNanos.get(connection);
        long now = nanos.getAsLong();
        return last != null && now - last > time && now - begunNanos.getOrDefault(connection, last) > time;
    }

    private boolean isWithin(@Nullable Address connection, long time) {
        Long last = connection == null ? null : heardNanos.get(connection);
        return last != null && nanos.getAsLong() - last < time;
    }

    /** Connections that have ended are forgotten. */
    void keep(Predicate<Address> isThere) {
        heardNanos.keySet().removeIf(isThere.negate());
        begunNanos.keySet().removeIf(isThere.negate());
    }
}
