package dev.parlor.sim.joins;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;

/** Runs what is due, one thing at a time, in the order of time and then of asking. */
final class VirtualTime {
    static final long MILLI = 1_000_000L;
    private static final long SLOWEST_THREAD_NANOS = 500_000;

    private record Due(long nanos, long order, Runnable action) {}

    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long now;
    private long order;

    long nanos() {
        return now;
    }

    void at(long nanos, Runnable action) {
        due.add(new Due(Math.max(now, nanos), order++, action));
    }

    void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    void pass(long nanos) {
        long end = now + nanos;
        while (!due.isEmpty() && due.peek().nanos() <= end) {
            Due next = due.poll();
            now = next.nanos();
            next.action().run();
        }
        now = end;
    }

    /** A thread of a host: one thing after the other, each a little later. */
    Executor thread(Random random, Member host) {
        long[] last = {0};
        return action -> {
            last[0] = Math.max(last[0], now + random.nextLong(SLOWEST_THREAD_NANOS));
            host.at(last[0], action);
        };
    }
}
