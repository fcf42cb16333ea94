package dev.parlor.internal.future;

import dev.parlor.RoomClosedException;
import dev.parlor.internal.thread.Environment;
import dev.parlor.race.Race;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Futures are made, completed and ended while threads of the pool come, help and go. What is put in is done once; what is made
 * is completed, if not otherwise then by the end.
 */
public final class CompletionsRaces {
    private final Queue<Runnable> pool = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> timer = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final Completions completions = new Completions(new Environment(() -> 0, () -> 0, pool::add, pool::add, true,
            this::begin, this::after, this::after, pool::add, Environment.Waiting.REALLY, () -> {}));
    private final AtomicInteger put = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Queue<Completion<Integer>> made = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    private void begin(Runnable task) {
        if (refuses.getAndSet(false)) {
            throw new RejectedExecutionException("on purpose");
        }
        pool.add(task);
    }

    private Runnable after(long millis, Runnable action) {
        timer.add(action);
        return () -> timer.remove(action);
    }

    private static boolean runNext(Queue<Runnable> tasks) {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    @Operation
    public void putIn() {
        put.incrementAndGet();
        completions.later(done::incrementAndGet);
        completions.pump();
    }

    @Operation
    public void make() {
        made.add(completions.create());
    }

    @Operation
    public void complete() {
        Completion<Integer> future = made.peek();
        if (future != null) {
            completions.complete(future, 1);
            completions.pump();
        }
    }

    @Operation
    public void work() {
        runNext(pool);
    }

    @Operation
    public void look() {
        runNext(timer);
    }

    @Operation
    public void refuse() {
        refuses.set(true);
    }

    @Operation
    public void end() {
        ended.set(true);
        completions.end(() -> new RoomClosedException("race"));
    }

    @Validate
    public void validate() {
        refuses.set(false);
        boolean more = true;
        while (more) {
            completions.pump();
            more = runNext(pool) | runNext(timer);
        }
        if (done.get() != put.get()) {
            throw new IllegalStateException("of " + put + " put in " + done + " were done");
        }
        if (ended.get() && !made.stream().allMatch(Completion::isDone)) {
            throw new IllegalStateException("the end left a future open");
        }
    }

    @Test
    void whatIsPutInIsDoneOnceAndTheEndLeavesNothingOpen() {
        Race.of(CompletionsRaces.class)
                .scenario("", "make", "end")
                .scenario("putIn", "work", "putIn, work")
                .scenario("make", "complete, work", "end, work")
                .scenario("refuse", "putIn", "look, work")
                .findsAllValid();
    }
}
