package dev.parlor.demo.tour.peer;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One participant of the tour, in a JVM of its own: does what the lines on its stdin say, and writes a line for each
 * command done and each event seen. It ends when its stdin does, so it never outlives the tour.
 */
final class TourPeer {
    static final Class<?>[] TYPES = {Profile.class, Chat.class, Question.class, Answer.class};
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private Room room;

    private TourPeer() {}

    /**
     * Runs a peer.
     *
     * @param args none
     * @throws InterruptedException if its main thread is interrupted, which nobody does
     */
    public static void main(String[] args) throws InterruptedException {
        BlockingQueue<Line> commands = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(commands), "tour-stdin");
        reader.setDaemon(true);
        reader.start();
        TourPeer peer = new TourPeer();
        while (true) {
            peer.obey(commands.take());
        }
    }

    /** On a thread of its own, so that a peer that waits for something still notices the end of the tour. */
    private static void read(BlockingQueue<Line> commands) {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                commands.add(Line.parse(text));
            }
        } catch (IOException gone) {
            // Like the end of stdin: whoever directs this peer is gone.
        }
        Runtime.getRuntime().halt(0);
    }

    private void obey(Line command) {
        try {
            out.println(Line.of("done", answer(command)));
        } catch (RuntimeException e) {
            out.println(Line.of("failed", command.kind(), String.valueOf(e.getMessage())));
        }
    }

    /** Carries out a command. Returns its name and what it has to say. */
    private List<String> answer(Line command) {
        List<String> answer = new ArrayList<>(List.of(command.kind()));
        switch (command.kind()) {
            case "join" -> answer.addAll(join(command.argument(0), command.argument(1), command.argument(2)));
            case "put" -> room.sessionData().put(command.argument(0), command.argument(1));
            case "put-at" -> answer.add(putAt(command.argument(0), command.argument(1), command.argument(2)));
            case "get" -> answer.add(room.sessionData().get(command.argument(0), String.class).orElse(""));
            case "remove" -> room.sessionData().remove(command.argument(0));
            case "merge" -> room.sessionData().merge(pairs(command.arguments()));
            case "replace" -> room.sessionData().replace(pairs(command.arguments()));
            case "hand" -> room.setUserData(profile(room.me()).withHandUp(command.argument(0).equals("up")));
            case "say" -> room.send(new Chat(command.argument(0)));
            case "tell" -> room.send(new Chat(command.argument(1)), find(command.argument(0)));
            case "ask" -> answer.add(ask(find(command.argument(0)), command.argument(1)));
            case "state" -> new TreeMap<>(room.sessionData().snapshot())
                    .forEach((key, value) -> answer.addAll(List.of(key, value.toString())));
            case "who" -> room.participants().forEach(who -> answer.addAll(List.of(who.name(), hand(profile(who)))));
            case "flush" -> room.flush(PATIENCE);
            case "close" -> room.close();
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
        return answer;
    }

    /** Returns how long the join took in milliseconds, and the host. */
    private List<String> join(String roomName, String name, String colour) {
        long start = System.nanoTime();
        room = Room.named(roomName)
                .as(name)
                .types(TYPES)
                .userData(new Profile(colour, false))
                .on(RoomEvent.class, this::report)
                .onRequest(Question.class, (question, from) ->
                        new Answer("\"" + question.text() + "\": " + name + " says yes"))
                .join();
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        return List.of(Long.toString(millis), room.host().name());
    }

    /** Writes at a moment given by the clock that all JVMs of a machine share; returns the moment it was, in microseconds. */
    private String putAt(String epochMillis, String key, String value) {
        long moment = Long.parseLong(epochMillis);
        while (System.currentTimeMillis() < moment) {
            // Spins, for some milliseconds at most: a thread that is woken would come too late by as much as a write takes.
            Thread.onSpinWait();
        }
        Instant now = Instant.now();
        room.sessionData().put(key, value);
        return Long.toString(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
    }

    private String ask(Participant who, String text) {
        return room.request(new Question(text), who, Answer.class, PATIENCE).join().text();
    }

    private void report(RoomEvent event) {
        TourEvents.lines(event).forEach(out::println);
    }

    private Participant find(String name) {
        return room.participants().stream().filter(who -> who.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException(name + " is not in the room"));
    }

    private static Profile profile(Participant who) {
        return who.userData(Profile.class).orElseThrow(
                () -> new IllegalStateException(who.name() + " has no profile"));
    }

    static String hand(Profile profile) {
        return profile.handUp() ? "up" : "down";
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            pairs.put(words.get(i), words.get(i + 1));
        }
        return pairs;
    }
}
