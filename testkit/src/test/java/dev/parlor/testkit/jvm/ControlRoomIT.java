package dev.parlor.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What several JVMs and a test do in a control room, an example each. */
@DisplayName("in a control room")
class ControlRoomIT {
    /** A value of one's own. Its class is named once, by who opens the room. */
    record Address(String host, int port) {}

    /** A server as anybody may have one; it knows nothing of Parlor. */
    static void serve(ServerSocket socket) throws Exception {
        try (Socket client = socket.accept()) {
            client.getOutputStream().write("hello".getBytes());
        }
    }

    static String hear(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return new String(socket.getInputStream().readAllBytes());
        }
    }

    static ServerSocket anyPort() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    @DisplayName("two JVMs agree on a port")
    void twoJvmsAgreeOnAPort() {
        try (ControlRoom control = ControlRoom.open()) {
            ParlorJvm server = control.run("server", there -> {
                try (ServerSocket socket = anyPort()) {
                    there.publish("port", socket.getLocalPort());
                    serve(socket);
                }
            });
            ParlorJvm client = control.run("client", there ->
                    there.publish("heard", hear(there.await("port", Integer.class))));

            assertThat(control.await("heard", String.class)).isEqualTo("hello");
            server.requireSuccess();
            client.requireSuccess();
            assertThat(control.published("port", Integer.class)).as("it stays after its writer has left").isPresent();
        }
    }

    @Test
    @DisplayName("three JVMs meet at a barrier, again and again")
    void threeJvmsMeetAtABarrier() {
        try (ControlRoom control = ControlRoom.open()) {
            List<ParlorJvm> jvms = List.of("a", "b", "c").stream().map(name -> control.run(name, there -> {
                for (int round = 1; round <= 3; round++) {
                    there.publish(name + " is at", round);
                    there.barrier("round", 4);
                }
                there.publish(name + " is at", 4);
            })).toList();
            for (int round = 1; round <= 3; round++) {
                int next = round + 1;
                assertThat(control.when("a is at", Integer.class, at -> at >= next)).as("nobody passes without the test")
                        .failsWithin(Duration.ofMillis(200)).withThrowableThat().isInstanceOf(TimeoutException.class);
                control.barrier("round", 4);
                for (String name : List.of("a", "b", "c")) {
                    control.when(name + " is at", Integer.class, at -> at >= next).join();
                }
            }
            jvms.forEach(ParlorJvm::requireSuccess);
        }
    }

    @Test
    @DisplayName("barriers whose names look alike are not mistaken for each other")
    void barriersAreToldApart() {
        try (ControlRoom control = ControlRoom.open()) {
            control.run("other", there -> {
                there.barrier("1/a", 1);
                there.publish("passed", true);
                there.await("go", Boolean.class);
                there.barrier("a", 2);
            });
            control.await("passed", Boolean.class);
            CompletableFuture<Void> passed = CompletableFuture.runAsync(() -> control.barrier("a", 2));
            assertThat(passed).as("the other is not there yet").failsWithin(Duration.ofMillis(200))
                    .withThrowableThat().isInstanceOf(TimeoutException.class);
            control.publish("go", true);
            passed.join();
        }
    }

    @Test
    @DisplayName("a record is published, and its class registered once")
    void publishesARecord() {
        try (ControlRoom control = ControlRoom.builder().types(Address.class).open()) {
            control.run("server", there -> there.publish("address", new Address("localhost", 7900)));
            assertThat(control.await("address", Address.class)).isEqualTo(new Address("localhost", 7900));
        }
    }

    /** A program with a main method that takes part. */
    static class Member {
        public static void main(String[] args) {
            try (ControlRoom control = ControlRoom.join()) {
                control.publish(control.room().me().name(), "came with " + List.of(args));
            }
        }
    }

    @Test
    @DisplayName("programs with a main method take part, several of one class too")
    void mainMethodsTakePart() {
        try (ControlRoom control = ControlRoom.open()) {
            ParlorJvm first = control.start(Member.class, "one");
            ParlorJvm second = control.start(Member.class, "two");
            assertThat(control.await("Member", String.class)).isEqualTo("came with [one]");
            assertThat(control.await("Member-2", String.class)).isEqualTo("came with [two]");
            first.requireSuccess();
            second.requireSuccess();
        }
    }

    @Test
    @DisplayName("a Java program that something else has started takes part")
    void othersTakePart() throws Exception {
        try (ControlRoom control = ControlRoom.open()) {
            ProcessBuilder anyhow = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), Member.class.getName());
            anyhow.environment().putAll(control.environment("stranger"));
            Process process = anyhow.inheritIO().start();
            assertThat(control.await("stranger", String.class)).isEqualTo("came with []");
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    @DisplayName("the test awaits participants and values that satisfy a condition")
    void awaitsConditions() {
        try (ControlRoom control = ControlRoom.open()) {
            CompletableFuture<Integer> many = control.when("progress", Integer.class, percent -> percent >= 90);
            for (String name : List.of("a", "b")) {
                control.run(name, there -> {
                    there.await("go", Boolean.class);
                    for (int percent = 0; percent <= 100 && name.equals("a"); percent += 10) {
                        there.publish("progress", percent);
                    }
                });
            }
            assertThat(control.awaitParticipants(3)).extracting(Participant::name).containsExactlyInAnyOrder("test", "a", "b");
            control.awaitParticipants("a", "b");
            assertThat(many).isNotDone();
            control.publish("go", true);
            assertThat(many.join()).isIn(90, 100);
        }
    }

    @Test
    @DisplayName("a killed JVM is seen as lost by the others")
    void aKilledJvmIsLost() {
        try (ControlRoom control = ControlRoom.open()) {
            ParlorJvm victim = control.run("victim", there -> Thread.currentThread().join());
            ParlorJvm witness = control.run("witness", there -> {
                there.awaitParticipants("victim");
                there.publish("seen", "victim");
                there.publish("reason", there.awaitLeft("victim").reason().name());
            });
            control.await("seen", String.class);
            victim.kill();
            assertThat(control.await("reason", String.class)).isEqualTo("LOST");
            assertThat(control.awaitLeft("victim").reason()).isEqualTo(ParticipantLeft.Reason.LOST);
            assertThat(control.awaitLeft("witness").reason()).as("it left by itself")
                    .isEqualTo(ParticipantLeft.Reason.CLOSED);
            witness.requireSuccess();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("a stopped JVM goes on, with what was published meanwhile")
    void aStoppedJvmGoesOn() {
        try (ControlRoom control = ControlRoom.open()) {
            ParlorJvm sleeper = control.run("sleeper", there -> {
                there.publish("sleeper", "awake");
                there.publish("dreamt", there.await("dream", String.class));
            });
            control.await("sleeper", String.class);
            sleeper.suspend();
            control.publish("dream", "of sheep");
            assertThat(control.published("dreamt", String.class)).isEmpty();
            sleeper.resume();
            assertThat(control.await("dreamt", String.class)).isEqualTo("of sheep");
            sleeper.requireSuccess();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("a JVM stopped for long is lost, and comes back")
    void aJvmStoppedForLongComesBack() {
        try (ControlRoom control = ControlRoom.open()) {
            ParlorJvm sleeper = control.run("sleeper", there -> there.barrier("morning", 2));
            control.awaitParticipants("sleeper");
            sleeper.suspend();
            assertThat(control.awaitLeft("sleeper").reason()).isEqualTo(ParticipantLeft.Reason.LOST);
            sleeper.resume();
            control.awaitParticipants("sleeper");
            control.barrier("morning", 2);
            sleeper.requireSuccess();
        }
    }

    @Test
    @DisplayName("what was published by a JVM that halts at once is not lost")
    void publishingComesBeforeHalting() {
        try (ControlRoom control = ControlRoom.open()) {
            control.run("hasty", there -> {
                for (int i = 0; i < 50; i++) {
                    there.publish("much/" + i, "x".repeat(100_000));
                }
                there.publish("last words", "that was all");
                Runtime.getRuntime().halt(3);
            });
            assertThat(control.await("last words", String.class)).isEqualTo("that was all");
        }
    }

    @Test
    @DisplayName("two tests at the same time do not meet, and closing one ends its JVMs only")
    void testsDoNotMeet() {
        try (ControlRoom other = ControlRoom.open()) {
            ParlorJvm ofOther = other.run("jvm", there -> Thread.currentThread().join());
            ParlorJvm ofOne;
            try (ControlRoom one = ControlRoom.open()) {
                ofOne = one.run("jvm", there -> Thread.currentThread().join());
                one.awaitParticipants("jvm");
                other.awaitParticipants("jvm");
                assertThat(one.room().participants()).hasSize(2);
            }
            assertThat(ofOne.isAlive()).isFalse();
            assertThat(ofOther.isAlive()).isTrue();
        }
    }
}
