package dev.parlor.demo;

import dev.parlor.demo.jvm.ThisJava;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The demo's jar, started as a user starts it but with pipes. Closing it ends it with all its children. */
public final class DemoProcess implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final Thread outReader;
    private final Thread errReader;

    private DemoProcess(Process process) {
        this.process = process;
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        outReader = collect(process.getInputStream(), out);
        errReader = collect(process.getErrorStream(), err);
    }

    /** Starts {@code java -jar target/parlor-demo.jar} with arguments. */
    public static DemoProcess start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** The same with more variables in its environment. */
    public static DemoProcess start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ThisJava.program(),
                "-jar", Path.of("target", "parlor-demo.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // As in a terminal without a screen, so that no window opens.
        builder.environment().remove("DISPLAY");
        // What it keeps for its next start is no matter of the user who builds it.
        builder.environment().put("XDG_CACHE_HOME", Path.of("target", "cache").toAbsolutePath().toString());
        builder.environment().putAll(environment);
        return new DemoProcess(builder.start());
    }

    private static Thread collect(InputStream stream, StringBuffer text) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(line -> text.append(line).append('\n'));
            } catch (IOException | UncheckedIOException ended) {
                text.append("(cut off)\n");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    public void type(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    public void endInput() throws IOException {
        in.close();
    }

    /** The exit code, with all output collected. */
    public int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + patience + "; it wrote\n" + out + err);
        }
        outReader.join(patience.toMillis());
        errReader.join(patience.toMillis());
        return process.exitValue();
    }

    /** Told to end, as by Ctrl-C. */
    public void interrupt() {
        process.destroy();
    }

    public List<ProcessHandle> children() {
        return process.children().toList();
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
