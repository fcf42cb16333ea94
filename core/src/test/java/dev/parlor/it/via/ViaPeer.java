package dev.parlor.it.via;

import dev.parlor.JoinException;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.Warning;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A participant that reaches others by routers, and does and tells what it is asked by lines. */
public final class ViaPeer {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MESSAGE_CHARACTERS = 1_000;

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private Room room;

    private ViaPeer() {}

    /** Arguments: room, name, passphrase or "-", routers. */
    public static void main(String[] args) throws IOException {
        new ViaPeer().run(args);
    }

    private void run(String[] args) throws IOException {
        RoomBuilder builder = Room.named(args[0]).as(args[1]).via(args[3].split(","))
                .on(ParticipantLeft.class, event -> left.incrementAndGet())
                .on(MessageReceived.class, event -> heard.incrementAndGet())
                .on(Warning.class, this::onWarning);
        if (!args[2].equals("-")) {
            builder.passphrase(args[2].toCharArray());
        }
        long begin = System.nanoTime();
        try {
            room = builder.join();
        } catch (JoinException e) {
            System.out.println("refused " + e.reason() + " after " + millisSince(begin) + " ms: " + e.getMessage());
            return;
        }
        System.out.println("ready " + millisSince(begin));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null && !line.equals("forget");) {
            String[] words = line.split(" ");
            System.out.println("re:" + words[0] + " " + answer(words));
        }
        // The room is left open: the program ends all the same.
    }

    private void onWarning(Warning warning) {
        System.out.println("warning " + warning);
        if (warning.kind() == Warning.Kind.ROUTERS_LOST) {
            lost.incrementAndGet();
        }
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "put" -> {
                room.sessionData().put(words[1], words[2]);
                yield "";
            }
            case "has" -> String.valueOf(room.sessionData().containsKey(words[1]));
            case "state" -> new TreeMap<>(room.sessionData().asMap()).toString();
            case "members" -> String.valueOf(room.participants().size());
            case "status" -> room.status().toString();
            case "left" -> String.valueOf(left.get());
            case "lost" -> String.valueOf(lost.get());
            case "heard" -> String.valueOf(heard.get());
            case "strangers" -> String.valueOf(room.stats().strangersRefused() > 0);
            case "network" -> room.network().toString();
            case "messages" -> {
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    room.send("x".repeat(MESSAGE_CHARACTERS));
                }
                yield "";
            }
            case "flush" -> {
                long begin = System.nanoTime();
                room.flush(LONG);
                yield String.valueOf((System.nanoTime() - begin) / 1_000);
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
