package dev.parlor.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomTimerTest {
    private static final long FAR_MILLIS = TimeUnit.DAYS.toMillis(300);

    private final ScheduledThreadPoolExecutor shared = new ScheduledThreadPoolExecutor(1);

    RoomTimerTest() {
        shared.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void end() {
        shared.shutdownNow();
    }

    @Test
    void leavesNothingOfARoomThatHasEndedAndAllOfTheOthers() throws Exception {
        RoomTimer ended = new RoomTimer(shared);
        RoomTimer other = new RoomTimer(shared);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            ended.after(FAR_MILLIS, () -> {});
        }
        other.after(FAR_MILLIS, () -> {});
        ended.end();
        ended.after(FAR_MILLIS, () -> {});
        assertThat(shared.getQueue()).hasSize(1);
        other.after(1, done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsNothingOfWhatWasCancelled() throws Exception {
        RoomTimer timer = new RoomTimer(shared);
        CountDownLatch done = new CountDownLatch(1);
        Runnable cancelled = timer.after(FAR_MILLIS, () -> {});
        Runnable late = timer.after(1, done::countDown);
        cancelled.run();
        cancelled.run();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        late.run();
        assertThat(shared.getQueue()).isEmpty();
    }
}
