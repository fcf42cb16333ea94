package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.JoinException;
import dev.parlor.Key;
import dev.parlor.Participant;
import dev.parlor.RequestException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.UnregisteredTypeException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each future of the API: what it fails with, where it completes, and that whoever gives it up leaves nothing behind. */
class FuturesTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** As many requests as may wait for an answer at once. */
    private static final int MOST_REQUESTS = 10_000;

    /** Two who are present, of whom the second answers in various ways. */
    private record Two(ParlorNetwork network, Room ada, Room bob) {
        static Two in(ParlorNetwork network) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            bob.onRequest(String.class, (text, from) -> "answer to " + text);
            bob.onRequest(Integer.class, (number, from) -> new CompletableFuture<>());
            bob.onRequest(Long.class, (number, from) -> {
                throw new IllegalStateException("out of tea");
            });
            bob.onRequest(Double.class, (number, from) ->
                    CompletableFuture.supplyAsync(() -> number, task -> new Thread(task).start()).thenApply(any -> {
                        throw new IllegalStateException("out of tea");
                    }));
            bob.onRequest(Byte.class, (number, from) -> undeclared(new IOException("no cup")));
            bob.onRequest(Character.class, (letter, from) -> {
                throw new IllegalStateException() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("says nothing");
                    }
                };
            });
            ada.awaitParticipants(2, PATIENCE);
            bob.awaitParticipants(2, PATIENCE);
            return new Two(network, ada, bob);
        }

        Participant who() {
            return ada.participants().stream().filter(each -> !each.local()).findFirst().orElseThrow();
        }

        <R> CompletableFuture<R> ask(Object question, Class<R> type, Duration timeout) {
            return ada.request(question, who(), type, timeout);
        }
    }

    private record Failing(Class<? extends Throwable> with, Function<Two, CompletableFuture<?>> future) {}

    private static Map<String, Failing> failures() {
        Map<String, Failing> failures = new LinkedHashMap<>();
        failures.put("a request in time", new Failing(RequestException.class, two -> two.ask(1, String.class, SHORT)));
        failures.put("a request that nobody handles", new Failing(RequestException.class, two ->
                two.ask((short) 1, String.class, PATIENCE)));
        failures.put("a request whose handler throws", new Failing(RequestException.class, two ->
                two.ask(1L, String.class, PATIENCE)));
        failures.put("a request whose handler throws what it does not declare", new Failing(RequestException.class, two ->
                two.ask((byte) 1, String.class, PATIENCE)));
        failures.put("a request whose handler throws what cannot be told", new Failing(RequestException.class, two ->
                two.ask('x', String.class, PATIENCE)));
        failures.put("a request whose handler's future fails", new Failing(RequestException.class, two ->
                two.ask(1.0, String.class, PATIENCE)));
        failures.put("a request with another answer", new Failing(RequestException.class, two ->
                two.ask("tea", Integer.class, PATIENCE)));
        failures.put("a request of oneself", new Failing(RequestException.class, two ->
                two.ada.request("tea", two.ada.me(), Integer.class, PATIENCE)));
        failures.put("a request of who leaves", new Failing(RequestException.class, two -> {
            CompletableFuture<?> asked = two.ask(1, String.class, PATIENCE);
            two.bob.close();
            return asked;
        }));
        failures.put("a condition that throws", new Failing(IllegalStateException.class, two -> {
            two.ada.sessionData().put("key", 1);
            return two.ada.sessionData().when("key", value -> {
                throw new IllegalStateException("on purpose");
            });
        }));
        failures.put("a condition that overflows the stack", new Failing(StackOverflowError.class, two -> {
            CompletableFuture<?> value = two.ada.sessionData().when(Key.of("key", Integer.class), FuturesTest::deep);
            two.bob.sessionData().put("key", 1);
            return value;
        }));
        failures.put("a condition that throws what it does not declare", new Failing(IOException.class, two -> {
            two.ada.sessionData().put("key", 1);
            return two.ada.sessionData().when("key", value -> undeclared(new IOException("no cup")) != null);
        }));
        failures.put("a flush in time", new Failing(RoomTimeoutException.class, two -> {
            two.network.pause(two.bob);
            return two.ada.flushAsync(SHORT);
        }));
        failures.put("a request in a room that is closed", new Failing(RoomClosedException.class, two -> {
            CompletableFuture<?> asked = two.ask(1, String.class, PATIENCE);
            two.ada.close();
            return asked;
        }));
        failures.put("a wait in a room that is closed", new Failing(RoomClosedException.class, two -> {
            CompletableFuture<?> value = two.ada.sessionData().when("never", any -> true);
            two.ada.close();
            return value;
        }));
        failures.put("a flush in a room that is closed", new Failing(RoomClosedException.class, two -> {
            two.network.pause(two.bob);
            CompletableFuture<?> flushed = two.ada.flushAsync(PATIENCE);
            two.ada.close();
            return flushed;
        }));
        failures.put("a join with another passphrase", new Failing(JoinException.class, two ->
                two.network.named(two.ada.name()).passphrase("another".toCharArray()).joinAsync()));
        failures.put("a join with user data that does not travel", new Failing(UnregisteredTypeException.class, two ->
                two.network.named(two.ada.name()).userData(new Thread()).joinAsync()));
        failures.put("a join in time", new Failing(JoinException.class, two -> {
            two.network.delay(PATIENCE);
            return two.network.named(two.ada.name()).joinTimeout(SHORT).joinAsync();
        }));
        return failures;
    }

    /** Throws a checked exception where none is declared, as Kotlin, Groovy and Scala do. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Object undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static boolean deep(int level) {
        return deep(level + 1) && deep(level + 2);
    }

    @Test
    void aFutureFailsWithTheExceptionThatIsDocumentedAndCompletesOnAThreadOfTheLibrary() {
        failures().forEach((what, failing) -> {
            try (ParlorNetwork network = ParlorNetwork.create()) {
                CompletableFuture<?> future = failing.future().apply(Two.in(network));
                CompletableFuture<Thread> thread = new CompletableFuture<>();
                CompletableFuture<Object> told = new CompletableFuture<>();
                CompletableFuture<Object> caught = new CompletableFuture<>();
                future.whenComplete((value, thrown) -> {
                    thread.complete(Thread.currentThread());
                    told.complete(thrown);
                });
                future.exceptionally(thrown -> {
                    caught.complete(thrown);
                    return null;
                });
                assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS), what).isInstanceOf(ExecutionException.class)
                        .cause().isInstanceOf(failing.with());
                assertThatThrownBy(future::join).as(what).isInstanceOf(CompletionException.class)
                        .cause().isInstanceOf(failing.with());
                assertThat(told.join()).as(what).isInstanceOf(failing.with());
                assertThat(caught.join()).as(what).isInstanceOf(failing.with());
                // Done before anything could depend on it, that runs at once.
                assertThat(thread.join()).as(what).satisfiesAnyOf(
                        by -> assertThat(by).isSameAs(Thread.currentThread()),
                        by -> assertThat(by.getName()).matches("parlor-\\d+"));
            }
        });
    }

    @Test
    void whatRunsAsynchronouslyRunsOnAThreadOfTheLibraryToo() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Two two = Two.in(network);
            assertThat(two.ask("tea", String.class, PATIENCE).thenApplyAsync(answer -> Thread.currentThread().getName())
                    .thenComposeAsync(name -> CompletableFuture.completedFuture(name + Thread.currentThread().getName()))
                    .join()).matches("parlor-\\d+parlor-\\d+");
        }
    }

    @Test
    void whoeverGivesARequestUpMakesRoomForAnother() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Two two = Two.in(network);
            AtomicInteger ended = new AtomicInteger();
            for (int i = 0; i < MOST_REQUESTS + 100; i++) {
                CompletableFuture<String> asked = two.ask(1, String.class, Duration.ofDays(365));
                asked.whenComplete((answer, thrown) -> ended.incrementAndGet());
                switch (i % 5) {
                    case 0 -> asked.cancel(true);
                    case 1 -> asked.complete("enough");
                    case 2 -> asked.completeExceptionally(new IllegalStateException("enough"));
                    case 3 -> asked.orTimeout(1, TimeUnit.NANOSECONDS);
                    default -> asked.completeOnTimeout("enough", 1, TimeUnit.NANOSECONDS);
                }
            }
            assertThat(network.await(() -> ended.get() == MOST_REQUESTS + 100, PATIENCE)).isTrue();
            assertThat(two.ask("tea", String.class, PATIENCE).join()).isEqualTo("answer to tea");
        }
    }

    @Test
    void aRequestTimesOutAtItsTimeAndNotAtATick() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Two two = Two.in(network);
            for (int millis : new int[] {1, 7, 50, 199, 201, 1_000}) {
                long begun = network.now().toEpochMilli();
                CompletableFuture<String> asked = two.ask(1, String.class, Duration.ofMillis(millis));
                assertThatThrownBy(asked::join).hasCauseInstanceOf(RequestException.class);
                assertThat(network.now().toEpochMilli() - begun).isEqualTo(millis);
            }
        }
    }
}
