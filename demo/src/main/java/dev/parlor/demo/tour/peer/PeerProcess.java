package dev.parlor.demo.tour.peer;

import dev.parlor.Room;
import dev.parlor.demo.jvm.ThisJava;
import dev.parlor.demo.shared.Profile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The tour's handle of one {@link TourPeer}: tells it what to do and waits for what it sees. Used by the tour's main
 * thread; {@link #kill} may come from any.
 */
public final class PeerProcess {
    private static final Line END = Line.of("end");
    private static final Duration REHEARSAL = Duration.ofSeconds(30);

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
    public static PeerProcess start(String name, List<String> jvmOptions) throws IOException {
        return start(name, jvmOptions, ProcessBuilder.Redirect.INHERIT);
    }

    /**
     * Starts a JVM that does what peers do, with this one in a room that nobody else knows, and has ended by itself soon after
     * this returns: for the classes that it loads.
     */
    public static Process rehearse(List<String> jvmOptions) throws IOException, InterruptedException {
        String roomName = "rehearsal-" + UUID.randomUUID();
        try (Room room = Room.named(roomName).as("Ada").types(TourPeer.TYPES).userData(new Profile("teal", false)).join()) {
            room.sessionData().put("layout", "grid");
            PeerProcess peer = start("rehearsal", jvmOptions, ProcessBuilder.Redirect.DISCARD);
            peer.tell("join", roomName, "Bob", "amber");
            peer.tell("merge", "layout", "speaker", "banner", "Hello");
            peer.tell("hand", "up");
            peer.tell("say", "Hello");
            peer.tell("tell", "Ada", "Hello");
            peer.tell("state");
            peer.tell("close");
            if (peer.await(Line.of("done", "close"), Instant.now().plus(REHEARSAL)).isEmpty()) {
                peer.kill();
            }
            peer.in.close();
            return peer.process;
        }
    }

    private static PeerProcess start(String name, List<String> jvmOptions, ProcessBuilder.Redirect errors) throws IOException {
        List<String> command = new ArrayList<>(List.of(ThisJava.program()));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.dev.parlor.Room=warn",
                TourPeer.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(errors).start();
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
