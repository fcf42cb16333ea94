package dev.parlor.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.testkit.internal.process.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A JVM of a test: started, watched, ended. */
@DisplayName("a JVM of a test")
class ParlorJvmIT {
    /** Any program with a main method; this one takes no part in anything. */
    static class Greeter {
        public static void main(String[] args) {
            System.out.println("Grüße, " + args[0]);
            System.err.println("and no errors");
        }
    }

    static class Waiter {
        public static void main(String[] args) throws Exception {
            System.out.println("waiting for Enter");
            System.out.println("read " + System.in.read());
        }
    }

    @Test
    @DisplayName("runs a program's main method")
    void runsAMainMethod() {
        try (ParlorJvm jvm = ParlorJvm.start(Greeter.class, "Ada")) {
            jvm.requireSuccess();
            assertThat(jvm.output()).containsExactly("Grüße, Ada", "and no errors");
            assertThat(jvm.name()).isEqualTo("Greeter");
        }
    }

    @Test
    @DisplayName("runs a lambda with what it captures")
    void runsALambda() {
        long here = ProcessHandle.current().pid();
        try (ParlorJvm jvm = ParlorJvm.run("counter", control -> {
            System.out.println("counted to " + List.of(1, 2, 3).size());
            System.out.println("started by " + here + ", is " + ProcessHandle.current().pid());
        })) {
            assertThat(jvm.awaitOutput("counted")).isEqualTo("counted to 3");
            assertThat(jvm.awaitOutput("started by")).isEqualTo("started by " + here + ", is " + jvm.pid());
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @Test
    @DisplayName("takes options, system properties and environment variables, and the class path of the test")
    void takesOptions() {
        try (ParlorJvm jvm = ParlorJvm.named("configured").jvmOptions("-Xmx48m").systemProperty("colour", "teal")
                .environment("SHAPE", "round").run(control -> System.out.println(
                        System.getProperty("colour") + ", " + System.getenv("SHAPE") + ", "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB, "
                        + Class.forName("org.junit.jupiter.api.Test").getSimpleName()))) {
            jvm.requireSuccess();
            assertThat(jvm.output()).singleElement().asString().startsWith("teal, round, 4").endsWith("MiB, Test");
        }
    }

    @Test
    @DisplayName("prints into the test's output, each line with its name")
    void printsWithItsName() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (ParlorJvm jvm = ParlorJvm.run("talker", control -> System.out.print("one\ntwo\r\nthree without an end"))) {
            jvm.requireSuccess();
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("[talker] one", "[talker] two", "[talker] three without an end");
    }

    @Test
    @DisplayName("keeps the newest of what it prints, however much that is")
    void keepsTheNewestOutput() {
        PrintStream out = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try (ParlorJvm jvm = ParlorJvm.run("chatterbox", control -> {
            for (int i = 0; i < 3000; i++) {
                System.out.println(i + "-".repeat(1000));
            }
            System.out.print("x".repeat(100_000));
        })) {
            jvm.requireSuccess();
            assertThat(jvm.output().stream().mapToInt(String::length).sum()).isBetween(900_000, Output.KEPT_CHARS);
            assertThat(jvm.output().get(0)).matches("[12]\\d+-+");
            assertThat(jvm.output()).endsWith("x".repeat(100_000 % Output.MAX_LINE_CHARS));
        } finally {
            System.setOut(out);
        }
    }

    @Test
    @DisplayName("that waits for Enter waits until it is ended")
    void waitsForEnter() throws Exception {
        ProcessHandle process;
        try (ParlorJvm jvm = ParlorJvm.start(Waiter.class)) {
            jvm.awaitOutput("waiting for Enter");
            process = Processes.handle(jvm.pid());
            assertThatThrownBy(() -> jvm.awaitOutput("read", Duration.ofMillis(200))).isInstanceOf(JvmTimeoutException.class);
        }
        assertThat(process.isAlive()).as("close() waits for the end").isFalse();
    }

    @Test
    @DisplayName("asked to end runs its shutdown hooks")
    void endsInGoodOrder() {
        try (ParlorJvm jvm = ParlorJvm.run("orderly", control -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("put everything away")));
            System.out.println("open");
            Thread.currentThread().join();
        })) {
            jvm.awaitOutput("open");
            jvm.end();
            jvm.awaitExit();
            assertThat(jvm.output()).endsWith("put everything away");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("killed takes with it what it has started itself")
    void killsWhatItHasStarted() throws Exception {
        try (ParlorJvm jvm = ParlorJvm.run("parent", control -> {
            Process sleeper = new ProcessBuilder("sleep", "600").start();
            System.out.println("started " + sleeper.pid());
            Thread.currentThread().join();
        })) {
            ProcessHandle sleeper = Processes.handle(Long.parseLong(jvm.awaitOutput("started").substring(8)));
            jvm.kill();
            assertThat(jvm.awaitExit()).as("128 + SIGKILL").isEqualTo(137);
            Processes.awaitGone(sleeper);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("stopped prints nothing until it goes on")
    void standsStillWhileStopped() {
        try (ParlorJvm jvm = ParlorJvm.run("ticker", control -> {
            for (int i = 0; ; i++) {
                System.out.println("tick " + i);
                Thread.sleep(5);
            }
        })) {
            jvm.awaitOutput("tick 3");
            jvm.suspend();
            // What was printed before the stop arrives; then nothing more.
            assertThatThrownBy(() -> jvm.awaitOutput("never", Duration.ofMillis(200)))
                    .isInstanceOf(JvmTimeoutException.class);
            int ticks = jvm.output().size();
            assertThatThrownBy(() -> jvm.awaitOutput("never", Duration.ofMillis(200)))
                    .isInstanceOf(JvmTimeoutException.class);
            assertThat(jvm.output()).hasSize(ticks);
            assertThat(jvm.isAlive()).isTrue();
            jvm.resume();
            jvm.awaitOutput("tick " + (ticks + 10));
        }
    }
}
