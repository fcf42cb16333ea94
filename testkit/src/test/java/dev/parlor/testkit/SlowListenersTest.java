package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.MessagesDroppedException;
import dev.parlor.RequestException;
import dev.parlor.Room;
import dev.parlor.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners that are slower than their senders, and listeners that stand still. */
class SlowListenersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BACKLOG_BYTES = 4 << 20;
    private static final int CHUNK_BYTES = 256 * 1024;
    /** Some times the backlog, and slower than any network here. */
    private static final int CHUNKS = 200;
    private static final long A_CHUNK_NANOS = 3_000_000;

    private static byte[] chunk(int number) {
        byte[] chunk = new byte[CHUNK_BYTES];
        chunk[0] = (byte) number;
        return chunk;
    }

    @ParameterizedTest
    @EnumSource(value = NetworkKind.class, names = {"IN_MEMORY", "JGROUPS"})
    void whoIsSlowerThanSeveralSendersHearsEverything(NetworkKind kind) throws Exception {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            AtomicInteger heard = new AtomicInteger();
            Room bob = network.join("Bob", b -> b.messageBacklog(BACKLOG_BYTES).onMessage(byte[].class, (chunk, from) -> {
                LockSupport.parkNanos(A_CHUNK_NANOS);
                heard.incrementAndGet();
            }));
            List<Room> senders = IntStream.range(0, 3).mapToObj(i -> network.join("sender " + i)).toList();
            for (Room sender : senders) {
                sender.awaitParticipants(4, PATIENCE);
            }
            List<Thread> threads = new ArrayList<>();
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            for (Room sender : senders) {
                Thread thread = new Thread(() -> {
                    try {
                        for (int i = 0; i < CHUNKS / 3; i++) {
                            sender.send(chunk(i));
                        }
                        sender.flush(PATIENCE);
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
            assertThat(failures).isEmpty();
            assertThat(network.await(() -> heard.get() == CHUNKS / 3 * 3, PATIENCE)).isTrue();
            assertThat(bob.stats().messagesDropped()).isZero();
        }
    }

    @Test
    void whoHearsItselfAndIsSlowHearsEverything() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.IN_MEMORY)) {
            AtomicInteger heard = new AtomicInteger();
            Room ada = network.join("Ada", b -> b.hearOwnMessages().messageBacklog(BACKLOG_BYTES)
                    .onMessage(byte[].class, (chunk, from) -> {
                        LockSupport.parkNanos(A_CHUNK_NANOS);
                        heard.incrementAndGet();
                    }));
            for (int i = 0; i < CHUNKS / 2; i++) {
                ada.send(chunk(i));
                ada.send(chunk(i), ada.me());
            }
            assertThat(network.await(() -> heard.get() == CHUNKS, PATIENCE)).isTrue();
            assertThat(ada.stats().messagesDropped()).isZero();
        }
    }

    @Test
    void whoStandsStillHoldsUpTheOthersForAWhileAndThenLosesWhatItsSenderIsTold() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.IN_MEMORY)) {
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicInteger heard = new AtomicInteger();
            AtomicInteger eveHeard = new AtomicInteger();
            List<Warning> warnings = new CopyOnWriteArrayList<>();
            Room bob = network.join("Bob", b -> b.messageBacklog(BACKLOG_BYTES).on(Warning.class, warnings::add)
                    .onMessage(byte[].class, (chunk, from) -> {
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        heard.incrementAndGet();
                    }));
            network.join("Eve", b -> b.onMessage(byte[].class, (chunk, from) -> eveHeard.incrementAndGet()));
            Room ada = network.join("Ada");
            ada.awaitParticipants(3, PATIENCE);
            for (int i = 0; i < CHUNKS; i++) {
                ada.send(chunk(i));
                ada.sessionData().put("sent", i);
            }
            long[] dropped = new long[1];
            assertThatThrownBy(() -> ada.flush(PATIENCE)).isInstanceOfSatisfying(MessagesDroppedException.class, why -> {
                assertThat(why.dropped()).containsOnlyKeys("Bob");
                dropped[0] = why.dropped().get("Bob");
            });
            ada.flush(PATIENCE);
            assertThat(bob.sessionData().get("sent")).contains(CHUNKS - 1);
            goOn.countDown();
            assertThat(network.await(() -> heard.get() + dropped[0] == CHUNKS, PATIENCE)).isTrue();
            assertThat(network.await(() -> eveHeard.get() == CHUNKS, PATIENCE)).isTrue();
            assertThat(bob.stats().messagesDropped()).isEqualTo(dropped[0]);
            assertThat(network.await(() -> warnings.stream().anyMatch(each -> each.kind() == Warning.Kind.MESSAGES_DROPPED),
                    PATIENCE)).isTrue();
            assertThat(warnings).filteredOn(each -> each.kind() == Warning.Kind.MESSAGES_DROPPED).hasSizeBetween(1, 20);
        }
    }

    @Test
    void manyLargeAnswersAtOnceAllComeOrSayWhyNotAndWaitInLittleMemory() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.IN_MEMORY)) {
            Room bob = network.join("Bob", b -> b.memory(64L << 20).onRequest(Integer.class, (size, from) -> new byte[size]));
            Room ada = network.join("Ada");
            ada.awaitParticipants(2, PATIENCE);
            var to = ada.participants().get(0);
            List<CompletableFuture<byte[]>> asked = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                asked.add(ada.request(1 << 19, to, byte[].class, PATIENCE));
            }
            long most = 0;
            for (CompletableFuture<byte[]> each : asked) {
                most = Math.max(most, bob.stats().memoryByUse().get("ANSWERS"));
                each.handle((answer, thrown) -> {
                    assertThat(thrown == null || thrown instanceof RequestException why
                            && why.reason() == RequestException.Reason.BUSY).as("answered or busy, not %s", thrown).isTrue();
                    return null;
                }).join();
            }
            assertThat(most).isLessThanOrEqualTo(4L << 20);
            assertThat(asked).as("the handler waits for room").noneMatch(CompletableFuture::isCompletedExceptionally);
        }
    }
}
