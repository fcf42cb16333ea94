package dev.parlor.demo.tour;

import dev.parlor.demo.tour.peer.Line;
import dev.parlor.demo.tour.peer.PeerProcess;
import dev.parlor.demo.tour.peer.TourEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * The room of one tour with the peers in it. Everything expected is waited for here, with a deadline, and goes to the
 * transcript as seen or as missed.
 */
final class Stage implements AutoCloseable {
    /** One thing to be seen. Seen in milliseconds as a rule; a busy machine may take a thousand times as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** All of the tour: when very much is wrong, it still ends before its user gives up. */
    private static final Duration PATIENCE_IN_ALL = Duration.ofSeconds(60);

    private final String roomName;
    private final Transcript transcript;
    private final List<String> jvmOptions;
    private final Instant end = Instant.now().plus(PATIENCE_IN_ALL);
    private final Map<String, PeerProcess> peers = new LinkedHashMap<>();
    /** Who has joined and not left, in that order, as the room has it too. */
    private final List<String> inRoom = new ArrayList<>();
    /** All ever started, for {@link #close}, which runs on another thread when the tour is interrupted. */
    private final Collection<PeerProcess> started = new CopyOnWriteArrayList<>();

    Stage(String roomName, Transcript transcript, List<String> jvmOptions) {
        this.roomName = roomName;
        this.transcript = transcript;
        this.jvmOptions = jvmOptions;
    }

    Transcript transcript() {
        return transcript;
    }

    /** Starts JVMs, which wait to be told to join: they start side by side, and join one after the other. */
    void start(String... names) throws IOException {
        for (String name : names) {
            PeerProcess peer = PeerProcess.start(name, jvmOptions);
            peers.put(name, peer);
            started.add(peer);
        }
    }

    /** Lets a peer join, says how long that took, and expects that it sees all who are there from the first moment. */
    void join(String name, String colour) throws InterruptedException {
        Line joined = ask(name, "join", roomName, name, colour);
        transcript.does(name, "joined in " + joined.argument(1) + " ms, in a JVM just started");
        List<String> present = names(ask(name, "who"));
        inRoom.add(name);
        if (present.equals(inRoom)) {
            transcript.saw(name, String.join(", ", present) + " in the room; host is " + joined.argument(2));
        } else {
            transcript.missed(name, "somebody: at the end of its join it saw " + present + " instead of " + inRoom);
        }
    }

    /** The names in the answer to {@code who}. */
    static List<String> names(Line who) {
        List<String> words = who.arguments().subList(1, who.arguments().size());
        return IntStream.range(0, words.size())
                .filter(i -> i % 2 == 0)
                .mapToObj(words::get)
                .toList();
    }

    /** Tells a peer to do something, and waits until it has. Returns its answer: {@code done}, the command, results. */
    Line ask(String name, String... command) throws InterruptedException {
        PeerProcess peer = peers.get(name);
        peer.tell(command);
        return done(name, command[0]);
    }

    void tell(String name, String... command) {
        peers.get(name).tell(command);
    }

    /** Waits for the answer to a command. Without one there is no use in going on. */
    Line done(String name, String command) throws InterruptedException {
        PeerProcess peer = peers.get(name);
        return peer.await(Line.of("done", command), deadline()).orElseThrow(() -> new TourStoppedException(
                name + " did not do \"" + command + "\"; it said: " + peer.unclaimed()));
    }

    /** Expects a line at some peers, and shows it as each of them saw it. */
    void expect(List<String> names, String... pattern) throws InterruptedException {
        for (String name : names) {
            PeerProcess peer = peers.get(name);
            Line wanted = Line.of(pattern);
            Optional<Line> line = peer.await(wanted, deadline());
            if (line.isPresent()) {
                transcript.saw(name, TourEvents.text(line.get()));
            } else {
                transcript.missed(name, TourEvents.text(wanted) + "; it saw " + peer.unclaimed());
            }
        }
    }

    /** Expects that a line has not come to some peers. Call it after something that would have come later. */
    void expectNone(List<String> names, String text, String... pattern) {
        List<String> wronged = names.stream().filter(name -> peers.get(name).hasSeen(Line.of(pattern))).toList();
        if (wronged.isEmpty()) {
            transcript.found(String.join(" and ", names) + " have not seen " + text + ".");
        } else {
            transcript.missed(String.join(" and ", wronged), "not seeing " + text);
        }
    }

    /** Expects something of a peer's answer. */
    void check(String name, boolean holds, String text) {
        if (holds) {
            transcript.saw(name, text);
        } else {
            transcript.missed(name, text);
        }
    }

    /** Everybody in the room but some. */
    List<String> others(String... but) {
        return inRoom.stream().filter(name -> !List.of(but).contains(name)).toList();
    }

    /** Ends a peer with SIGKILL. */
    void kill(String name) {
        inRoom.remove(name);
        peers.get(name).kill();
    }

    /** Lets a peer leave the room, which it does before this returns, and says how long that took. */
    void leave(String name, String how) throws InterruptedException {
        long start = System.nanoTime();
        ask(name, "close");
        transcript.does(name, how + ", in " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        kill(name);
    }

    /** Ends all JVMs started. */
    @Override
    public void close() {
        started.forEach(PeerProcess::kill);
    }

    private Instant deadline() {
        Instant deadline = Instant.now().plus(PATIENCE);
        return deadline.isBefore(end) ? deadline : end;
    }
}
