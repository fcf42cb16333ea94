package dev.parlor.internal.dispatch;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.ParticipantId;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.race.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Turns on an executor of the user's that has several threads, and refuses or drops now and then. What is put in is told, in
 * order and once, by one thread at a time, as soon as the executor does what executors do.
 */
public final class TurnsRaces {
    private final ReentrantLock room = new ReentrantLock();
    private final Queue<Runnable> pool = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> given = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final List<Long> told = new ArrayList<>();
    private volatile boolean crossed;
    private volatile long nanos;
    private long said;
    private final NotedReports reports = new NotedReports();
    private final Dispatcher dispatcher = new Dispatcher(this::give, pool::add, () -> nanos, TurnsRaces::decode, reports,
            new Budget(1 << 20, 1 << 16));

    public TurnsRaces() {
        dispatcher.start();
        // By key: Lincheck gives classes another hash in a constructor than in an operation.
        dispatcher.subscribeChanges(Keys.one("k"), change -> {
            crossed |= !telling.compareAndSet(false, true);
            told.add((Long) change.newValue().orElseThrow());
            telling.set(false);
        }, this);
    }

    private static Change decode(String key, VersionedValue before, VersionedValue after, long author, Change.Cause cause) {
        return new Change(key, Optional.empty(), Optional.of(after.time()), new Author(new ParticipantId(author), "a"), cause);
    }

    private void give(Runnable turn) {
        if (refuses.getAndSet(false)) {
            throw new RejectedExecutionException("on purpose");
        }
        given.add(turn);
    }

    @Operation
    public void say() {
        room.lock();
        try {
            dispatcher.submitChanges(SessionChange.changesOf(List.of(new SessionChange("k", null, ListeningScript.value(++said), 1))),
                    Change.Cause.LOCAL);
        } finally {
            room.unlock();
        }
        dispatcher.pump();
    }

    private static void runNext(Queue<Runnable> tasks) {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /** A thread of the library's pool. */
    @Operation
    public void hand() {
        runNext(pool);
    }

    /** A thread of the user's executor. */
    @Operation
    public void run() {
        runNext(given);
    }

    @Operation
    public void refuse() {
        refuses.set(true);
    }

    @Operation
    public void drop() {
        given.poll();
    }

    @Operation
    public void tick() {
        nanos += Turns.PATIENCE_NANOS / 4;
        dispatcher.tick();
    }

    @Validate
    public void validate() {
        refuses.set(false);
        // Longer than the patience with which a dropped turn is waited for, which doubles each time.
        for (int i = 0; i < 1_000 && told.size() < said || !pool.isEmpty() || !given.isEmpty(); i++) {
            tick();
            runNext(pool);
            runNext(given);
        }
        List<Long> expected = new ArrayList<>();
        for (long i = 1; i <= said; i++) {
            expected.add(i);
        }
        if (crossed || !told.equals(expected)) {
            throw new IllegalStateException("told " + told + " of " + said + (crossed ? ", by two at once" : "")
                    + ", thrown: " + reports.thrown);
        }
    }

    @Test
    void turnsAreTakenOneAtATimeAndNoneIsLost() {
        Race.of(TurnsRaces.class)
                .scenario("say, hand", "run", "say, hand, run")
                .scenario("say", "hand, run", "tick, hand, run")
                .scenario("refuse, say", "hand", "say, hand, run")
                .scenario("say, hand, drop", "tick, tick, hand", "tick, tick, run")
                .findsAllValid();
    }
}
