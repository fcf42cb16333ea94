package dev.parlor.internal.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a room's listeners run turn by turn on an executor, one turn at a time.
 *
 * <p>An executor of the library's own is given turns by whoever has put something in. One that the user gave may do what it
 * likes: run what it is given at once, block, refuse, or drop it without a word. So it is given turns by a thread of the
 * library's pool, which holds nothing and which nobody waits for; a turn that it refuses is offered again, and one that has
 * not begun after {@link #PATIENCE_NANOS} is replaced. A replaced turn that is run after all does nothing.
 *
 * <p>To an executor that the user gave, the next turn is given while one is still under way: if the listener runs the event
 * loop of a user interface, in a modal dialog, that next turn comes up there, on the same thread, and goes on ({@link
 * Delivery}). If it comes up on another thread instead, this is a pool, and from then on only one turn is given at a time.
 *
 * <p>Guarded by the dispatcher's lock.
 */
final class Turns {
    /** A turn that has not begun for so long is taken for lost. Longer than a user interface is busy in one piece. */
    static final long PATIENCE_NANOS = 5_000_000_000L;
    /** Each turn that is replaced doubles the patience, so that a night in a debugger leaves a few hundred of them. */
    static final long MOST_PATIENCE_NANOS = 300_000_000_000L;
    /** A refused turn is offered again after this time. */
    static final long RETRY_NANOS = 200_000_000L;
    /** Time in which nobody looked is not waited: the program was stopped, and the executor too. */
    private static final long MOST_LOOK_NANOS = 1_000_000_000L;

    private final Lock lock;
    private final Condition idle;
    private final Executor executor;
    private final @Nullable Executor pool;
    private final LongSupplier nanos;
    private final BooleanSupplier ready;
    private final Runnable work;
    private final DispatchReports reports;
    /** Given to the executor and not begun, or null. */
    private @Nullable Turn given;
    /** Turns under way, one within the other, all on this thread. */
    private int depth;
    private volatile @Nullable Thread running;
    /**
     * Whether a turn that has been given, or is under way and followed by none, will look for what is put in by then: written under the
     * lock, and read after something was put in under the lock.
     */
    private volatile boolean looks;
    private boolean onSeveralThreads;
    private boolean refused;
    private long refusedNanos;
    private boolean toldOfRefusal;
    private boolean toldOfLoss;
    private boolean toldOfDirect;
    private long patienceNanos = PATIENCE_NANOS;
    private long lookedNanos;

    /**
     * Turns on an executor.
     *
     * @param lock the dispatcher's
     * @param idle signalled when a turn ends
     * @param executor where they run
     * @param pool who gives them to it; null if the executor is the library's own
     * @param ready whether there is anything for a turn; asked under the lock
     * @param work what a turn does
     */
    Turns(Lock lock, Condition idle, Executor executor, @Nullable Executor pool, LongSupplier nanos, BooleanSupplier ready,
            Runnable work, DispatchReports reports) {
        this.lock = lock;
        this.idle = idle;
        this.executor = executor;
        this.pool = pool;
        this.nanos = nanos;
        this.ready = ready;
        this.work = work;
        this.reports = reports;
        this.lookedNanos = nanos.getAsLong();
    }

    /** Whether the calling thread is in a turn. */
    boolean isRunningHere() {
        return running == Thread.currentThread();
    }

    /** Whether a turn is under way. Under the lock. */
    boolean isRunning() {
        return depth > 0;
    }

    /** Whether a turn is under way or has been given to the executor, which has not refused it. Under the lock. */
    boolean isTaken() {
        return depth > 0 || given != null;
    }

    /** Gives the executor a turn if there is something for one and none is on its way. Without the lock. */
    void pump() {
        if (looks) {
            return;
        }
        Turn turn;
        lock.lock();
        try {
            if (given != null || !mayFollow() || !ready.getAsBoolean()
                    || refused && nanos.getAsLong() - refusedNanos < RETRY_NANOS) {
                return;
            }
            turn = new Turn();
            given = turn;
            settle();
        } finally {
            lock.unlock();
        }
        give(turn);
    }

    /** Under the lock, after each change of what it is made of. */
    private void settle() {
        looks = given != null || depth > 0 && pool == null;
    }

    private boolean mayFollow() {
        return depth == 0 || pool != null && !onSeveralThreads;
    }

    private void give(Turn turn) {
        if (pool == null) {
            give(turn, executor);
            return;
        }
        try {
            pool.execute(() -> {
                turn.giver = Thread.currentThread();
                give(turn, executor);
                turn.giver = null;
                turn.taken = true;
            });
        } catch (RuntimeException | Error e) {
            refused(turn, e);
        }
    }

    private void give(Turn turn, Executor to) {
        try {
            to.execute(turn);
        } catch (RuntimeException | Error e) {
            refused(turn, e);
        }
    }

    private void refused(Turn turn, Throwable why) {
        boolean told;
        lock.lock();
        try {
            if (given != turn) {
                return;
            }
            given = null;
            settle();
            refused = true;
            refusedNanos = nanos.getAsLong();
            told = toldOfRefusal;
            toldOfRefusal = true;
        } finally {
            lock.unlock();
        }
        reports.executorFailed(told, (pool == null ? "the room's thread for listeners cannot be had"
                : "the executor of deliverOn(…) refuses to run listeners") + ": events wait, and it is tried again", why);
    }

    /** Looks, now and then, whether a turn that was given is lost. Without the lock. */
    void tick() {
        @Nullable Turn again = null;
        boolean told;
        lock.lock();
        try {
            long now = nanos.getAsLong();
            long passed = Math.min(now - lookedNanos, MOST_LOOK_NANOS);
            lookedNanos = now;
            if (pool == null || given == null || depth > 0) {
                return;
            }
            given.waitedNanos += passed;
            if (given.waitedNanos < patienceNanos) {
                return;
            }
            given.waitedNanos = 0;
            patienceNanos = Math.min(2 * patienceNanos, MOST_PATIENCE_NANOS);
            told = toldOfLoss;
            toldOfLoss = true;
            if (given.taken) {
                again = new Turn();
                given = again;
            }
        } finally {
            lock.unlock();
        }
        reports.executorFailed(told, "the executor of deliverOn(…) has not run listeners for "
                + PATIENCE_NANOS / 1_000_000_000L + " s: its thread is busy, or it has dropped what it was given; it is tried again",
                null);
        if (again != null) {
            give(again);
        }
    }

    /** What the executor is given. */
    private final class Turn implements Runnable {
        /** The thread that is giving this to the executor just now. */
        private volatile @Nullable Thread giver;
        /** Whether the executor has taken it. */
        private volatile boolean taken;
        /** How long it has not begun while it could have. */
        private long waitedNanos;

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            try {
                if (giver == Thread.currentThread()) {
                    direct();
                }
                work.run();
            } finally {
                end();
            }
            pump();
        }

        private boolean begin() {
            lock.lock();
            try {
                if (given != this) {
                    return false;
                }
                given = null;
                refused = false;
                patienceNanos = PATIENCE_NANOS;
                if (depth > 0 && !isRunningHere()) {
                    onSeveralThreads = true;
                    return false;
                }
                depth++;
                running = Thread.currentThread();
                return true;
            } finally {
                settle();
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                depth--;
                settle();
                if (depth == 0) {
                    running = null;
                    if (given != null) {
                        given.waitedNanos = 0;
                    }
                }
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void direct() {
            boolean told;
            lock.lock();
            try {
                told = toldOfDirect;
                toldOfDirect = true;
            } finally {
                lock.unlock();
            }
            if (!told) {
                reports.executorFailed(false, "the executor of deliverOn(…) runs listeners on the thread that hands them over; "
                        + "that is one of Parlor's own, and another each time: give it an executor with a thread, such as "
                        + "SwingUtilities::invokeLater, or leave deliverOn(…) out", null);
            }
        }
    }
}
