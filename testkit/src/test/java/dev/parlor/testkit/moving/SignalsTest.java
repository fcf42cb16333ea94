package dev.parlor.testkit.moving;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomEvent;
import dev.parlor.SignalReceived;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signals on a network that does what a test says. */
class SignalsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** More than a turn of signals: what follows is not put together with it. */
    private static final Duration STEP = Duration.ofMillis(8);

    @ParameterizedTest
    @EnumSource
    void someAreLostWhileStateIsRepaired(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind, 11)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            assertThat(ada).hasParticipants("Ada", "Bob");
            List<Integer> heard = new CopyOnWriteArrayList<>();
            bob.onSignal(Integer.class, (number, from) -> heard.add(number));
            network.lose(0.3);
            for (int i = 0; i < 100; i++) {
                ada.signal(i);
                ada.sessionData().put("key " + i % 10, i);
                network.advance(STEP);
            }
            Assertions.assertThat(network.await(() -> heard.size() >= 40, Duration.ofSeconds(10))).isTrue();
            assertThat(List.of(ada, bob)).converge(Duration.ofSeconds(60));
            Assertions.assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeBetween(40, 95);
            Assertions.assertThat(bob.stats().signalsReceived()).isLessThan(ada.stats().signalsSent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void areOfThoseWhoAreThereAndForThem(NetworkKind kind) {
        try (ParlorNetwork network = ParlorNetwork.create(kind)) {
            List<RoomEvent> heard = new CopyOnWriteArrayList<>();
            Room ada = network.named("test").as("Ada").on(RoomEvent.class, heard::add).join();
            ada.signal("to nobody");
            Assertions.assertThat(ada.stats().signalsDropped()).isEqualTo(1);
            Room bob = network.join("Bob");
            assertThat(ada).hasParticipants("Ada", "Bob");
            Assertions.assertThat(network.await(() -> {
                bob.signal("here");
                network.advance(STEP);
                return heard.stream().anyMatch(SignalReceived.class::isInstance);
            }, SECOND.multipliedBy(10))).isTrue();
            bob.close();
            Assertions.assertThat(network.await(() -> heard.stream().anyMatch(ParticipantLeft.class::isInstance), SECOND.multipliedBy(10))).isTrue();
            assertThatThrownBy(() -> bob.signal("gone")).isInstanceOf(RoomClosedException.class);
            List<Class<?>> order = heard.stream().<Class<?>>map(Object::getClass).filter(type -> type == SignalReceived.class
                    || type == ParticipantJoined.class || type == ParticipantLeft.class).distinct().toList();
            Assertions.assertThat(order).containsExactly(ParticipantJoined.class, SignalReceived.class, ParticipantLeft.class);
            Assertions.assertThat(heard.get(heard.size() - 1)).isNotInstanceOf(SignalReceived.class);
        }
    }

    @Test
    void thoseOfOneSideAreNeverHeardOnTheOther() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            List<String> heard = new CopyOnWriteArrayList<>();
            bob.onSignal(String.class, (text, from) -> heard.add(text));
            network.isolate(bob);
            ada.signal("cut off");
            network.advance(SECOND);
            network.heal();
            assertThat(ada).hasParticipants("Ada", "Bob");
            network.advance(SECOND);
            Assertions.assertThat(heard).isEmpty();
            ada.signal("back");
            network.advance(SECOND);
            Assertions.assertThat(heard).containsExactly("back");
        }
    }

    @Test
    void whoIsPausedSignalsOnceItGoesOn() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            assertThat(ada).hasParticipants("Ada", "Bob");
            List<String> heard = new CopyOnWriteArrayList<>();
            bob.onSignal(String.class, (text, from) -> heard.add(text));
            network.pause(ada);
            ada.signal("meanwhile");
            network.advance(SECOND);
            Assertions.assertThat(heard).isEmpty();
            network.resume(ada);
            network.advance(SECOND);
            Assertions.assertThat(heard).containsExactly("meanwhile");
        }
    }

    @Test
    void aListenerWithAPaceHearsTheFirstAndTheNewestOfEachInterval() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            assertThat(ada).hasParticipants("Ada", "Bob");
            List<Integer> heard = new CopyOnWriteArrayList<>();
            List<Object> others = new CopyOnWriteArrayList<>();
            bob.onSignal(Integer.class, Duration.ofMillis(100), (number, from) -> heard.add(number));
            bob.onSignal(String.class, Duration.ofMillis(100), (text, from) -> others.add(text));
            for (int i = 1; i <= 100; i++) {
                ada.signal(i);
                network.advance(Duration.ofMillis(10));
            }
            network.advance(SECOND);
            Assertions.assertThat(heard).hasSizeBetween(10, 12).startsWith(1).endsWith(100).isSorted();
            Assertions.assertThat(others).isEmpty();
            assertThatThrownBy(() -> bob.onSignal(Integer.class, Duration.ZERO, (number, from) -> { }))
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }

    @Test
    void ownOnesAreHeardWhereOwnMessagesAre() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            List<String> heard = new CopyOnWriteArrayList<>();
            Room ada = network.named("test").as("Ada").hearOwnMessages().join();
            Room bob = network.named("test").as("Bob").join();
            assertThat(ada).hasParticipants("Ada", "Bob");
            ada.onSignal(String.class, (text, from) -> heard.add(from.name() + " " + text));
            bob.onSignal(String.class, (text, from) -> heard.add(from.name() + " at Bob " + text));
            ada.signal("one");
            bob.signal("two");
            network.advance(SECOND);
            Assertions.assertThat(heard).containsExactlyInAnyOrder("Ada one", "Ada at Bob one", "Bob two");
        }
    }
}
