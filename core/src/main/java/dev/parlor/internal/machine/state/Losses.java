package dev.parlor.internal.machine.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who vanished without leaving, and when: it may come back with writes that nobody here has, so what was removed must be
 * remembered for as long as the retention. Guarded by the room's lock.
 */
public final class Losses {
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** Stands for those of whom others told when we joined. */
    private static final long OTHERS = 0;

    /** What is told of one loss gets younger with each who tells it; so large a part of the retention is no news. */
    private static final int TOLERANCE_PART = 16;

    private final LongSupplier nanos;
    private final long retentionNanos;
    private final Map<Long, Long> sinceNanos = new HashMap<>();

    public Losses(LongSupplier nanos, long retentionMillis) {
        this.nanos = nanos;
        this.retentionNanos = retentionMillis * NANOS_A_MILLI;
    }

    public void lost(long member) {
        sinceNanos.put(member, nanos.getAsLong());
    }

    public void back(long member) {
        sinceNanos.remove(member);
    }

    /** Somebody says that its youngest loss is so old; negative if it knows of none. */
    public void learn(long ageMillis) {
        if (ageMillis < 0 || ageMillis > (retentionNanos + toleranceNanos()) / NANOS_A_MILLI) {
            return;
        }
        long told = nanos.getAsLong() - ageMillis * NANOS_A_MILLI;
        Long known = sinceNanos.get(OTHERS);
        if (known == null || told - known > toleranceNanos()) {
            sinceNanos.put(OTHERS, told);
        }
    }

    private long toleranceNanos() {
        return retentionNanos / TOLERANCE_PART;
    }

    /** How old the youngest loss is that is within the retention (and what is told too late of it), -1 if there is none. */
    public long ageMillis() {
        long now = nanos.getAsLong();
        sinceNanos.values().removeIf(since -> now - since > retentionNanos + toleranceNanos());
        return sinceNanos.values().stream().mapToLong(since -> (now - since) / NANOS_A_MILLI).min().orElse(-1);
    }
}
