package dev.parlor.internal.machine.outbox;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has so many messages waiting for its listeners that it takes no more for now. Messages for them, and what was said after
 * these, stay in the outbox, and so senders wait or are refused. State is never held back. Guarded by the room's lock.
 */
public final class Pressure {
    /** Who takes no messages says it again so often, since a frame may be lost, and somebody may have come. */
    public static final long TELL_AGAIN_NANOS = 1_000_000_000L;
    /** Who does not say it again for so long is not waited for: three times as long as it takes to say it again. */
    private static final long EXPIRY_NANOS = 3 * TELL_AGAIN_NANOS;

    private final Map<Long, Long> fullSinceNanos = new HashMap<>();
    private boolean ended;
    private volatile boolean any;

    public void onBacklog(long from, boolean full, long nowNanos) {
        if (full && !ended) {
            fullSinceNanos.put(from, nowNanos);
        } else {
            fullSinceNanos.remove(from);
        }
        any = !fullSinceNanos.isEmpty();
    }

    public void onLeft(long member) {
        fullSinceNanos.remove(member);
        any = !fullSinceNanos.isEmpty();
    }

    public void tick(long nowNanos) {
        fullSinceNanos.values().removeIf(since -> nowNanos - since > EXPIRY_NANOS);
        any = !fullSinceNanos.isEmpty();
    }

    /** This participant leaves: what it has to say is said now. */
    public void end() {
        ended = true;
        fullSinceNanos.clear();
        any = false;
    }

    /** Whether anybody takes no messages. May be asked without the lock. */
    public boolean isAny() {
        return any;
    }

    /** Whether a message waits. @param to for whom; null for all */
    public boolean holdsBack(@Nullable Long to) {
        return to == null ? !fullSinceNanos.isEmpty() : fullSinceNanos.containsKey(to);
    }
}
