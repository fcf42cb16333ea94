package dev.parlor.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private static final int TASKS = 2_000;

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void runsOneAfterTheOtherInOrderWhoeverGivesThem() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool, (delay, action) -> () -> {});
        AtomicInteger running = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        List<List<Integer>> ran = List.of(new ArrayList<>(), new ArrayList<>());
        CountDownLatch done = new CountDownLatch(2 * TASKS);
        for (int giver = 0; giver < 2; giver++) {
            List<Integer> own = ran.get(giver);
            pool.execute(() -> {
                for (int i = 0; i < TASKS; i++) {
                    int number = i;
                    executor.execute(() -> {
                        together.accumulateAndGet(running.incrementAndGet(), Math::max);
                        own.add(number);
                        running.decrementAndGet();
                        done.countDown();
                    });
                }
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(together).hasValue(1);
        assertThat(ran).allSatisfy(own -> assertThat(own).hasSize(TASKS).isSorted());
    }

    @Test
    void goesOnAfterATaskThatThrew() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool, (delay, action) -> () -> {});
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        executor.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> told.countDown());
            throw new IllegalStateException("on purpose");
        });
        executor.execute(done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesNothingOnceClosedButRunsWhatItHas() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool, (delay, action) -> () -> {});
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        executor.execute(done::countDown);
        executor.close();
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        go.countDown();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatItRunsSeesTheClassLoaderOfWhoMadeIt() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[0], before)) {
            AtomicReference<ClassLoader> seen = new AtomicReference<>();
            Thread.currentThread().setContextClassLoader(own);
            SerialExecutor executor = new SerialExecutor(pool, (delay, action) -> () -> {});
            Thread.currentThread().setContextClassLoader(before);
            CountDownLatch done = new CountDownLatch(1);
            executor.execute(() -> {
                seen.set(Thread.currentThread().getContextClassLoader());
                done.countDown();
            });
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).hasValue(own);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void whereThePoolHasNoThreadTheTasksWaitForTheNextTaskOrTheTimer() throws Exception {
        for (boolean timer : new boolean[] {false, true}) {
            AtomicInteger refusals = new AtomicInteger(1);
            List<Runnable> later = new ArrayList<>();
            SerialExecutor executor = new SerialExecutor(task -> {
                if (refusals.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread, on purpose");
                }
                pool.execute(task);
            }, (delay, action) -> {
                later.add(action);
                return () -> later.remove(action);
            });
            CountDownLatch done = new CountDownLatch(timer ? 1 : 2);
            executor.execute(done::countDown);
            assertThat(later).hasSize(1);
            if (timer) {
                later.get(0).run();
            } else {
                executor.execute(done::countDown);
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noTaskSeesTheInterruptFlagThatAnotherLeft() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool, (delay, action) -> () -> {});
        CountDownLatch done = new CountDownLatch(TASKS);
        AtomicInteger flags = new AtomicInteger();
        for (int i = 0; i < TASKS; i++) {
            executor.execute(() -> {
                flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                Thread.currentThread().interrupt();
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(flags).hasValue(0);
    }
}
