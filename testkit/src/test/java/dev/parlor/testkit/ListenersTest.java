package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessageReceived;
import dev.parlor.ParlorException;
import dev.parlor.ParticipantJoined;
import dev.parlor.Room;
import dev.parlor.RoomStatus;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where listeners run, and what they hear there. */
class ListenersTest {
    private static final long SOON = 20;

    private final ParlorNetwork network = ParlorNetwork.create();
    private final List<ExecutorService> executors = new ArrayList<>();

    @AfterEach
    void close() {
        network.close();
        executors.forEach(ExecutorService::shutdownNow);
    }

    private <E extends ExecutorService> E ending(E executor) {
        executors.add(executor);
        return executor;
    }

    @ParameterizedTest
    @EnumSource
    void whoeverClosesEverythingBeforeIsHeardAndThatItIsClosed(NetworkKind kind) throws Exception {
        try (ParlorNetwork other = ParlorNetwork.create(kind)) {
            List<Object> heard = new CopyOnWriteArrayList<>();
            CompletableFuture<RoomStatus> closed = new CompletableFuture<>();
            Room ada = other.join("Ada");
            Room bob = other.join("Bob");
            ada.onMessage(String.class, (text, from) -> {
                heard.add(text);
                if (text.equals("over")) {
                    ada.setUserData("written while closing");
                    ada.close();
                }
            });
            ada.on(StatusChanged.class, status -> {
                if (status.newStatus() == RoomStatus.CLOSED) {
                    closed.complete(status.newStatus());
                }
            });
            bob.send("over");
            for (int i = 0; i < 5; i++) {
                bob.send("after " + i);
            }
            // What has come by the time of the close is heard; in virtual time all of it comes while somebody waits.
            assertThat(other.await(closed::isDone, Duration.ofSeconds(SOON))).isTrue();
            assertThat(heard).first().isEqualTo("over");
            assertThat(ada.stats().listenerFailures()).isZero();
            assertThat(ada.stats().executorFailures()).isZero();
        }
    }

