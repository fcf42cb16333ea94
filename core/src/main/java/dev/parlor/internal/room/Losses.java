package dev.parlor.internal.room;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who vanished without leaving, and when: it may come back with writes that nobody here has, so what was removed must be
 * remembered for as long as the retention. Guarded by the room's lock.
 */
final class Losses {
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** Stands for those of whom others told when we joined. */
    private static final long OTHERS = 0;

    private final LongSupplier nanos;
    private final Map<Long, Long> sinceNanos = new HashMap<>();

    Losses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void lost(long member) {
        sinceNanos.put(member, nanos.getAsLong());
    }

    void back(long member) {
        sinceNanos.remove(member);
    }

    /** Somebody says that its youngest loss is so old; negative if it knows of none. */
    void learn(long ageMillis) {
        if (ageMillis >= 0) {
            sinceNanos.merge(OTHERS, nanos.getAsLong() - ageMillis * NANOS_A_MILLI, Math::max);
        }
    }

    /** How old the youngest loss is that is not forgotten, -1 if there is none. */
    long ageMillis(long forgottenAfterMillis) {
        long now = nanos.getAsLong();
        sinceNanos.values().removeIf(since -> (now - since) / NANOS_A_MILLI > forgottenAfterMillis);
        return sinceNanos.values().stream().mapToLong(since -> (now - since) / NANOS_A_MILLI).min().orElse(-1);
    }
}
