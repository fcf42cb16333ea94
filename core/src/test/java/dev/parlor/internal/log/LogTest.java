package dev.parlor.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogTest.class);

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(1);

    private void block() throws InterruptedException {
        Log.write(LOGGER, () -> {
            blocked.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoLogsDoesNotWaitAndWhatDoesNotFitIsCounted() throws InterruptedException {
        block();
        long dropped = Log.dropped();
        try {
            for (int i = 0; i < Log.MAX_LINES + 10; i++) {
                String line = "line " + i;
                Log.write(LOGGER, () -> written.add(line));
            }
            assertThat(written).isEmpty();
            assertThat(Log.dropped() - dropped).isBetween(10L, 20L);
            Log.settle(1);
        } finally {
            released.countDown();
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> written.size() >= Log.MAX_LINES - 10);
        assertThat(written).first().isEqualTo("line 0");
    }

    @Test
    void whatWasLoggedIsWrittenOnceItIsSettled() {
        for (int i = 0; i < 100; i++) {
            int number = i;
            Log.write(LOGGER, () -> written.add("line " + number));
        }
        Log.settle(10_000);
        assertThat(written).hasSize(100).last().isEqualTo("line 99");
    }

    @Test
    void aLogThatThrowsIsTriedAgainWithTheNextLine() {
        Log.write(LOGGER, () -> {
            throw new IllegalStateException("the disk is full");
        });
        Log.write(LOGGER, () -> written.add("next"));
        Log.settle(10_000);
        assertThat(written).containsExactly("next");
    }

    @Test
    void itsThreadHoldsNothingOfWhoeverLogs() {
        Thread.currentThread().setContextClassLoader(new ClassLoader(getClass().getClassLoader()) {});
        List<ClassLoader> seen = Collections.synchronizedList(new ArrayList<>());
        Log.write(LOGGER, () -> seen.add(Thread.currentThread().getContextClassLoader()));
        Log.settle(10_000);
        Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        assertThat(seen).containsExactly(Log.class.getClassLoader());
    }
}
