package dev.parlor.internal.machine.backpressure;

import dev.parlor.Warning;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells of memory that runs short, and of messages that were dropped: one warning an interval with the sum, not one a
 * message. Guarded by the room's lock.
 */
public final class Shortage {
    /** So often at most is told how many messages were dropped. */
    private static final long DROPS_NANOS = 5_000_000_000L;
    /** Of each use of memory is warned so often at most. */
    private static final long MEMORY_NANOS = 60_000_000_000L;
    /** A use is short of memory from three quarters of its share on, so that there is time to do something. */
    private static final int WARN_NUMERATOR = 3;
    private static final int WARN_DENOMINATOR = 4;
    private static final long KIB = 1024;

    private final Budget budget;
    private final Stats stats;
    private final Warnings warnings;
    private final Map<String, Long> dropped = new LinkedHashMap<>();
    private boolean toldOfDrops;
    private long dropsToldNanos;
    private final Set<Use> warned = EnumSet.noneOf(Use.class);
    private long memoryToldNanos;

    public Shortage(Budget budget, Stats stats, Warnings warnings) {
        this.budget = budget;
        this.stats = stats;
        this.warnings = warnings;
    }

    /** Messages were dropped. */
    public void dropped(long count, String why) {
        stats.messagesDropped += count;
        dropped.merge(why, count, Long::sum);
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        if (!dropped.isEmpty() && (!toldOfDrops || nowNanos - dropsToldNanos >= DROPS_NANOS)) {
            toldOfDrops = true;
            dropsToldNanos = nowNanos;
            dropped.forEach((why, count) -> warnings.warn(Warning.Kind.MESSAGES_DROPPED,
                    count + (count == 1 ? " message was dropped: " : " messages were dropped: ") + why));
            dropped.clear();
        }
        if (nowNanos - memoryToldNanos >= MEMORY_NANOS) {
            memoryToldNanos = nowNanos;
            warned.clear();
        }
        for (Use use : Use.values()) {
            long limit = budget.limit(use);
            long used = budget.used(use);
            if (limit > 0 && !use.advice().isEmpty() && used / WARN_NUMERATOR >= limit / WARN_DENOMINATOR && warned.add(use)) {
                warnings.warn(Warning.Kind.MEMORY, used / KIB + " of " + limit / KIB + " KiB are in use for "
                        + use.meaning() + ": " + use.advice());
            }
        }
    }
}
