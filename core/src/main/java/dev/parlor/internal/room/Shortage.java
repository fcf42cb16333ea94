package dev.parlor.internal.room;

import dev.parlor.Warning;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.budget.Budget.Use;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells of memory that runs short, and of messages that were dropped: one warning an interval with the sum, not one a
 * message. Guarded by the room's lock.
 */
final class Shortage {
    /** So often at most is told how many messages were dropped. */
    private static final long DROPS_NANOS = 5_000_000_000L;
    /** Of each use of memory is warned so often at most. */
    private static final long MEMORY_NANOS = 60_000_000_000L;
    /** A use is short of memory from three quarters of its share on, so that there is time to do something. */
    private static final int WARN_NUMERATOR = 3;
    private static final int WARN_DENOMINATOR = 4;
    private static final long KIB = 1024;

    private final RoomCore core;
    private final Budget budget;
    private final Map<String, Long> dropped = new LinkedHashMap<>();
    private boolean toldOfDrops;
    private long dropsToldNanos;
    private final Set<Use> warned = EnumSet.noneOf(Use.class);
    private long memoryToldNanos;

    Shortage(RoomCore core, Budget budget) {
        this.core = core;
        this.budget = budget;
    }

    /** Messages were dropped. */
    void dropped(long count, String why) {
        core.state().stats().messagesDropped += count;
        dropped.merge(why, count, Long::sum);
    }

    void tick(long nowNanos) {
        if (!dropped.isEmpty() && (!toldOfDrops || nowNanos - dropsToldNanos >= DROPS_NANOS)) {
            toldOfDrops = true;
            dropsToldNanos = nowNanos;
            dropped.forEach((why, count) -> core.health().warn(Warning.Kind.MESSAGES_DROPPED,
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
            if (limit > 0 && used / WARN_NUMERATOR >= limit / WARN_DENOMINATOR && warned.add(use)) {
                core.health().warn(Warning.Kind.MEMORY, used / KIB + " of " + limit / KIB + " KiB are in use for "
                        + use.meaning() + ": " + use.advice());
            }
        }
    }
}
