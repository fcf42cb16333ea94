package dev.parlor.demo.tour;

import static dev.parlor.demo.tour.peer.Line.ANY;
import static dev.parlor.demo.tour.peer.TourEvents.NOTHING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The steps of the tour about what is hard to share: two writers at once, a crash, the host leaving. */
final class TroubleSteps {
    private static final int ROUNDS = 20;
    /** Time for both writers to read their line before the moment comes at which both write. */
    private static final int LEAD_MILLIS = 15;

    private final Stage stage;
    private final Transcript transcript;

    TroubleSteps(Stage stage) {
        this.stage = stage;
        this.transcript = stage.transcript();
    }

    void conflict() throws InterruptedException {
        transcript.heading("Two JVMs write one key at the same moment, " + ROUNDS + " times");
        int agreed = 0;
        int wonByAda = 0;
        List<Long> microsApart = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            String key = "round-" + round;
            microsApart.add(writeAtOnce(key));
            Set<String> values = new HashSet<>();
            for (String name : stage.others()) {
                values.add(stage.ask(name, "get", key).argument(1));
            }
            boolean agree = values.size() == 1 && (values.contains("Ada's") || values.contains("Bob's"));
            agreed += agree ? 1 : 0;
            wonByAda += values.contains("Ada's") ? 1 : 0;
            if (!agree) {
                transcript.missed("All", "one value of " + key + ", there are " + values);
            }
        }
        microsApart.sort(null);
        transcript.does("Ada", "and Bob each put round-1 to round-" + ROUNDS + " when the clock they share said so;");
        transcript.line("           half of the pairs were less than " + microsApart.get(ROUNDS / 2)
                + " microseconds apart");
        if (agreed == ROUNDS) {
            transcript.found(String.join(", ", stage.others()) + " agree on each value: Ada's won " + wonByAda
                    + " times, Bob's " + (ROUNDS - wonByAda) + " times.");
        }
    }

    /** Returns how many microseconds were between the two writes. */
    private long writeAtOnce(String key) throws InterruptedException {
        String moment = Long.toString(System.currentTimeMillis() + LEAD_MILLIS);
        stage.tell("Ada", "put-at", moment, key, "Ada's");
        stage.tell("Bob", "put-at", moment, key, "Bob's");
        long ada = Long.parseLong(stage.done("Ada", "put-at").argument(1));
        long bob = Long.parseLong(stage.done("Bob", "put-at").argument(1));
        // After both flushes everybody has both writes, so what they read then is final.
        stage.tell("Ada", "flush");
        stage.ask("Bob", "flush");
        stage.done("Ada", "flush");
        return Math.abs(ada - bob);
    }

    void crash() throws InterruptedException {
        transcript.heading("A JVM is killed with SIGKILL; the room goes on");
        stage.ask("Cleo", "hand", "up");
        transcript.does("Cleo", "raised its hand");
        stage.expect(stage.others("Cleo"), "hand", "Cleo", "up");
        long killed = System.nanoTime();
        stage.kill("Cleo");
        transcript.does("Cleo", "was killed");
        stage.expect(stage.others(), "left", "Cleo", "LOST");
        transcript.line("           " + Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms later");
        for (String name : stage.others()) {
            stage.check(name, !Stage.names(stage.ask(name, "who")).contains("Cleo"),
                    "nobody called Cleo any more: its raised hand is gone with it");
        }
        stage.ask("Dora", "put", "layout", "wide");
        transcript.does("Dora", "put layout = \"wide\"");
        stage.expect(stage.others("Dora"), "changed", "layout", "\"stage\"", "\"wide\"", "Dora");
    }

    void leaving() throws InterruptedException {
        transcript.heading("A participant leaves; it was the host, and another is at once");
        stage.leave("Ada", "left");
        stage.expect(stage.others(), "left", "Ada", "CLOSED");
        stage.expect(stage.others(), "host", "Bob");
        stage.ask("Bob", "put", "topic", "Goodbye");
        transcript.does("Bob", "put topic = \"Goodbye\"");
        stage.expect(List.of("Dora"), "changed", "topic", NOTHING, "\"Goodbye\"", "Bob");
        stage.leave("Bob", "left");
        stage.expect(List.of("Dora"), "left", "Bob", "CLOSED");
        stage.expect(List.of("Dora"), "status", ANY, "ALONE");
        stage.leave("Dora", "left, the last one");
    }
}
