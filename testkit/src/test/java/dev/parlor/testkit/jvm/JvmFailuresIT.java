package dev.parlor.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.testkit.internal.process.TaskCode;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person sees when a JVM of a test does not do what it should. */
@DisplayName("when a JVM of a test goes wrong")
class JvmFailuresIT {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final List<String> field = List.of("a field of the test");

    /** What nobody can serialize. */
    static class Connection {}

    record Wrapped(String name, Connection connection) implements Serializable {}

    static class NoProgram {}

    @Test
    @DisplayName("its exit code and output are shown")
    void showsExitCodeAndOutput() {
        try (ParlorJvm jvm = ParlorJvm.run("unlucky", control -> {
            System.out.println("before the failure");
            throw new IllegalStateException("out of luck");
        })) {
            assertThatThrownBy(jvm::requireSuccess).isInstanceOf(JvmFailedException.class)
                    .hasMessageContainingAll("\"unlucky\"", "pid " + jvm.pid(), "exit code 70", "before the failure",
                            "IllegalStateException: out of luck", "at " + JvmFailuresIT.class.getName())
                    .asInstanceOf(InstanceOfAssertFactories.type(JvmFailedException.class))
                    .extracting(JvmFailedException::exitCode).isEqualTo(ParlorJvm.EXIT_TASK_FAILED);
        }
    }

    @Test
    @DisplayName("a failed task ends its JVM even if it has left threads running")
    void aFailedTaskEndsTheJvm() {
        try (ParlorJvm jvm = ParlorJvm.run("untidy", control -> {
            new Thread(() -> {
                while (true) {
                    LockSupport.park();
                }
            }).start();
            throw new AssertionError("failed");
        })) {
            assertThat(jvm.awaitExit()).isEqualTo(ParlorJvm.EXIT_TASK_FAILED);
        }
    }

    @Test
    @Timeout(30)
    @DisplayName("waiting for output that can no longer come ends at once")
    void doesNotWaitForTheDead() {
        try (ParlorJvm jvm = ParlorJvm.run("short-spoken", control -> System.out.println("bye"))) {
            assertThatThrownBy(() -> jvm.awaitOutput("ready", Duration.ofHours(1))).isInstanceOf(JvmFailedException.class)
                    .hasMessageContainingAll("\"short-spoken\"", "exit code 0", "never printed \"ready\"", "bye");
        }
    }

    @Test
    @DisplayName("waiting too long says for what, how long, and what was printed instead")
    void aTimeoutSaysWhat() {
        try (ParlorJvm jvm = ParlorJvm.run("slow", control -> {
            System.out.println("still starting");
            Thread.currentThread().join();
        })) {
            jvm.awaitOutput("still starting");
            assertThatThrownBy(() -> jvm.awaitOutput("ready", SHORT)).isInstanceOf(JvmTimeoutException.class)
                    .hasMessageContainingAll("\"slow\"", "has not printed \"ready\" within 100 ms", "still starting");
            assertThatThrownBy(() -> jvm.awaitExit(SHORT)).isInstanceOf(JvmTimeoutException.class)
                    .hasMessageContainingAll("\"slow\"", "has not ended within 100 ms", "still starting");
            assertThat(jvm.isAlive()).as("a timeout ends nothing").isTrue();
        }
    }

    @Test
    @DisplayName("an option that Java does not know is seen in its output")
    void showsAWrongOption() {
        try (ParlorJvm jvm = ParlorJvm.named("misconfigured").jvmOptions("-XX:NoSuchOption=1").run(control -> {})) {
            assertThatThrownBy(jvm::requireSuccess).isInstanceOf(JvmFailedException.class)
                    .hasMessageContainingAll("exit code 1", "NoSuchOption");
        }
    }

    @Test
    @DisplayName("a task that uses a field of the test is refused, and told how to do without")
    void refusesATaskWithTheTest() {
        refused(() -> ParlorJvm.run("greedy", control -> System.out.println(field)))
                .hasMessageContainingAll("\"greedy\"", JvmFailuresIT.class.getName(), "is not Serializable", "make that static",
                        "local variable");
    }

    @Test
    @DisplayName("a task that captures what cannot travel is refused, and told what it is")
    void refusesATaskWithAConnection() {
        Connection connection = new Connection();
        refused(() -> ParlorJvm.run("greedy", control -> System.out.println(connection)))
                .hasMessageContainingAll(Connection.class.getName(), "is not Serializable", "capture only");
        Wrapped wrapped = new Wrapped("wrapped", connection);
        refused(() -> ParlorJvm.run("greedy", control -> System.out.println(wrapped)))
                .hasMessageContainingAll(Connection.class.getName(), "inside of a captured " + Wrapped.class.getName());
    }

    @Test
    @DisplayName("a task with very much in it is refused, and told the limit")
    void refusesALargeTask() {
        String large = "x".repeat(TaskCode.MAX_BYTES);
        refused(() -> ParlorJvm.run("heavy", control -> System.out.println(large)))
                .hasMessageContainingAll("\"heavy\"", "the limit is 1048576", "path of a file");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable start) {
        long before = javas();
        var thrown = assertThatThrownBy(start).isInstanceOf(TaskNotSerializableException.class);
        assertThat(javas()).as("no process was started").isEqualTo(before);
        return thrown;
    }

    private static long javas() {
        return ProcessHandle.current().children().filter(each -> each.info().command().orElse("").contains("java")).count();
    }

    @Test
    @DisplayName("a class without a main method is refused")
    void refusesAClassWithoutMain() {
        assertThatThrownBy(() -> ParlorJvm.start(NoProgram.class)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContainingAll(NoProgram.class.getName(), "no public static void main");
    }

    @Test
    @DisplayName("using a control room that was not given is told so")
    void tellsThatThereIsNoControlRoom() {
        try (ParlorJvm jvm = ParlorJvm.run("loner", control -> control.publish("port", 1))) {
            assertThat(jvm.awaitExit()).isEqualTo(ParlorJvm.EXIT_TASK_FAILED);
            assertThat(String.join("\n", jvm.output())).contains("was started without a control room", "control.run(");
        }
        try (ControlRoom control = ControlRoom.open()) {
            control.run("outer", there -> there.publish("exit code", ParlorJvm.run("inner", ControlRoom::name).awaitExit()));
            assertThat(control.await("exit code", Integer.class)).as("nor is one inherited")
                    .isEqualTo(ParlorJvm.EXIT_TASK_FAILED);
        }
        assertThatThrownBy(ControlRoom::join).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContainingAll("PARLOR_CONTROL_ROOM is not set", "control.start(", "ControlRoom.open()");
    }

    @Test
    @DisplayName("a timeout of nothing is refused")
    void refusesNoTime() {
        try (ParlorJvm jvm = ParlorJvm.run("any", control -> {})) {
            assertThatThrownBy(() -> jvm.awaitExit(Duration.ZERO)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContainingAll("must be positive", "PT0S");
        }
    }
}
