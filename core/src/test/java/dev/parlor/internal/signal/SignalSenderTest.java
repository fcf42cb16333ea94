package dev.parlor.internal.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Signal;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever many threads do, the newest of each type leaves, and none after a newer one. */
class SignalSenderTest {
    private static final long SELF = 7;
    private static final int THREADS = 4;
    private static final int SIGNALS = 20_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Map<Integer, Long> newest = new ConcurrentHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Stats stats = new Stats();
    private final SignalSender sender = new SignalSender(new Recording(), environment(), () -> true, stats, new Observation(thrown -> { }));

    private Environment environment() {
        Environment.Timer later = (delay, action) -> {
            var due = timer.schedule(action, delay, TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        };
        return new Environment(System::currentTimeMillis, System::nanoTime, pool, pool, true, task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("planted");
            }
            pool.execute(task);
        }, later, later, pool, Environment.Waiting.REALLY, () -> { });
    }

    /** Looks at what is sent; one frame at a time, or it is wrong. */
    private final class Recording implements Network {
        private final AtomicInteger sending = new AtomicInteger();

        @Override
        public long self() {
            return SELF;
        }

        @Override
        public void connect(Receiver receiver) {
            throw new AssertionError();
        }

        @Override
        public void sendToAll(byte[] frame) {
            throw new AssertionError("signals are sent as what may be lost");
        }

        @Override
        public void sendLossy(byte[] frame) {
            if (sending.incrementAndGet() > 1) {
                wrong.add("two turns at once");
            }
            try {
                for (Signal each : ((Frame.Signals) FrameCodec.decode(SELF, frame, 0, frame.length).frame()).signals()) {
                    Long before = newest.put(each.type(), each.number());
                    if (before != null && before >= each.number()) {
                        wrong.add(each.number() + " after " + before);
                    }
                }
            } catch (MalformedFrameException e) {
                throw new AssertionError(e);
            } finally {
                sending.decrementAndGet();
            }
        }

        @Override
        public void send(long member, byte[] frame) {
            throw new AssertionError();
        }

        @Override
        public void lookForOthers() {
            throw new AssertionError();
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void theNewestOfEachTypeLeavesAndNoneAfterANewerOne() throws InterruptedException {
        Map<Integer, Long> last = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] encoded = {(byte) (1 + i % 2), 0};
            threads.add(new Thread(() -> {
                for (int n = 0; n < SIGNALS; n++) {
                    Signal sent = sender.send("", encoded);
                    last.merge(sent.type(), sent.number(), Math::max);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(newest).isEqualTo(last));
        assertThat(wrong).isEmpty();
        assertThat(stats.signalsSent.get() + stats.signalsDropped.get()).isEqualTo(THREADS * SIGNALS);
        assertThat(stats.signalsDropped.get()).isPositive();
    }

    @Test
    void whereNoThreadCanBeHadTheNextSignalTriesAgain() {
        refusals.set(1);
        Signal first = sender.send("", new byte[] {1});
        assertThat(newest).isEmpty();
        Signal second = sender.send("", new byte[] {1});
        await().atMost(SOON).untilAsserted(() -> assertThat(newest).containsEntry(second.type(), second.number()));
        assertThat(second.number()).isGreaterThan(first.number());
    }
}
