package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Key;
import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.WaitInterruptedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt of the caller costs nothing that was written, and no goodbye. */
class InterruptsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WRITES = 300;
    /** More messages than may wait to be sent. */
    private static final int MORE_THAN_WAIT = 3_000;
    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    private static Participant other(Room room) {
        return room.participants().stream().filter(each -> !each.local()).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void writesOfAThreadThatIsInterruptedArriveAndItsFlagStays(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            ada.awaitParticipants(2, PATIENCE);
            List<Object> heard = new CopyOnWriteArrayList<>();
            bob.onMessage(Object.class, (message, from) -> heard.add(message));
            bob.onRequest(Long.class, (number, from) -> number);
            Map<String, Consumer<Room>> calls = new LinkedHashMap<>();
            calls.put("put", room -> room.sessionData().put("put", 1));
            calls.put("typed put", room -> room.sessionData().put(Key.of("typed", String.class), "1"));
            calls.put("merge", room -> room.sessionData().merge(Map.of("m1", 1, "m2", 2)));
            calls.put("update", room -> room.sessionData().update(batch -> batch.put("u", 1).remove("m1")));
            calls.put("remove", room -> room.sessionData().remove("m2"));
            calls.put("setUserData", room -> room.setUserData("interrupted"));
            calls.put("send", room -> room.send("to all"));
            calls.put("send to one", room -> room.send("to one", other(room)));
            calls.put("request", room -> room.request(1L, other(room), Long.class, PATIENCE));
            calls.put("flushAsync", room -> room.flushAsync(PATIENCE));
            calls.put("when", room -> room.sessionData().when("never", value -> true).cancel(true));
            calls.put("awaitParticipants who are here", room -> room.awaitParticipants(2, PATIENCE));
            calls.forEach((what, call) -> {
                Thread.currentThread().interrupt();
                call.accept(ada);
                assertThat(Thread.interrupted()).as("the flag after " + what).isTrue();
            });
            ada.flush(PATIENCE);
            assertThat(bob.sessionData().snapshot()).containsOnlyKeys("put", "typed", "u");
            assertThat(network.await(() -> heard.equals(List.of("to all", "to one")), PATIENCE)).isTrue();
            assertThat(other(bob).userData()).contains("interrupted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWaitThatIsInterruptedSaysSoAndWhatWasWrittenIsSent(NetworkKind kind) {
        if (kind == NetworkKind.VIRTUAL_TIME) {
            // Nobody waits there, so that nothing is interrupted.
            return;
        }
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            ada.awaitParticipants(2, PATIENCE);
            network.pause(bob);
            ada.sessionData().put("key", "value");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> ada.flush(PATIENCE)).isInstanceOf(WaitInterruptedException.class)
                    .hasMessageContaining("interrupted").hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThatThrownBy(() -> ada.awaitParticipants(3, PATIENCE)).isInstanceOf(WaitInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            network.resume(bob);
            assertThat(network.await(() -> bob.sessionData().containsKey("key"), PATIENCE)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseThatIsInterruptedHandsOverAllAndSaysGoodbye(NetworkKind kind) {
        for (boolean again : new boolean[] {false, true}) {
            try (ParlorNetwork network = ParlorNetwork.create(kind)) {
                Room ada = network.join("Ada");
                CompletableFuture<ParticipantLeft.Reason> left = new CompletableFuture<>();
                ada.on(ParticipantLeft.class, event -> left.complete(event.reason()));
                Room bob = network.join("Bob", builder -> builder.closeTimeout(PATIENCE));
                bob.awaitParticipants(2, PATIENCE);
                byte[] value = new byte[10_000];
                for (int i = 0; i < WRITES; i++) {
                    bob.sessionData().put("key" + i, value);
                }
                Thread.currentThread().interrupt();
                Thread pestering = again ? pester(Thread.currentThread()) : null;
                bob.close();
                if (again) {
                    pestering.interrupt();
                    while (pestering.isAlive()) {
                        Thread.onSpinWait();
                    }
                }
                assertThat(Thread.interrupted()).as("the flag stays").isTrue();
                assertThat(network.await(left, PATIENCE)).isEqualTo(ParticipantLeft.Reason.CLOSED);
                assertThat(ada.sessionData().size()).isEqualTo(WRITES);
            }
        }
    }

    /** Interrupts a thread again and again. */
    private static Thread pester(Thread victim) {
        Thread pestering = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                victim.interrupt();
                Thread.onSpinWait();
            }
        });
        pestering.start();
        return pestering;
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatLeavesItsThreadInterruptedDisturbsNobody(NetworkKind kind) {
        if (kind == NetworkKind.VIRTUAL_TIME) {
            // All runs on the thread of the test, whose flag is the test's.
            return;
        }
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            ada.awaitParticipants(2, PATIENCE);
            bob.awaitParticipants(2, PATIENCE);
            List<Boolean> flags = new CopyOnWriteArrayList<>();
            bob.onMessage(Integer.class, (number, from) -> {
                bob.request(number, from, Integer.class, PATIENCE).thenAcceptAsync(answer -> {
                    flags.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                });
                Thread.currentThread().interrupt();
            });
            ada.onRequest(Integer.class, (number, from) -> {
                Thread.currentThread().interrupt();
                return number;
            });
            for (int i = 0; i < WRITES; i++) {
                ada.send(i);
            }
            assertThat(network.await(() -> flags.size() == WRITES, PATIENCE)).isTrue();
            assertThat(flags).containsOnly(false);
            ada.flush(PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSendThatWaitsForRoomAndIsInterruptedSendsItsMessage(NetworkKind kind) {
        if (kind == NetworkKind.VIRTUAL_TIME) {
            // There is but one thread, which sends what it waits for.
            return;
        }
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            ada.awaitParticipants(2, PATIENCE);
            bob.awaitParticipants(2, PATIENCE);
            List<Object> heard = new CopyOnWriteArrayList<>();
            bob.onMessage(Integer.class, (number, from) -> heard.add(number));
            network.pause(ada);
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread sending = new Thread(() -> {
                for (int i = 0; i < MORE_THAN_WAIT; i++) {
                    ada.send(i);
                }
                flag.complete(Thread.currentThread().isInterrupted());
            });
            sending.start();
            assertThat(network.await(() -> WAITS.contains(sending.getState()), PATIENCE)).isTrue();
            sending.interrupt();
            network.resume(ada);
            assertThat(network.await(flag, PATIENCE)).isTrue();
            ada.flush(PATIENCE);
            assertThat(network.await(() -> heard.size() == MORE_THAN_WAIT, PATIENCE)).isTrue();
            assertThat(heard).isEqualTo(IntStream.range(0, MORE_THAN_WAIT).boxed().toList());
        }
    }
}
