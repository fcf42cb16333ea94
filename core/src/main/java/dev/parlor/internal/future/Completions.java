package dev.parlor.internal.future;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.InContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the futures of a room complete that callers may wait for, and where what they depend on runs that
 * is the caller's code (conditions, decoding). That is on the environment's pool, never on a thread of events, of the
 * network or of a timer, so that waiting for one there ends in its answer or its timeout.
 *
 * <p>What is put in under the room's lock is handed over by {@link #pump} after it. One thread does all as long as it gets
 * on; another one helps when it stands still, as it does where what depends on one future waits for another. Thread-safe.
 */
public final class Completions {
    /** What comes in while this many threads are at work waits for one of them, and for a look. */
    private static final int THREADS = 4;
    /** Once the room has ended nobody looks any more, and what is left is done by so many at most. */
    private static final int LAST_THREADS = 32;
    /** Who has got on with nothing for so long stands still, or does more than completing a future. */
    static final long STANDSTILL_MILLIS = 10;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final Log LOG = Log.of(Completions.class);

    private final Environment environment;
    /** In the order in which they were made, in which they end with the room: the simulation repeats a run to the byte. */
    private final Set<Completion<?>> open = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    /** Whether any task may wait; so that who has put in nothing need not take the monitor to find out. */
    private volatile boolean waiting;
    /** Why futures fail that are made after the end; null until then. */
    private volatile @Nullable Supplier<? extends RuntimeException> ended;
    private int threads;
    private boolean looking;
    private long taken;
    private long takenAtLook;

    public Completions(Environment environment) {
        this.environment = environment;
    }

    /** A future that ends with the room, if not before. */
    public <T extends @Nullable Object> Completion<T> create() {
        Completion<T> future = new Completion<>(environment);
        open.add(future);
        future.whenComplete((value, thrown) -> open.remove(future));
        Supplier<? extends RuntimeException> why = ended;
        if (why != null) {
            fail(future, why.get());
        }
        return future;
    }

    /** Ends a future. With or without the lock; the future may have been ended by who holds it. */
    public <T extends @Nullable Object> void complete(Completion<T> future, T value) {
        later(() -> future.complete(value));
    }

    /** Ends a future with what its caller is told. With or without the lock. */
    public void fail(Completion<?> future, Throwable why) {
        later(() -> future.completeExceptionally(why));
    }

    /**
     * Does something after a time, unless the future ends before. Called without the lock.
     *
     * @param late on the thread of a timer: short, and completes nothing itself
     */
    public void expire(Completion<?> future, Duration timeout, Runnable late) {
        long millis = (timeout.toNanos() + NANOS_A_MILLI - 1) / NANOS_A_MILLI;
        Runnable cancel = environment.timer().after(millis, late);
        future.whenComplete((value, thrown) -> cancel.run());
    }

    /** Does something without the lock, soon. */
    public void run(Runnable task) {
        later(task);
        pump();
    }

    /** Puts in something to do, which {@link #pump} hands over. With or without the lock. */
    public synchronized void later(Runnable task) {
        tasks.add(task);
        waiting = true;
    }

    /** Has done what was put in. Without the lock. */
    public void pump() {
        if (waiting) {
            if (claim(ended != null ? LAST_THREADS : THREADS)) {
                begin();
            } else {
                lookLater();
            }
        }
    }

    /** Ends all that are open, and all that are made from now on. Returns them. */
    public List<Completion<?>> end(Supplier<? extends RuntimeException> why) {
        ended = why;
        List<Completion<?>> left = List.copyOf(open);
        left.forEach(future -> fail(future, why.get()));
        if (waiting && claim(LAST_THREADS)) {
            begin();
        }
        return left;
    }

    /** Whether one more thread is to begin, which is counted by that. */
    private synchronized boolean claim(int most) {
        boolean more = !tasks.isEmpty() && threads < most;
        threads += more ? 1 : 0;
        return more;
    }

    private void begin() {
        try {
            environment.callbacks().execute(this::drain);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                threads--;
            }
            LOG.warn("no thread to complete what callers wait for; it is tried again", e);
            lookLater();
        }
    }

    private void drain() {
        for (Runnable task; (task = take()) != null;) {
            InContext.run(task);
        }
    }

    private Runnable take() {
        Runnable task;
        boolean left;
        synchronized (this) {
            task = tasks.poll();
            waiting = !tasks.isEmpty();
            left = waiting;
            taken++;
            threads -= task == null ? 1 : 0;
        }
        if (left && ended != null && claim(LAST_THREADS)) {
            begin();
        } else if (left) {
            lookLater();
        }
        return task;
    }

    private void lookLater() {
        synchronized (this) {
            if (looking || tasks.isEmpty()) {
                return;
            }
            looking = true;
            takenAtLook = taken;
        }
        environment.timer().after(STANDSTILL_MILLIS, this::look);
    }

    /** Sees whether those at work get on. On the timer. */
    private void look() {
        boolean helps;
        synchronized (this) {
            looking = false;
            if (tasks.isEmpty()) {
                return;
            }
            helps = taken == takenAtLook;
        }
        if (helps && claim(Integer.MAX_VALUE)) {
            begin();
        }
        lookLater();
    }
}
