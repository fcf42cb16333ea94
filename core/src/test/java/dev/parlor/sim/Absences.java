package dev.parlor.sim;

import java.util.List;

/** When participants vanished, as a room counts them that asks itself whether it is cut off (docs/decisions/0031). */
final class Absences {
    /** Within so long of each other they vanished together. */
    private static final long TOGETHER_NANOS = 30_000_000_000L;

    /** Who vanished is told of so long after that at most, but for a listener that stands still. */
    private static final long TOLD_NANOS = 1_000 * Scheduler.MILLI;

    private Absences() {}

    /** How many of these times lie together, at most, of those that are not before another: longer than that nobody is missed. */
    static long mostTogether(List<Long> leftNanos, long forgottenNanos) {
        List<Long> missed = leftNanos.stream().filter(each -> each - forgottenNanos >= TOLD_NANOS).toList();
        return missed.stream().mapToLong(first -> missed.stream().filter(each -> each >= first && each - first < TOGETHER_NANOS).count())
                .max().orElse(0);
    }
}
