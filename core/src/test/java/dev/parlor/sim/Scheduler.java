package dev.parlor.sim;

import java.util.PriorityQueue;

/** Virtual time: runs what is due, one thing at a time, in the order of time and then of asking. */
final class Scheduler {
    private record Due(long nanos, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    static final long MILLI = 1_000_000L;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long now;
    private long order;

    long nanos() {
        return now;
    }

    long millis() {
        return now / MILLI;
    }

    void at(long nanos, Runnable action) {
        due.add(new Due(Math.max(now, nanos), order++, action));
    }

    void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    /** Runs everything due up to a time. */
    void runUntil(long nanos) {
        while (!due.isEmpty() && due.peek().nanos <= nanos) {
            Due next = due.poll();
            now = next.nanos;
            next.action.run();
        }
        now = Math.max(now, nanos);
    }
}
