package dev.parlor.it.faults;

import dev.parlor.Change;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.ParlorException;
import dev.parlor.Room;
import dev.parlor.SessionDataChanged;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A participant that writes at random while it is told to, and logs everything that it does and sees, a line each, with
 * tabs: {@code P key value} put, {@code R key} removed, {@code B key value} put as one of a pair, {@code A n others time}
 * the others, so many, have confirmed the first n writes, {@code E key old new} heard, {@code M from n} message heard, {@code S key value}
 * held at the end, {@code T …} seen torn.
 */
public final class FaultPeer {
    /** A message, counted by its sender. */
    record Said(String from, int n) {}

    private static final int SHARED_KEYS = 50;
    private static final int PAIRS = 10;
    /** A look at everything takes time that listeners should not take. */
    private static final int LOOK_ONE_IN = 10;
    private static final int MAX_OWN = 200;
    private static final long PAUSE_NANOS = 8_000_000L;
    private static final Duration FLUSH = Duration.ofSeconds(3);

    private final Room room;
    private final PrintWriter log;
    private final String me;
    private final Random random = new Random();
    private volatile boolean writing;
    private volatile boolean idle = true;
    private int own;
    private int oldest;
    private int writes;
    private int said;
    private int looked;
    private long flushedNanos;

    private FaultPeer(String roomName, String name, Path logFile, Path stack) throws IOException {
        log = new PrintWriter(Files.newBufferedWriter(logFile, StandardCharsets.UTF_8));
        room = Room.named(roomName).as(name).types(Said.class).userData("u0").stack(stack.toString())
                .on(SessionDataChanged.class, this::onChanges).on(MessageReceived.class, this::onMessage)
                .on(MergeReport.class, report -> say("merged " + report.conflicts().size())).join();
        me = room.me().id().toString();
        line("J", me);
    }

    /** Arguments: room, name, log file, stack file. */
    public static void main(String[] args) throws Exception {
        new FaultPeer(args[0], args[1], Path.of(args[2]), Path.of(args[3])).run();
    }

    private void run() throws IOException {
        Thread writer = new Thread(this::write, "writes");
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
                idle = false;
                writing = true;
                return "";
            }
            case "rest" -> {
                writing = false;
                while (!idle) {
                    Thread.onSpinWait();
                }
                return "";
            }
            case "state" -> {
                var stats = room.stats();
                return room.participants().size() + " " + stats.inSync() + " " + Long.toHexString(stats.digest());
            }
            case "host" -> {
                return room.host().name();
            }
            case "lose" -> {
                Lossy.lose(Integer.parseInt(words[1]));
                return "";
            }
            case "fatal" -> {
                Lossy.endWhenServing(Boolean.parseBoolean(words[1]));
                return "";
            }
            case "fill" -> {
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    room.sessionData().put("fill/" + i, "x".repeat(200));
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
        room.sessionData().bind("nothing", value -> told.countDown());
        try {
            if (!told.await(30, TimeUnit.SECONDS)) {
                say("events are still waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- doing

    private void write() {
        while (true) {
            if (!writing) {
                idle = true;
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            idle = false;
            try {
                writeOne();
            } catch (ParlorException closed) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void writeOne() {
        writes++;
        int what = random.nextInt(10);
        if (what < 3) {
            String key = "own/" + me + "/" + own;
            line("P", key, own);
            room.sessionData().put(key, own++);
            if (own - oldest > MAX_OWN) {
                String old = "own/" + me + "/" + oldest++;
                line("R", old);
                room.sessionData().remove(old);
            }
        } else if (what < 7) {
            String key = "shared/" + random.nextInt(SHARED_KEYS);
            String value = me + ":" + writes;
            line("P", key, value);
            room.sessionData().put(key, value);
        } else if (what == 7) {
            String key = "shared/" + random.nextInt(SHARED_KEYS);
            line("R", key);
            room.sessionData().remove(key);
        } else if (what == 8) {
            String pair = "pair/" + random.nextInt(PAIRS);
            String value = me + ":" + writes;
            line("B", pair, value);
            room.sessionData().update(batch -> batch.put(pair + "/a", value).put(pair + "/b", value));
        } else {
            room.setUserData("u" + writes);
            room.send(new Said(me, ++said));
        }
        if (System.nanoTime() - flushedNanos > FLUSH.toNanos() / 6) {
            flushedNanos = System.nanoTime();
            int upTo = writes;
            int others = room.participants().size() - 1;
            room.flushAsync(FLUSH).thenRun(() -> line("A", upTo, others, System.currentTimeMillis()));
        }
        line("N", writes);
    }

    // ---- seeing

    private void onChanges(SessionDataChanged event) {
        for (Change change : event.changes()) {
            line("E", change.key(), change.oldValue().orElse("-"), change.newValue().orElse("-"));
            if (change.key().startsWith("pair/") && looked++ % LOOK_ONE_IN == 0) {
                String pair = change.key().substring(0, change.key().length() - 1);
                var held = room.sessionData().snapshot();
                if (!java.util.Objects.equals(held.get(pair + "a"), held.get(pair + "b"))) {
                    line("T", pair, held.get(pair + "a"), held.get(pair + "b"));
                }
            }
        }
    }

    private void onMessage(MessageReceived event) {
        if (event.payload() instanceof Said message) {
            line("M", message.from(), message.n());
        }
    }

    private void dump() {
        room.sessionData().snapshot().forEach((key, value) -> line("S", key, value));
        line("Z");
        log.close();
    }

    private synchronized void line(Object... words) {
        StringBuilder text = new StringBuilder();
        for (Object word : words) {
            text.append(text.length() == 0 ? "" : "\t").append(word);
        }
        log.println(text);
        if (words[0].equals("A") || words[0].equals("N")) {
            log.flush();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
