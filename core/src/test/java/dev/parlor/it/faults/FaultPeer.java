package dev.parlor.it.faults;

import dev.parlor.Change;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import dev.parlor.Warning;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A participant that writes at random while it is told to ({@link Writing}), and logs what it does and sees. */
public final class FaultPeer {
    /** A message, numbered by the writes of its sender; to the id of one or to all, and after which user data. */
    record Said(String from, int n, String to, int userData) {}

    /** A look at everything takes time that listeners should not take. */
    private static final int LOOK_ONE_IN = 10;
    private static final int FILLING_CHARACTERS = 200;
    /** In place of a stack file: as a user has it. */
    static final String LAN = "lan";

    private final Room room;
    private final PeerLog log;
    private final Onlooker onlooker;
    private final Writing writing;
    /** Listeners may be called before the call that joins has returned, and need what it gives. */
    private final CountDownLatch ready = new CountDownLatch(1);
    private int looked;

    private FaultPeer(String roomName, String name, Path logFile, String stack) throws IOException {
        log = new PeerLog(logFile);
        onlooker = new Onlooker(log);
        RoomBuilder builder = Room.named(roomName).as(name).types(Said.class).userData("u0");
        room = (stack.equals(LAN) ? builder.lan() : builder.stack(stack))
                .on(SessionDataChanged.class, this::onChanges).on(MessageReceived.class, this::onMessage)
                .on(ParticipantJoined.class, event -> whenReady(() -> onlooker.onJoined(event)))
                .on(ParticipantUpdated.class, event -> whenReady(() -> onlooker.onUpdated(event)))
                .on(ParticipantLeft.class, event -> whenReady(() -> onlooker.onLeft(event)))
                .on(Warning.class, this::onWarning)
                .on(MergeReport.class, report -> say("merged " + report.conflicts().size())).join();
        onlooker.joined(room);
        writing = new Writing(room, log, onlooker);
        ready.countDown();
    }

    /** Arguments: room, name, log file, stack file or {@link #LAN}. */
    public static void main(String[] args) throws Exception {
        new FaultPeer(args[0], args[1], Path.of(args[2]), args[3]).run();
    }

    private void run() throws IOException {
        Thread writer = new Thread(writing, "writes");
        writer.setDaemon(true);
        writer.start();
        say("ready " + room.sessionData().size());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command; (command = in.readLine()) != null && !command.equals("quit");) {
            String[] words = command.split(" ");
            say("re:" + words[0] + " " + answer(words));
        }
        awaitEvents();
        room.close();
        dump();
        say("closed");
    }

    private String answer(String[] words) {
        switch (words[0]) {
            case "write" -> {
                writing.begin();
                return "";
            }
            case "rest" -> {
                writing.rest();
                return "";
            }
            case "state" -> {
                var stats = room.stats();
                return room.participants().size() + " " + stats.inSync() + " " + Long.toHexString(stats.digest());
            }
            case "roster" -> {
                return room.participants().stream().map(each -> each.id() + "=" + Onlooker.data(each)).sorted()
                        .collect(Collectors.joining(" "));
            }
            case "look" -> {
                awaitEvents();
                onlooker.tellRest(words[1]);
                return "";
            }
            case "host" -> {
                return room.host().name();
            }
            case "lose" -> {
                Lossy.lose(Integer.parseInt(words[1]));
                return "";
            }
            case "fatal" -> {
                Lossy.endWhenServing(Path.of(words[1]));
                return "";
            }
            case "harmless" -> {
                Lossy.goOnServing();
                return "";
            }
            case "fill" -> {
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    room.sessionData().put("fill/" + i, "x".repeat(FILLING_CHARACTERS));
                }
                return "";
            }
            case "stats" -> {
                return room.stats().toString();
            }
            default -> {
                return "unknown";
            }
        }
    }

    /** Waits until everything has been told that had happened by now: what a close does not wait for is not told. */
    private void awaitEvents() {
        CountDownLatch told = new CountDownLatch(1);
        try (Subscription last = room.sessionData().bind("nothing", value -> told.countDown())) {
            if (!told.await(30, TimeUnit.SECONDS)) {
                say("events are still waiting for " + last);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- seeing

    private void whenReady(Runnable action) {
        try {
            ready.await();
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onChanges(SessionDataChanged event) {
        for (Change change : event.changes()) {
            log.line("E", change.key(), change.oldValue().orElse("-"), change.newValue().orElse("-"));
            if (change.key().startsWith("pair/") && looked++ % LOOK_ONE_IN == 0) {
                whenReady(() -> lookAtPair(change.key().substring(0, change.key().length() - 1)));
            }
        }
    }

    private void lookAtPair(String pair) {
        var held = room.sessionData().snapshot();
        if (!Objects.equals(held.get(pair + "a"), held.get(pair + "b"))) {
            log.line("T", pair, held.get(pair + "a"), held.get(pair + "b"));
        }
    }

    private void onMessage(MessageReceived event) {
        if (event.payload() instanceof Said said) {
            whenReady(() -> log.line("M", event.from().id(), said.n(), said.to(), onlooker.count(said.from()),
                    Onlooker.data(event.from()), "u" + said.userData(), System.currentTimeMillis()));
        }
    }

    private void onWarning(Warning warning) {
        log.line("W", warning.kind(), System.currentTimeMillis(), warning.message().replaceAll("\\s+", " "));
    }

    private void dump() {
        room.sessionData().snapshot().forEach((key, value) -> log.line("S", key, value));
        log.line("Z");
        log.close();
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
