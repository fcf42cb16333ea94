package dev.parlor.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.RoomClosedException;
import dev.parlor.UnregisteredTypeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a person sees when something does not come. */
@DisplayName("in vain, in a control room,")
class ControlTimeoutsIT {
    private static final Duration SHORT = Duration.ofMillis(200);

    record Unregistered(int x) {}

    @Test
    @DisplayName("a barrier tells who has arrived, who is present, who has left, and how the JVMs are")
    void aBarrierTellsWhoIsMissing() {
        try (ControlRoom control = ControlRoom.builder().patience(Duration.ofSeconds(20)).open()) {
            ParlorJvm punctual = control.run("punctual", there -> {
                there.publish("punctual", "on the way");
                there.barrier("start", 3);
            });
            ParlorJvm crashing = control.run("crashing", there -> {
                there.publish("mood", "bad");
                throw new IllegalStateException("crashed on the way");
            });
            crashing.awaitExit();
            control.awaitLeft("crashing");
            control.await("punctual", String.class);
            assertThatThrownBy(() -> control.barrier("start", 3, Duration.ofSeconds(3)))
                    .isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContainingAll("not all of 3 have arrived at the barrier \"start\", use 1, within 3000 ms",
                            "control room " + control.name() + ", as seen by \"test\"",
                            "\"mood\" = bad (String) by crashing", "at \"start\", use 1: punctual, test",
                            "present:\n    test\n    punctual", "left:\n    crashing CLOSED at ", " ms ago",
                            "\"punctual\" (pid " + punctual.pid() + ") runs",
                            "\"crashing\" (pid " + crashing.pid() + ") has ended with exit code 70",
                            "IllegalStateException: crashed on the way");
        }
    }

    @Test
    @DisplayName("nobody is waited for when all have ended")
    void nobodyIsWaitedForWhenAllHaveEnded() {
        try (ControlRoom control = ControlRoom.open()) {
            control.run("failing", there -> {
                throw new IllegalStateException("at once");
            });
            assertThatThrownBy(() -> control.await("port", Integer.class)).isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContaining("and all JVMs that were started have ended").hasMessageContaining("at once")
                    .hasMessageContaining("exit code 70");
        }
    }

    @Test
    @DisplayName("a value tells under which name and of which class, and what there is instead")
    void aValueTellsWhatThereIs() {
        try (ControlRoom control = ControlRoom.builder().patience(SHORT).as("me").open()) {
            control.publish("port", "7900");
            assertThat(control.published("port", Integer.class)).isEmpty();
            assertThatThrownBy(() -> control.await("port", Integer.class)).isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContainingAll("nobody has published \"port\" with a value of the class Integer within 200 ms",
                            "\"port\" = 7900 (String) by me", "arrived: none", "left: none", "JVMs: none");
            assertThatThrownBy(() -> control.when("port", String.class, "7901"::equals).join())
                    .isInstanceOf(CompletionException.class).cause().isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContainingAll("no value published as \"port\" satisfied the condition within 200 ms", "7900");
        }
    }

    @Test
    @DisplayName("participants are told by name")
    void participantsAreNamed() {
        try (ControlRoom control = ControlRoom.builder().patience(SHORT).open()) {
            assertThatThrownBy(() -> control.awaitParticipants("test", "nobody")).isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContainingAll("not all of [test, nobody] were present", "present:\n    test");
            assertThatThrownBy(() -> control.awaitParticipants(2)).isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContaining("not 2 participants were present within 200 ms");
            assertThatThrownBy(() -> control.awaitLeft("nobody")).isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContaining("\"nobody\" has not left within 200 ms");
        }
    }

    @Test
    @DisplayName("an interrupted thread waits no longer")
    void anInterruptEndsAWait() {
        try (ControlRoom control = ControlRoom.open()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> control.await("port", Integer.class)).isInstanceOf(ControlTimeoutException.class)
                    .hasMessageContaining("until this thread was interrupted");
            assertThat(Thread.interrupted()).as("the interrupt stays").isTrue();
        }
    }

    @Test
    @DisplayName("a listener of the test's own that waits does wait for what others publish")
    void aListenerMayWait() {
        try (ControlRoom control = ControlRoom.open()) {
            control.room().sessionData().onChange("published/first", change ->
                    control.publish("both", change.newValue().orElseThrow() + control.await("second", String.class)));
            control.run("other", there -> {
                there.publish("first", "1");
                there.publish("second", "2");
            });
            assertThat(control.await("both", String.class)).isEqualTo("12");
        }
    }

    @Test
    @DisplayName("what can never be right is refused at once")
    void refusesNonsense() {
        ControlRoom control = ControlRoom.open();
        try (control) {
            assertThatThrownBy(() -> control.publish("x", new Unregistered(1))).isInstanceOf(UnregisteredTypeException.class)
                    .hasMessageContainingAll("Unregistered", ".types(");
            assertThatThrownBy(() -> control.publish("", 1)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> control.barrier("b", 0)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("at least 1 participant, got 0");
            assertThatThrownBy(() -> control.barrier(" ", 1)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> control.await("x", String.class, Duration.ofDays(2)))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("at most 24 hours");
        }
        assertThatThrownBy(() -> control.publish("x", 1)).isInstanceOf(RoomClosedException.class);
        assertThatThrownBy(() -> control.await("x", Integer.class)).isInstanceOf(RoomClosedException.class);
    }
}
