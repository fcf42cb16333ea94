package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.demo.jvm.ThisJava;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/** A {@link WindowAgent} in a JVM of its own. Closing it kills it. */
final class WindowProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Path SHOTS = Path.of("target", "screenshots");
    private static final Duration LOOK = Duration.ofMillis(40);

    private final Process process;
    private final Path errors;
    private final Writer in;
    private final BufferedReader out;

    private WindowProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Skips the test that calls it where there is nothing to open windows on. */
    static void assumeDisplay() {
        assumeTrue(DesktopCommand.hasDisplay(), "a display is needed: start Xvfb and set DISPLAY");
    }

    /** Starts the app's {@code desktop} with arguments. */
    static WindowProcess start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    static WindowProcess start(List<String> jvmOptions, String... arguments) throws IOException {
        Path errors = Files.createTempFile("window", ".log");
        List<String> command = new ArrayList<>(List.of(ThisJava.program(),
                // For programs that live for some seconds: most of the processors' time would go into compiling them well.
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                // AssertJ-Swing looks into the timers that it watches.
                "--add-opens", "java.base/java.util=ALL-UNNAMED",
                "-Djava.util.prefs.userRoot=" + Path.of("target", "preferences").toAbsolutePath(),
                // What a window that is killed leaves.
                "-Djava.io.tmpdir=" + Files.createDirectories(Path.of("target", "windows")).toAbsolutePath()));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WindowAgent.class.getName()));
        command.addAll(List.of(arguments));
        return new WindowProcess(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** Does one thing, and gives what is answered. */
    String does(String... words) {
        try {
            in.write(String.join("\t", words) + "\n");
            in.flush();
            String answer = out.readLine();
            while (answer != null && !answer.startsWith("ok\t") && !answer.startsWith("error\t")) {
                // What the JVM itself says.
                answer = out.readLine();
            }
            if (answer == null || !answer.startsWith("ok\t")) {
                throw new AssertionError(String.join(" ", words) + ": " + answer + "\n" + errors());
            }
            return answer.substring("ok\t".length());
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", words) + "\n" + errors(), e);
        }
    }

    void click(String name) {
        does("click", name);
    }

    void type(String name, String text) {
        does("type", name, text);
    }

    /** Types a text and presses Enter. */
    void enter(String name, String text) {
        does("type", name, text);
        does("enter", name);
    }

    void tab(String title) {
        does("tab", "tabs", title);
    }

    /** Waits until a component's text has something in it. */
    void sees(String name, String text) {
        look(name + " says " + text).untilAsserted(() -> assertThat(does("try-read", name)).contains(text));
    }

    /** Waits until a component's text has something in it no more, or it is gone. */
    void seesNo(String name, String text) {
        look(name + " says no " + text).untilAsserted(() -> assertThat(does("try-read", name)).doesNotContain(text));
    }

    /** At once, and again and again. */
    private static ConditionFactory look(String what) {
        return await(what).pollDelay(Duration.ZERO).pollInterval(LOOK).atMost(PATIENCE);
    }

    void shot(String file) {
        does("shot", SHOTS.resolve(file + ".png").toString());
    }

    /** What it wrote to its standard error: nothing, if nothing went wrong. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the window as a person does, and waits until the program has ended by itself. */
    void leave() throws InterruptedException {
        does("close");
        assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).as("the program ends").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(errors);
    }
}
