package dev.parlor.demo.tour;

import static dev.parlor.demo.tour.peer.Line.ANY;
import static dev.parlor.demo.tour.peer.TourEvents.NOTHING;

import dev.parlor.demo.tour.peer.Line;
import java.io.IOException;
import java.util.List;

/** The steps of the tour about what is shared: session data, user data, messages, and joining late. */
final class StateSteps {
    private final Stage stage;
    private final Transcript transcript;

    StateSteps(Stage stage) {
        this.stage = stage;
        this.transcript = stage.transcript();
    }

    void joining() throws IOException, InterruptedException {
        transcript.heading("Three JVMs join one room; no server is started");
        stage.start("Ada", "Bob", "Cleo");
        stage.join("Ada", "teal");
        stage.ask("Ada", "put", "topic", "Plans");
        transcript.does("Ada", "put topic = \"Plans\"");
        stage.join("Bob", "coral");
        stage.expect(List.of("Ada"), "joined", "Bob");
        stage.join("Cleo", "amber");
        stage.expect(List.of("Ada", "Bob"), "joined", "Cleo");
        for (String name : List.of("Bob", "Cleo")) {
            Line state = stage.ask(name, "state");
            stage.check(name, state.arguments().equals(List.of("state", "topic", "Plans")),
                    "topic = \"Plans\", which was there before it joined");
        }
    }

    void sessionData() throws InterruptedException {
        transcript.heading("Session data: anyone writes it, all see it");
        List<String> notAda = stage.others("Ada");
        stage.ask("Ada", "put", "layout", "grid");
        transcript.does("Ada", "put layout = \"grid\"");
        stage.expect(notAda, "changed", "layout", NOTHING, "\"grid\"", "Ada");

        stage.ask("Bob", "put", "layout", "speaker");
        transcript.does("Bob", "put layout = \"speaker\"");
        stage.expect(stage.others("Bob"), "changed", "layout", "\"grid\"", "\"speaker\"", "Bob");

        stage.ask("Cleo", "merge", "slide", "1", "timer", "05:00");
        transcript.does("Cleo", "merged slide = \"1\" and timer = \"05:00\": one change of two keys");
        for (String name : stage.others("Cleo")) {
            stage.expect(List.of(name), "changed", "slide", NOTHING, "\"1\"", "Cleo", "2");
            stage.expect(List.of(name), "changed", "timer", NOTHING, "\"05:00\"", "Cleo", "2");
        }

        stage.ask("Ada", "remove", "timer");
        transcript.does("Ada", "removed timer");
        stage.expect(notAda, "changed", "timer", "\"05:00\"", NOTHING, "Ada");

        stage.ask("Bob", "replace", "layout", "stage", "slide", "2");
        transcript.does("Bob", "replaced everything by layout = \"stage\" and slide = \"2\"");
        for (String name : stage.others("Bob")) {
            stage.expect(List.of(name), "changed", "layout", "\"speaker\"", "\"stage\"", "Bob", "3");
            stage.expect(List.of(name), "changed", "slide", "\"1\"", "\"2\"", "Bob", "3");
            stage.expect(List.of(name), "changed", "topic", "\"Plans\"", NOTHING, "Bob", "3");
        }
    }

    void lateJoiner() throws IOException, InterruptedException {
        transcript.heading("A late joiner gets all of it at its join");
        stage.start("Dora");
        stage.join("Dora", "indigo");
        Line state = stage.ask("Dora", "state");
        stage.check("Dora", state.arguments().equals(List.of("state", "layout", "stage", "slide", "2")),
                "layout = \"stage\" and slide = \"2\", as soon as it was in");
        stage.expect(stage.others("Dora"), "joined", "Dora");
    }

    void userData() throws IOException, InterruptedException {
        transcript.heading("User data: belongs to a participant, comes and goes with it");
        stage.ask("Ada", "hand", "up");
        transcript.does("Ada", "raised its hand");
        stage.expect(stage.others("Ada"), "hand", "Ada", "up");

        stage.start("Eve");
        stage.join("Eve", "olive");
        List<String> who = stage.ask("Eve", "who").arguments();
        int ada = who.indexOf("Ada");
        stage.check("Eve", ada > 0 && who.get(ada + 1).equals("up"), "Ada's hand up, as soon as it was in");
        stage.expect(stage.others("Eve"), "joined", "Eve");
        stage.leave("Eve", "only looked in and left");
        stage.expect(stage.others(), "left", "Eve", "CLOSED");

        stage.ask("Ada", "hand", "down");
        transcript.does("Ada", "lowered its hand");
        stage.expect(stage.others("Ada"), "hand", "Ada", "down");
    }

    void messages() throws InterruptedException {
        transcript.heading("Messages: for those present, at this moment");
        stage.ask("Ada", "say", "Good morning");
        transcript.does("Ada", "said \"Good morning\" to all");
        stage.expect(stage.others("Ada"), "message", "Ada", "all", "Good morning");

        stage.ask("Ada", "tell", "Bob", "Your microphone is off");
        transcript.does("Ada", "told Bob alone \"Your microphone is off\"");
        stage.expect(List.of("Bob"), "message", "Ada", "direct", "Your microphone is off");
        // Messages of one sender arrive in order: who has this one would have had the one before.
        stage.ask("Ada", "say", "Let us begin");
        transcript.does("Ada", "said \"Let us begin\" to all");
        stage.expect(stage.others("Ada"), "message", "Ada", "all", "Let us begin");
        stage.expectNone(stage.others("Ada", "Bob"), "what was for Bob alone", "message", "Ada", "direct", ANY);

        Line answer = stage.ask("Cleo", "ask", "Dora", "Can you hear me?");
        transcript.does("Cleo", "asked Dora \"Can you hear me?\"");
        stage.check("Cleo", answer.argument(1).equals("\"Can you hear me?\": Dora says yes"),
                "the answer " + answer.argument(1));
    }
}
