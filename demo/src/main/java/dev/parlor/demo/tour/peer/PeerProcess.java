package dev.parlor.demo.tour.peer;

import dev.parlor.demo.jvm.ThisJava;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The tour's handle of one {@link TourPeer}: tells it what to do and waits for what it sees. Used by the tour's main
 * thread; {@link #kill} may come from any.
 */
public final class PeerProcess {
    private static final Line END = Line.of("end");

    private final String name;
    private final Process process;
    private final Writer in;
    private final BlockingQueue<Line> arriving = new LinkedBlockingQueue<>();
    /** What has been seen and not been waited for yet, oldest first. */
    private final List<Line> waiting = new ArrayList<>();

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a JVM like this one, that logs warnings only. */
    public static PeerProcess start(String name) throws IOException {
        Process process = new ProcessBuilder(
                        ThisJava.program(),
                        "-cp", System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.log.dev.parlor.Room=warn",
                        TourPeer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        PeerProcess peer = new PeerProcess(name, process);
        Thread reader = new Thread(peer::read, "tour-" + name);
        reader.setDaemon(true);
        reader.start();
        return peer;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                arriving.add(Line.parse(text));
            }
        } catch (IOException killed) {
            // What a killed process had not written yet is lost, as it should be.
        }
        arriving.add(END);
    }

    String name() {
        return name;
    }

    /** Says what to do. Its {@code done} line is waited for like any other. */
    public void tell(String... words) {
        try {
            in.write(Line.of(words) + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended too early", e);
        }
    }

    /** Waits for the first line that matches; lines before it stay for others to wait for. */
    public Optional<Line> await(Line pattern, Instant deadline) throws InterruptedException {
        for (Iterator<Line> lines = waiting.iterator(); lines.hasNext(); ) {
            Line line = lines.next();
            if (line.matches(pattern)) {
                lines.remove();
                return Optional.of(line);
            }
        }
        while (!waiting.contains(END)) {
            long millis = deadline.toEpochMilli() - System.currentTimeMillis();
            Line line = arriving.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
            if (line == null) {
                return Optional.empty();
            }
            if (line.matches(pattern)) {
                return Optional.of(line);
            }
            waiting.add(line);
        }
        return Optional.empty();
    }

    /** Whether a line that matches has come among those that were passed over while waiting for others. */
    public boolean hasSeen(Line pattern) {
        return waiting.stream().anyMatch(line -> line.matches(pattern));
    }

    /** What was seen and nobody has waited for, for an account of what went wrong. */
    public List<Line> unclaimed() {
        arriving.drainTo(waiting);
        return List.copyOf(waiting);
    }

    /** Ends it as a power cut would: SIGKILL, so that it can say no goodbye. */
    public void kill() {
        process.destroyForcibly();
    }
}
