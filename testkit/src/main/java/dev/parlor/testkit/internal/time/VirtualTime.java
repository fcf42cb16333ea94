package dev.parlor.testkit.internal.time;

import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A time that passes only while somebody waits, as a discrete event simulation: what is due runs in the order of time, and of
 * what is due at once in the order in which it was given, on the thread that waits.
 */
public final class VirtualTime implements Time {
    /** When each simulation begins: a fixed moment, so that stamps are the same each time. */
    private static final long BEGIN_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** A wait without an end is given up after this time: nothing in Parlor takes so long. */
    private static final long MOST_NANOS = TimeUnit.HOURS.toNanos(1);

    private record Due(long nanos, long order, Runnable action) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long now;
    private long order;
    private boolean ended;

    @Override
    public synchronized long millis() {
        return BEGIN_MILLIS + now / NANOS_A_MILLI;
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public void execute(Runnable action) {
        after(0, action);
    }

    @Override
    public void after(long nanos, Runnable action) {
        schedule(nanos, action);
    }

    /** Returns what cancels it. */
    private synchronized Runnable schedule(long nanos, Runnable action) {
        if (ended) {
            return () -> {};
        }
        Due due = new Due(now + nanos, order++, action);
        queue.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        queue.remove(due);
    }

    @Override
    public Environment environment(@Nullable Executor events) {
        Environment.Timer timer = (millis, action) -> schedule(millis * NANOS_A_MILLI, action);
        return new Environment(this::millis, this::nanos, this::execute, events == null ? this::execute : events, events == null,
                this::execute, timer, timer, this::execute, this::before, () -> {});
    }

    private long before(BooleanSupplier done, long nanos) {
        runUntil(done, nanos == Long.MAX_VALUE ? MOST_NANOS : nanos);
        return 0;
    }

    @Override
    public void pass(Duration time) {
        runUntil(() -> false, time.toNanos());
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration most) {
        return runUntil(condition, most.toNanos());
    }

    private boolean runUntil(BooleanSupplier done, long nanos) {
        long end = nanos() + nanos;
        while (!done.getAsBoolean()) {
            Due next = next(end);
            if (next == null) {
                return done.getAsBoolean();
            }
            next.action().run();
        }
        return true;
    }

    private synchronized @Nullable Due next(long end) {
        Due next = queue.peek();
        if (next == null || next.nanos() > end) {
            now = Math.max(now, end);
            return null;
        }
        now = Math.max(now, next.nanos());
        return queue.poll();
    }

    @Override
    public synchronized void end() {
        ended = true;
        queue.clear();
    }
}
