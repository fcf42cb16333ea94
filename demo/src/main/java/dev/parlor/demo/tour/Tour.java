package dev.parlor.demo.tour;

import dev.parlor.ParlorException;
import dev.parlor.demo.jvm.ClassArchive;
import dev.parlor.demo.tour.peer.PeerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows all that Parlor does, with JVMs started for it, and checks each thing shown. */
@Command(
        name = "tour",
        mixinStandardHelpOptions = true,
        description = "See what Parlor does: starts five JVMs on this machine that share a room, says what each of them"
                + " sees, and checks it. Takes some seconds.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all was seen", "1:something was missing; it is listed at the end"})
public final class Tour implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Not for others to make: picocli calls it. */
    Tour() {}

    @Override
    public Integer call() throws InterruptedException {
        Instant start = Instant.now();
        PrintWriter out = spec.commandLine().getOut();
        Transcript transcript = new Transcript(out, Ansi.wanted());
        // A name of its own for each run, so that two tours at once do not meet.
        String roomName = "tour-" + UUID.randomUUID().toString().substring(0, 8);
        ClassArchive classes = ClassArchive.of("peer");
        Stage stage = new Stage(roomName, transcript, classes.options());
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "tour-end"));
        transcript.title("A tour of Parlor in the room \"" + roomName + "\", on this machine only");
        try (stage) {
            play(stage);
            joinTimes(roomName, transcript);
        } catch (TourStoppedException | ParlorException | UncheckedIOException | IOException e) {
            transcript.missed("Tour", "the rest: " + e.getMessage());
        }
        int exitCode = end(transcript, Duration.between(start, Instant.now()));
        if (exitCode == 0) {
            // Last, since it takes what the tour has measured: a core or two.
            classes.make(PeerProcess::rehearse);
        }
        return exitCode;
    }

    private static void play(Stage stage) throws IOException, InterruptedException {
        StateSteps state = new StateSteps(stage);
        state.joining();
        state.sessionData();
        state.lateJoiner();
        state.userData();
        state.messages();
        TroubleSteps trouble = new TroubleSteps(stage);
        trouble.conflict();
        trouble.crash();
        trouble.leaving();
    }

    private static void joinTimes(String roomName, Transcript transcript) {
        transcript.heading("How long a join takes");
        JoinTimes times = JoinTimes.measure(roomName + "-scratch");
        transcript.found(String.format("first participant %d ms, second %d ms (warm JVM, median of %d)",
                times.firstMillis(), times.secondMillis(), JoinTimes.RUNS));
    }

    private static int end(Transcript transcript, Duration took) {
        transcript.line("");
        String seconds = String.format("%.1f s", took.toMillis() / 1000.0);
        if (transcript.missing().isEmpty()) {
            transcript.title("All " + transcript.checks() + " things to be seen were seen, in " + seconds + ".");
            return 0;
        }
        transcript.title("Missing, " + transcript.missing().size() + " of " + transcript.checks() + ", in " + seconds + ":");
        transcript.missing().forEach(missing -> transcript.line("  " + missing));
        return 1;
    }
}
