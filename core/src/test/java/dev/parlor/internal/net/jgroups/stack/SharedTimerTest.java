package dev.parlor.internal.net.jgroups.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.util.TimeScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedTimerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "clock"));
    private final List<Runnable> pool = new CopyOnWriteArrayList<>();
    private final SharedTimer timer = new SharedTimer(clock, pool::add, false);
    private final AtomicInteger done = new AtomicInteger();

    SharedTimerTest() {
        clock.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void end() {
        clock.shutdownNow();
    }

    @Test
    void whatIsDoneOnceIsDoneOnceAndForgotten() throws Exception {
        Future<?> later = timer.schedule(done::incrementAndGet, 1, TimeUnit.MILLISECONDS, false);
        later.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(done).hasValue(1);
        assertThat(later.isDone()).isTrue();
        await().atMost(SOON).until(() -> timer.size() == 0);
    }

    @Test
    void whatIsDoneAgainAndAgainEndsWhenItIsCancelledAndLeavesNothing() {
        Future<?> repeated = timer.scheduleWithFixedDelay(done::incrementAndGet, 0, 1, TimeUnit.MILLISECONDS, false);
        assertThat(done.get()).as("at once").isPositive();
        await().atMost(SOON).until(() -> done.get() > 3);
        repeated.cancel(true);
        assertThat(repeated.isCancelled()).isTrue();
        assertThat(timer.size()).isZero();
        await().atMost(SOON).until(() -> clock.getQueue().isEmpty() && clock.getActiveCount() == 0);
    }

    @Test
    void whatFailsIsDoneAgain() {
        timer.scheduleAtFixedRate(() -> {
            done.incrementAndGet();
            throw new IllegalStateException("on purpose");
        }, 1, 1, TimeUnit.MILLISECONDS, false);
        await().atMost(SOON).until(() -> done.get() > 2);
    }

    @Test
    void whatMayBlockIsNotDoneOnTheTimersThread() {
        List<String> threads = new ArrayList<>();
        timer.schedule(() -> threads.add(Thread.currentThread().getName()), 1, TimeUnit.MILLISECONDS, true);
        await().atMost(SOON).until(() -> pool.size() == 1);
        assertThat(threads).isEmpty();
        pool.get(0).run();
        assertThat(threads).containsExactly(Thread.currentThread().getName());
        timer.execute(done::incrementAndGet, true);
        assertThat(done).hasValue(0);
        timer.execute(done::incrementAndGet, false);
        assertThat(done).hasValue(1);
    }

    /** JGroups says of TCP alone that it may block. */
    @Test
    void ofAChannelThatMayStandStillNothingIsDoneOnTheTimersThread() {
        SharedTimer waiting = new SharedTimer(clock, pool::add, true);
        waiting.scheduleWithFixedDelay(done::incrementAndGet, 1, 1, TimeUnit.MILLISECONDS, false);
        await().atMost(SOON).until(() -> pool.size() == 1);
        assertThat(done).as("and not again before that").hasValue(0);
        pool.get(0).run();
        await().atMost(SOON).until(() -> pool.size() == 2);
    }

    @Test
    void whatMayBlockIsDoneThoughNoThreadOfThePoolIsFree() {
        SharedTimer busy = new SharedTimer(clock, task -> {
            throw new RejectedExecutionException("on purpose");
        }, false);
        busy.schedule(done::incrementAndGet, 1, TimeUnit.MILLISECONDS, true);
        await().atMost(SOON).until(() -> done.get() == 1);
    }

    @Test
    void aTaskSaysWhenItIsDoneNextAndWhenNoMore() {
        timer.scheduleWithDynamicInterval(new TimeScheduler.Task() {
            @Override
            public long nextInterval() {
                return done.get() < 3 ? 1 : 0;
            }

            @Override
            public void run() {
                done.incrementAndGet();
            }
        }, false);
        await().atMost(SOON).until(() -> timer.size() == 0);
        assertThat(done).hasValue(3);
    }

    @Test
    void atTheEndNothingIsLeft() {
        timer.scheduleWithFixedDelay(done::incrementAndGet, 1, 1, TimeUnit.HOURS, false);
        Future<?> other = timer.schedule(done::incrementAndGet, 1, TimeUnit.HOURS, true);
        timer.end();
        assertThat(other.isCancelled()).isTrue();
        assertThat(timer.size()).isZero();
        assertThat(clock.getQueue()).isEmpty();
        timer.schedule(done::incrementAndGet, 1, TimeUnit.MILLISECONDS, false);
        await("for the next channel").atMost(SOON).until(() -> done.get() == 1);
    }
}
