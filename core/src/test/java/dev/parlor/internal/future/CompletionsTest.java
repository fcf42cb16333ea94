package dev.parlor.internal.future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.RoomClosedException;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.RoomTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final RoomTimer timer = new RoomTimer(clock);
    private final AtomicInteger refusals = new AtomicInteger();
    private final Completions completions = new Completions(environment(task -> {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("unable to create native thread, on purpose");
        }
        pool.execute(task);
    }));

    CompletionsTest() {
        clock.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
        clock.shutdownNow();
    }

    private Environment environment(Executor callbacks) {
        return new Environment(System::currentTimeMillis, System::nanoTime, pool, pool, true, callbacks, timer, timer, pool,
                Environment.Waiting.REALLY, () -> {});
    }

    @Test
    void theyEndWithTheRoomInTheOrderInWhichTheyWereMade() {
        List<Runnable> given = new ArrayList<>();
        Completions inTurn = new Completions(environment(given::add));
        List<Integer> ended = new ArrayList<>();
        List<Integer> made = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int number = i;
            made.add(i);
            inTurn.create().whenComplete((value, thrown) -> ended.add(number));
        }
        inTurn.end(() -> new RoomClosedException("it has ended"));
        given.get(0).run();
        assertThat(ended).isEqualTo(made);
    }

    @Test
    void whatStandsStillHoldsUpNothingElse() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Completion<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Completion<Integer> future = completions.create();
            future.thenRun(() -> awaitUninterruptibly(go));
            completions.complete(future, i);
            futures.add(future);
        }
        completions.pump();
        for (Completion<Integer> future : futures) {
            assertThat(future.get(40, TimeUnit.SECONDS)).isNotNull();
        }
        go.countDown();
    }

    @Test
    void whoeverWaitsIsNotHeldUpByWhatDependsOnTheSameAndRunsNoneOfIt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            Completion<Integer> future = completions.create();
            CompletableFuture<Integer> derived = future.thenApply(value -> value);
            List<Thread> ran = new java.util.concurrent.CopyOnWriteArrayList<>();
            CompletableFuture<Integer> other = new CompletableFuture<>();
            Thread waiting = new Thread(() -> other.complete(future.join()));
            waiting.start();
            if (i % 2 == 0) {
                await().pollInterval(Duration.ofMillis(1)).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            }
            boolean blocks = i % 50 == 0;
            future.thenRun(() -> {
                ran.add(Thread.currentThread());
                if (blocks) {
                    awaitUninterruptibly(go);
                }
            });
            completions.complete(future, i);
            completions.pump();
            assertThat(future.get(40, TimeUnit.SECONDS)).isEqualTo(i);
            assertThat(other.get(40, TimeUnit.SECONDS)).isEqualTo(i);
            if (!blocks) {
                assertThat(derived.get(40, TimeUnit.SECONDS)).isEqualTo(i);
            }
            assertThat(ran).doesNotContain(waiting, Thread.currentThread());
        }
        go.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBurstIsDoneByAFewThreads() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            completions.later(() -> {
                threads.add(Thread.currentThread());
                done.incrementAndGet();
            });
            if (i % 100 == 0) {
                completions.pump();
            }
        }
        completions.pump();
        await().atMost(SOON).until(() -> done.get() == 20_000);
        assertThat(threads).hasSizeLessThan(16);
    }

    @Test
    void wherePoolHasNoThreadItIsTriedAgain() throws Exception {
        refusals.set(3);
        Completion<String> first = completions.create();
        completions.complete(first, "first");
        completions.pump();
        assertThat(first.get(40, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(refusals).hasValue(0);
    }

    @Test
    void anEndIsAnEndForAllEvenIfWhatDependsOnSomeStandsStill() {
        CountDownLatch go = new CountDownLatch(1);
        List<Completion<String>> futures = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Completion<String> future = completions.create();
            if (i % 100 == 0) {
                future.exceptionally(thrown -> {
                    awaitUninterruptibly(go);
                    return null;
                });
            }
            futures.add(future);
        }
        // As in a room: nobody looks any more once it has ended.
        timer.end();
        completions.end(() -> new RoomClosedException("room"));
        futures.add(completions.create());
        completions.pump();
        futures.forEach(future -> assertThatThrownBy(() -> future.get(40, TimeUnit.SECONDS))
                .hasCauseInstanceOf(RoomClosedException.class));
        go.countDown();
    }

    @Test
    void whatEndsInWhateverWayLeavesNoTimer() {
        List<CompletableFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            Completion<String> future = completions.create();
            completions.expire(future, Duration.ofDays(1), () -> completions.fail(future, new AssertionError("a day")));
            futures.add(future);
            switch (i % 6) {
                case 0 -> future.cancel(false);
                case 1 -> future.complete("enough");
                case 2 -> future.completeExceptionally(new IllegalStateException("enough"));
                case 3 -> future.orTimeout(1, TimeUnit.NANOSECONDS);
                case 4 -> future.completeOnTimeout("enough", 1, TimeUnit.NANOSECONDS);
                default -> completions.complete(future, "answered");
            }
        }
        completions.pump();
        await().atMost(SOON).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
        await().atMost(SOON).untilAsserted(() -> assertThat(clock.getQueue()).isEmpty());
        assertThat(completions.end(() -> new RoomClosedException("room"))).isEmpty();
    }

    @Test
    void whoEndsBeforeItsTimerIsSetLeavesNoneEither() {
        Completion<String> done = completions.create();
        done.complete("at once");
        completions.expire(done, Duration.ofDays(1), () -> {});
        assertThat(clock.getQueue()).isEmpty();
    }
}
