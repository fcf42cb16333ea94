package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.SessionData;
import dev.parlor.WaitInterruptedException;
import dev.parlor.WaitRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that may wait gets the value that it waits for, or is told why not. */
class AwaitTest {
    private static final Key<Integer> COUNT = Key.of("count", Integer.class);
    private static final Duration SHORT = Duration.ofMillis(200);
    /** Much more than any of it takes, less than a test that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static SessionData data(Room room) {
        return room.sessionData();
    }

    @ParameterizedTest
    @EnumSource
    void aValueIsThereOrComes(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room ben = network.join("Ben");
            ada.awaitParticipants(2, PATIENCE);
            data(ada).put(COUNT, 1);
            assertThat(data(ada).await(COUNT, value -> value == 1, PATIENCE)).isEqualTo(1);
            assertThat(data(ben).await("count", Integer.valueOf(1)::equals, PATIENCE)).isEqualTo(1);
            data(ben).onChange("go", change -> data(ben).put(COUNT, 7));
            data(ada).put("go", true);
            assertThat(data(ada).await(COUNT, value -> value > 1, PATIENCE)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsInVainIsToldWhatIsThere(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> true, SHORT)).isInstanceOf(RoomTimeoutException.class)
                    .hasMessageContaining("\"count\"").hasMessageContaining("PT0.2S").hasMessageContaining("none");
            data(ada).put("count", "many");
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> true, SHORT)).isInstanceOf(RoomTimeoutException.class)
                    .hasMessageContaining("java.lang.String");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheConditionThrowsIsThrown(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            data(ada).put(COUNT, 1);
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> {
                throw new IllegalStateException("on purpose");
            }, PATIENCE)).isInstanceOf(IllegalStateException.class).hasMessage("on purpose");
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> {
                throw new AssertionError("on purpose");
            }, PATIENCE)).isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inAListenerAndAHandlerItIsRefused(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room ben = network.join("Ben");
            ada.awaitParticipants(2, PATIENCE);
            ben.awaitParticipants(2, PATIENCE);
            CompletableFuture<Throwable> listener = new CompletableFuture<>();
            data(ada).onChange("go", change -> listener.complete(
                    catchThrowable(() -> data(ada).await(COUNT, value -> true, PATIENCE))));
            CompletableFuture<Throwable> handler = new CompletableFuture<>();
            ada.onRequest(String.class, (text, from) -> {
                handler.complete(catchThrowable(() -> data(ada).await(COUNT, value -> true, PATIENCE)));
                return "done";
            });
            data(ben).put("go", true);
            ben.request("go", ben.participants().get(0), String.class, PATIENCE);
            for (CompletableFuture<Throwable> thrown : List.of(listener, handler)) {
                assertThat(network.await(thrown, PATIENCE)).isInstanceOf(WaitRefusedException.class).hasMessageContaining("when(")
                        .hasMessageContaining("bind(");
            }
        }
    }

    @Test
    void whereFuturesCompleteItEnds() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada");
            CompletableFuture<Integer> there = data(ada).when("go", value -> true)
                    .thenApply(value -> data(ada).await(COUNT, count -> count == 2, PATIENCE));
            data(ada).put("go", true);
            data(ada).put(COUNT, 2);
            assertThat(network.await(there, PATIENCE)).isEqualTo(2);
        }
    }

    /** Where others do things while a thread waits. */
    private static CompletableFuture<Throwable> waiting(Room room, List<Thread> threads) throws InterruptedException {
        CountDownLatch tested = new CountDownLatch(1);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        data(room).put(COUNT, 0);
        Thread waits = new Thread(() -> {
            Throwable caught = catchThrowable(() -> data(room).await(COUNT, value -> {
                tested.countDown();
                return false;
            }, PATIENCE));
            thrown.complete(Thread.interrupted() ? new CompletionException("interrupted", caught) : caught);
        });
        threads.add(waits);
        waits.start();
        assertThat(tested.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return thrown;
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_MEMORY", "JGROUPS"})
    void anInterruptEndsItAndSoDoesTheEndOfTheRoom(NetworkKind kind) throws Exception {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            List<Thread> threads = new ArrayList<>();
            CompletableFuture<Throwable> interrupted = waiting(ada, threads);
            threads.get(0).interrupt();
            assertThat(network.await(interrupted, PATIENCE)).as("and the flag is set").isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(WaitInterruptedException.class);
            CompletableFuture<Throwable> closed = waiting(ada, threads);
            ada.close();
            assertThat(network.await(closed, PATIENCE)).isInstanceOf(RoomClosedException.class);
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> true, SHORT)).isInstanceOf(RoomClosedException.class);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada");
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> true, Duration.ZERO)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> data(ada).await(COUNT, value -> true, null)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> data(ada).await(COUNT, null, SHORT)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> data(ada).await((String) null, value -> true, SHORT)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> data(ada).await(Key.of("list", ArrayList.class), value -> true, SHORT))
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }
}
