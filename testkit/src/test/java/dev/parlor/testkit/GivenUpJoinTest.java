package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.JoinException;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomStatus;
import dev.parlor.testkit.internal.time.RealTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A join that ends in any other way than with its room leaves nobody there. */
class GivenUpJoinTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than a join takes that goes on though it was given up. */
    private static final Duration A_WHILE = Duration.ofMillis(600);

    private static Map<String, Consumer<CompletableFuture<Room>>> ends() {
        Map<String, Consumer<CompletableFuture<Room>>> ends = new LinkedHashMap<>();
        ends.put("cancel", joining -> joining.cancel(true));
        ends.put("cancel without an interrupt", joining -> joining.cancel(false));
        ends.put("complete", joining -> joining.complete(null));
        ends.put("completeExceptionally", joining -> joining.completeExceptionally(new IllegalStateException("enough")));
        ends.put("completeAsync", joining -> joining.completeAsync(() -> null, Runnable::run));
        ends.put("orTimeout", joining -> joining.orTimeout(1, TimeUnit.NANOSECONDS));
        ends.put("completeOnTimeout", joining -> joining.completeOnTimeout(null, 1, TimeUnit.NANOSECONDS));
        return ends;
    }

    private static List<String> names(Room room) {
        return room.participants().stream().map(Participant::name).toList();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLeftOfAJoinThatWasGivenUpWhileItWasUnderWay(NetworkKind kind) {
        ends().forEach((how, end) -> {
            try (ParlorNetwork network = ParlorNetwork.create(kind)) {
                Room ada = network.join("Ada");
                network.delay(Duration.ofMillis(100));
                CompletableFuture<Room> ghost = network.named(ada.name()).as("Ghost").joinAsync();
                end.accept(ghost);
                // In real time, in which the JDK's timers run, whatever the network's time is.
                assertThat(RealTime.poll(ghost::isDone, PATIENCE)).as(how).isTrue();
                network.delay(Duration.ZERO);
                network.advance(A_WHILE);
                assertThat(network.await(() -> names(ada).equals(List.of("Ada")), PATIENCE)).as(how).isTrue();
                assertThat(network.rooms()).as(how).containsExactly(ada);
                // Who was there at the last moment is missed for a moment.
                assertThat(network.await(() -> ada.status() == RoomStatus.ALONE, PATIENCE)).as(how).isTrue();
                ada.flush(PATIENCE);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLeftOfAJoinWhoseFutureWasEndedWithAnotherRoom(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            CompletableFuture<Room> ghost = network.named(ada.name()).as("Ghost").joinAsync();
            boolean ended = ghost.complete(ada);
            network.advance(A_WHILE);
            assertThat(network.await(() -> names(ada).contains("Ghost") != ended, PATIENCE)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLeftOfAJoinWhoseThreadWasInterrupted(NetworkKind kind) {
        if (kind == NetworkKind.VIRTUAL_TIME) {
            // Nobody waits there, so that nothing is interrupted.
            return;
        }
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            RoomBuilder ghost = network.named(ada.name()).as("Ghost");
            Thread.currentThread().interrupt();
            assertThatThrownBy(ghost::join).isInstanceOf(JoinException.class)
                    .extracting(thrown -> ((JoinException) thrown).reason()).isEqualTo(JoinException.Reason.CANCELLED);
            assertThat(Thread.interrupted()).as("the flag stays").isTrue();
            network.advance(A_WHILE);
            assertThat(network.await(() -> names(ada).equals(List.of("Ada")), PATIENCE)).isTrue();
            assertThat(network.rooms()).containsExactly(ada);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDependsOnAJoinIsDoneBeforeTheFirstListenerIsCalled(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            // What is added to a future that is done runs where it is added: the join must last until both were.
            network.delay(Duration.ofMillis(100));
            int inTime = 0;
            for (int i = 0; i < 5; i++) {
                List<String> order = new CopyOnWriteArrayList<>();
                CompletableFuture<Room> joining = network.named(ada.name()).as("Bob").hearOwnMessages()
                        .on(MessageReceived.class, message -> order.add("heard")).joinAsync();
                CompletableFuture<Void> first = joining.thenAccept(room -> {
                    room.send("hello");
                    order.add("first");
                });
                CompletableFuture<Void> second = joining.thenAccept(room -> order.add("second"));
                boolean added = !joining.isDone();
                network.await(CompletableFuture.allOf(first, second), PATIENCE);
                assertThat(network.await(() -> order.contains("heard"), PATIENCE)).isTrue();
                if (added) {
                    inTime++;
                    assertThat(order.indexOf("heard")).as("%s", order).isEqualTo(2);
                }
                joining.join().close();
            }
            assertThat(inTime).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProgramThatRunsInWhatDependsOnItsJoinHearsItsListeners(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<Object> heard = new ArrayList<>();
            CompletableFuture<Room> joining = network.named("test").as("Ada").hearOwnMessages()
                    .on(MessageReceived.class, message -> heard.add(message.payload())).joinAsync();
            CompletableFuture<Boolean> ran = joining.thenApply(room -> {
                room.send("hello");
                return network.await(() -> heard.contains("hello"), PATIENCE);
            });
            assertThat(network.await(ran, PATIENCE.multipliedBy(2))).isTrue();
        }
    }
}