    @Test
    void onAPoolOfSeveralThreadsListenersRunOneAtATimeAndInOrder() throws Exception {
        ExecutorService pool = ending(Executors.newFixedThreadPool(4));
        AtomicInteger inside = new AtomicInteger();
        List<Object> heard = new ArrayList<>();
        List<SyncProgress> progress = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(2_000);
        Room ada = network.join("Ada");
        for (int i = 0; i < 3_000; i++) {
            ada.sessionData().put("key" + i, "some text that takes a place " + i);
        }
        Room bob = network.join("Bob", builder -> builder.deliverOn(pool).onSyncProgress(each -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            progress.add(each);
            inside.decrementAndGet();
        }).onMessage(Integer.class, (number, from) -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            heard.add(number);
            Thread.onSpinWait();
            assertThat(inside.decrementAndGet()).isZero();
            all.countDown();
        }));
        for (int i = 0; i < 2_000; i++) {
            ada.send(i);
        }
        assertThat(all.await(SOON, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).hasSize(2_000).isSortedAccordingTo((a, b) -> Integer.compare((int) a, (int) b));
        assertThat(progress).isNotEmpty().isSortedAccordingTo((a, b) -> Long.compare(a.entriesReceived(), b.entriesReceived()));
        assertThat(bob.stats().listenerFailures()).isZero();
    }

    @Test
    void aListenerThatWaitsOnAnExecutorThatRunsAtOnceHoldsUpNobody() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> thread = new CompletableFuture<>();
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        Room ada = network.join("Ada", builder -> builder.deliverOn(Runnable::run).on(Warning.class, warnings::add));
        Room bob = network.join("Bob");
        ada.onMessage(String.class, (text, from) -> {
            thread.complete(Thread.currentThread().getName());
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        bob.send("go");
        assertThat(thread.get(SOON, TimeUnit.SECONDS)).startsWith("parlor");
        bob.sessionData().put("k", 1);
        bob.flush(Duration.ofSeconds(SOON));
        assertThat(ada.sessionData().get("k")).contains(1);
        assertThat(bob.request(1, bob.me(), String.class, Duration.ofMillis(100)).handle((answer, late) -> "ended")
                .get(SOON, TimeUnit.SECONDS)).isEqualTo("ended");
        end.countDown();
        assertThat(network.await(() -> !warnings.isEmpty(), Duration.ofSeconds(SOON))).isTrue();
        assertThat(warnings).extracting(Warning::kind).containsOnly(Warning.Kind.LISTENER_EXECUTOR);
        assertThat(ada.stats().executorFailures()).isEqualTo(1);
    }

    @Test
    void anExecutorThatRefusesWhatIsTooMuchLosesNothing() throws Exception {
        ThreadPoolExecutor tiny = ending(new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1)));
        CountDownLatch end = new CountDownLatch(1);
        tiny.execute(() -> await(end));
        tiny.execute(() -> {});
        List<Object> heard = new CopyOnWriteArrayList<>();
        Room ada = network.join("Ada", builder -> builder.deliverOn(tiny).onMessage(String.class, (text, from) -> heard.add(text)));
        Room bob = network.join("Bob");
        bob.send("one");
        bob.send("two");
        assertThat(network.await(() -> ada.stats().executorFailures() > 0, Duration.ofSeconds(SOON))).isTrue();
        assertThat(ada.stats().warnings()).isPositive();
        ada.sessionData().put("goes", "on");
        end.countDown();
        assertThat(network.await(() -> heard.size() == 2, Duration.ofSeconds(SOON))).isTrue();
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void anExecutorThatDropsWhatItIsGivenOnceIsGivenItAgain() {
        ExecutorService real = ending(Executors.newSingleThreadExecutor());
        AtomicInteger given = new AtomicInteger();
        List<Object> heard = new CopyOnWriteArrayList<>();
        Room ada = network.join("Ada", builder -> builder.deliverOn(task -> {
            if (given.getAndIncrement() > 0) {
                real.execute(task);
            }
        }).onMessage(String.class, (text, from) -> heard.add(text)));
        Room bob = network.join("Bob");
        bob.send("one");
        assertThat(network.await(() -> ada.stats().executorFailures() > 0, Duration.ofSeconds(SOON))).isTrue();
        bob.send("two");
        assertThat(network.await(() -> heard.size() == 2, Duration.ofSeconds(SOON))).isTrue();
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void anExecutorThatThrowsThoughItHasTakenWhatItWasGivenRunsNothingTwice() {
        ExecutorService real = ending(Executors.newSingleThreadExecutor());
        List<Object> heard = new CopyOnWriteArrayList<>();
        network.join("Ada", builder -> builder.deliverOn(task -> {
            real.execute(task);
            throw new IllegalStateException("taken all the same");
        }).onMessage(Integer.class, (number, from) -> heard.add(number)));
        Room bob = network.join("Bob");
        for (int i = 0; i < 5; i++) {
            bob.send(i);
        }
        assertThat(network.await(() -> heard.size() >= 5, Duration.ofSeconds(SOON))).isTrue();
        assertThat(heard).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anExceptionThatCannotBeToldHoldsUpNoOtherListener() {
        List<Object> heard = new CopyOnWriteArrayList<>();
        Room ada = network.join("Ada", builder -> builder.onMessage(String.class, (text, from) -> {
            throw new IllegalStateException() {
                @Override
                public String toString() {
                    throw new IllegalStateException("says nothing");
                }
            };
        }).onMessage(String.class, (text, from) -> heard.add(text)));
        network.join("Bob").send("one");
        assertThat(network.await(() -> heard.size() == 1, Duration.ofSeconds(SOON))).isTrue();
        assertThat(ada.stats().listenerFailures()).isEqualTo(1);
    }

    @Test
    void anExecutorThatBlocksInExecuteHoldsUpNeitherWritesNorReception() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Object> heard = new CopyOnWriteArrayList<>();
        Room ada = network.join("Ada", builder -> builder.deliverOn(task -> {
            await(end);
            task.run();
        }).on(ParticipantJoined.class, joined -> heard.add(joined.participant().name())));
        Room bob = network.join("Bob");
        bob.sessionData().put("k", 1);
        bob.flush(Duration.ofSeconds(SOON));
        ada.sessionData().put("mine", 2);
        assertThat(ada.sessionData().snapshot()).hasSize(2);
        assertThat(heard).isEmpty();
        end.countDown();
        assertThat(network.await(() -> heard.contains("Bob"), Duration.ofSeconds(SOON))).isTrue();
    }

    @Test
    void anExecutorThatHasEndedLeavesARoomThatCanBeUsedAndClosed() throws Exception {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        Room ada = network.join("Ada", builder -> builder.deliverOn(ended).on(MessageReceived.class, message -> {}));
        ended.shutdownNow();
        Room bob = network.join("Bob");
        // More than one: the turn that is under way while the executor ends may still take the first.
        assertThat(network.await(() -> {
            bob.send("x");
            return ada.stats().executorFailures() > 0;
        }, Duration.ofSeconds(SOON))).isTrue();
        ada.sessionData().put("k", 1);
        ada.flush(Duration.ofSeconds(SOON));
        assertThat(bob.sessionData().get("k")).contains(1);
        ada.close();
        assertThat(ada.status()).isEqualTo(RoomStatus.CLOSED);
    }

    @Test
    void textFieldsBoundInTwoRoomsComeToRest() {
        Room ada = network.join("Ada");
        Room bob = network.join("Bob");
        List<AtomicInteger> calls = List.of(new AtomicInteger(), new AtomicInteger());
        for (int i = 0; i < 2; i++) {
            Room room = List.of(ada, bob).get(i);
            AtomicInteger count = calls.get(i);
            room.sessionData().bind("text", text -> {
                if (count.incrementAndGet() < 100_000) {
                    try {
                        text.ifPresent(now -> room.sessionData().putIfChanged("text", now));
                    } catch (ParlorException closed) {
                        count.incrementAndGet();
                    }
                }
            });
        }
        StringBuilder typed = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            typed.append((char) ('a' + i % 26));
            ada.sessionData().put("text", typed.toString());
        }
        ParlorAssertions.assertThat(List.of(ada, bob)).eventuallyAgree();
        // What was typed while the other wrote back what it saw a moment ago may be lost; but nobody goes on.
        assertThat(calls).allMatch(count -> count.get() < 10_000);
        assertThat(typed.toString()).startsWith((String) ada.sessionData().get("text").orElseThrow());
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
