package dev.parlor.bench.group;

import dev.parlor.bench.peer.Peer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Peer} in a JVM of its own. */
public final class Jvm implements AutoCloseable {
    private static final long END_SECONDS = 5;
    /** Enough for every workload; the same for all. */
    private static final String HEAP = "-Xmx1g";

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    Jvm(String candidate, String name, int port, File log, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP, "-Djava.net.preferIPv4Stack=true"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Peer.class.getName(), candidate, name,
                Integer.toString(port)));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Gives an order, whose answer is to be taken with {@link #answer}. */
    public void tell(String order) {
        in.println(order);
    }

    /** The answer to the oldest order that was not answered. */
    public String answer() {
        String line;
        try {
            line = out.readLine();
        } catch (IOException e) {
            line = e.toString();
        }
        if (line == null || !line.startsWith("ok")) {
            throw new MeasurementFailedException(String.valueOf(line));
        }
        return line.substring(2).strip();
    }

    /** Gives an order and waits for its answer. */
    public String ask(String order) {
        tell(order);
        return answer();
    }

    /** Sends it a signal, such as STOP or CONT. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        in.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
