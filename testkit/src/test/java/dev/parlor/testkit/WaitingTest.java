package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ParticipantLeft;
import dev.parlor.RequestException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a program waits for, and wherever it waits: that ends in its result, or at its own timeout. */
class WaitingTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    /** Much more than any of it takes, less than a test that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Something that Ada waits for. */
    private interface Wait {
        Object in(Room ada, Room bob) throws Exception;
    }

    /** Where she does: runs a wait there, once something has happened. */
    private interface Place {
        void run(Room ada, Room bob, Runnable wait);
    }

    private record Expected(Wait action, Object outcome) {}

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Map<String, Expected> waits(ParlorNetwork network) {
        Map<String, Expected> waits = new LinkedHashMap<>();
        waits.put("an answer", new Expected((ada, bob) ->
                ada.request("tea", other(ada), String.class, PATIENCE).get(), "answer to tea"));
        waits.put("an answer, by join", new Expected((ada, bob) ->
                ada.request("tea", other(ada), String.class, PATIENCE).join(), "answer to tea"));
        waits.put("an answer, by what is derived of it", new Expected((ada, bob) ->
                ada.request("tea", other(ada), String.class, PATIENCE).thenApply(String::length).get(), 13));
        waits.put("an answer, asynchronously", new Expected((ada, bob) ->
                ada.request("tea", other(ada), String.class, PATIENCE).thenApplyAsync(String::length).get(), 13));
        waits.put("an answer that never comes", new Expected((ada, bob) ->
                ada.request(1, other(ada), String.class, SHORT).get(), RequestException.class));
        waits.put("an answer of nobody", new Expected((ada, bob) ->
                ada.request(2.0, other(ada), String.class, PATIENCE).get(), RequestException.class));
        // Where the wait holds up the thread on which the own handler would answer.
        waits.put("an own answer", new Expected((ada, bob) -> ada.request(3L, ada.me(), String.class, SHORT)
                .handle((answer, late) -> late instanceof RequestException || answer.equals("mine")).get(), true));
        waits.put("a value that is there", new Expected((ada, bob) -> {
            ada.sessionData().put("there", "is");
            return ada.sessionData().when("there", value -> true).get();
        }, "is"));
        waits.put("a value that the other writes", new Expected((ada, bob) -> {
            String key = "later" + NUMBER.incrementAndGet();
            CompletableFuture<Object> value = ada.sessionData().when(key, "written"::equals);
            ada.send(key);
            return value.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }, "written"));
        waits.put("a value that nobody writes", new Expected((ada, bob) ->
                ada.sessionData().when("never", value -> true).get(200, TimeUnit.MILLISECONDS), TimeoutException.class));
        waits.put("a condition that throws", new Expected((ada, bob) -> {
            ada.sessionData().put("there", "is");
            return ada.sessionData().when("there", value -> {
                throw new IllegalStateException("on purpose");
            }).get();
        }, IllegalStateException.class));
        waits.put("a flush", new Expected((ada, bob) -> {
            ada.flush(PATIENCE);
            return "flushed";
        }, "flushed"));
        waits.put("a flush, by its future", new Expected((ada, bob) -> ada.flushAsync(PATIENCE).get(), null));
        waits.put("participants", new Expected((ada, bob) -> ada.awaitParticipants(2, PATIENCE).size(), 2));
        waits.put("participants who do not come", new Expected((ada, bob) -> ada.awaitParticipants(9, SHORT),
                RoomTimeoutException.class));
        waits.put("another room", new Expected((ada, bob) -> {
            try (Room another = network.named("another").as("Ada").join()) {
                return another.name();
            }
        }, "another"));
        return waits;
    }

    private static dev.parlor.Participant other(Room room) {
        return room.participants().stream().filter(each -> !each.local()).findFirst().orElseThrow();
    }

    private static Map<String, Place> places() {
        Map<String, Place> places = new LinkedHashMap<>();
        places.put("a listener of messages", (ada, bob, wait) -> {
            ada.onMessage(Byte.class, (text, from) -> wait.run());
            bob.send((byte) 1);
        });
        places.put("a listener of changes", (ada, bob, wait) -> {
            ada.sessionData().onChange("go" + NUMBER.incrementAndGet(), change -> wait.run());
            bob.sessionData().put("go" + NUMBER.get(), true);
        });
        places.put("a handler of requests", (ada, bob, wait) -> {
            ada.onRequest(Byte.class, (text, from) -> {
                wait.run();
                return "waited";
            });
            bob.request((byte) 1, other(bob), String.class, PATIENCE);
        });
        places.put("what depends on a future", (ada, bob, wait) -> ada.flushAsync(PATIENCE).thenRun(wait));
        places.put("a condition", (ada, bob, wait) -> {
            ada.sessionData().when("go" + NUMBER.incrementAndGet(), value -> {
                wait.run();
                return true;
            });
            ada.sessionData().put("go" + NUMBER.get(), true);
        });
        return places;
    }

    @ParameterizedTest
    @EnumSource
    void aWaitEndsWhereverItIs(NetworkKind kind) {
        ExecutorService window = Executors.newSingleThreadExecutor();
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            places().forEach((where, place) -> waits(network).forEach((what, expected) -> {
                try (Room ada = network.join("Ada", builder -> kind == NetworkKind.VIRTUAL_TIME ? builder
                        : builder.deliverOn(window)); Room bob = network.join("Bob")) {
                    bob.onRequest(String.class, (text, from) -> "answer to " + text);
                    bob.onRequest(Integer.class, (number, from) -> new CompletableFuture<>());
                    bob.onMessage(String.class, (key, from) -> bob.sessionData().put(key, "written"));
                    ada.onRequest(Long.class, (number, from) -> "mine");
                    ada.awaitParticipants(2, PATIENCE);
                    bob.awaitParticipants(2, PATIENCE);
                    CompletableFuture<Object> ended = new CompletableFuture<>();
                    place.run(ada, bob, () -> ended.complete(outcome(() -> expected.action().in(ada, bob))));
                    String as = what + " in " + where + " on " + kind;
                    assertThat(network.await(ended::isDone, PATIENCE)).as(as).isTrue();
                    Object outcome = ended.join();
                    assertThat(expected.outcome() instanceof Class<?> && outcome != null ? outcome.getClass() : outcome).as(as)
                            .isEqualTo(expected.outcome());
                }
            }));
        } finally {
            window.shutdownNow();
        }
    }

    private static Object outcome(java.util.concurrent.Callable<?> wait) {
        try {
            return wait.call();
        } catch (ExecutionException | CompletionException e) {
            return e.getCause();
        } catch (Exception e) {
            return e;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseInAListenerSaysGoodbyeAndEndsWhatWaits(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            ada.awaitParticipants(2, PATIENCE);
            List<ParticipantLeft.Reason> reasons = new ArrayList<>();
            ada.on(ParticipantLeft.class, left -> reasons.add(left.reason()));
            CompletableFuture<Object> waits = bob.sessionData().when("never", value -> true);
            bob.onMessage(String.class, (text, from) -> {
                bob.sessionData().put("last", text);
                bob.close();
            });
            ada.send("words");
            assertThat(network.await(() -> !reasons.isEmpty(), PATIENCE)).isTrue();
            assertThat(reasons).containsExactly(ParticipantLeft.Reason.CLOSED);
            assertThat(ada.sessionData().get("last")).contains("words");
            assertThat(network.await(waits::isDone, PATIENCE)).isTrue();
            assertThat(outcome(waits::get)).isInstanceOf(RoomClosedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyRequestsAtOnceOfWhichEachDependsOnAnotherAreAllAnswered(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            bob.onRequest(Integer.class, (number, from) -> number + 1);
            ada.awaitParticipants(2, PATIENCE);
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                // Waits within what depends on a future, which holds up its thread.
                all.add(ada.request(i, other(ada), Integer.class, PATIENCE).thenApply(answer ->
                        ada.request(answer, other(ada), Integer.class, PATIENCE).join()));
            }
            for (int i = 0; i < all.size(); i++) {
                assertThat(network.await(all.get(i), PATIENCE)).isEqualTo(i + 2);
            }
        }
    }

    @Test
    void aWaitForWhatNeverComesEndsInVirtualTime() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            CompletableFuture<Object> never = ada.sessionData().when("never", value -> true);
            assertThat(outcome(never::get)).isInstanceOf(RoomTimeoutException.class);
            assertThat(never).isNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNewestValueIsAlwaysTestedAndAFewOfItsWayToo(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            ada.awaitParticipants(2, PATIENCE);
            CompletableFuture<Object> passed = ada.sessionData().when("key", Integer.valueOf(7)::equals);
            CompletableFuture<Object> last = bob.sessionData().when("key", Integer.valueOf(5_000)::equals);
            for (int i = 0; i <= 100; i++) {
                ada.sessionData().put("key", i);
            }
            assertThat(network.await(passed, PATIENCE)).isEqualTo(7);
            for (int i = 0; i <= 5_000; i++) {
                ada.sessionData().put("key", i);
            }
            assertThat(network.await(last, PATIENCE)).isEqualTo(5_000);
            CompletableFuture<Object> removed = bob.sessionData().when("other", value -> true);
            ada.sessionData().put("other", 1);
            ada.sessionData().remove("other");
            ada.sessionData().replace(Map.of("other", 2));
            assertThat(network.await(removed, PATIENCE)).isIn(1, 2);
        }
    }
}
