package dev.parlor.bench.peer;

import dev.parlor.Room;
import dev.parlor.bench.candidate.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Many rooms, or many participants of one room, in this JVM. They stay until it ends. */
final class Crowd {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Puts whose way to everybody is timed; the median counts. */
    private static final int PUTS = 21;

    private final Place place;
    private final List<Room> rooms = new ArrayList<>();

    Crowd(Place place) {
        this.place = place;
    }

    /** Opens rooms, all at once; gives the milliseconds until all are open. */
    String rooms(int count) {
        long begin = System.nanoTime();
        List<CompletableFuture<Room>> joins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            joins.add(Room.named(place.name() + place.port() + "-" + i).as("bench").joinTimeout(PATIENCE).joinAsync());
        }
        joins.forEach(join -> rooms.add(join.join()));
        return Double.toString((System.nanoTime() - begin) / 1e6);
    }

    /**
     * Has so many join one room on the stack for tests; gives the milliseconds until all see all, the first time and another
     * time, and of a put to all.
     */
    String participants(int count) throws Exception {
        double cold = together("cold", count);
        rooms.parallelStream().forEach(Room::close);
        rooms.clear();
        double warm = together("warm", count);
        Delays puts = new Delays();
        for (int i = 0; i < PUTS; i++) {
            puts.add(putToAll("crowd-" + i));
        }
        return cold + " " + warm + " " + puts.spread();
    }

    private double together(String name, int count) {
        long begin = System.nanoTime();
        List<CompletableFuture<Room>> joins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            joins.add(Room.named(place.name() + place.port() + name).as("bench" + i)
                    .stack("classpath:parlor-stacks/in-jvm.xml").joinTimeout(PATIENCE).joinAsync());
        }
        joins.forEach(join -> rooms.add(join.join()));
        rooms.forEach(room -> room.awaitParticipants(count, PATIENCE));
        return (System.nanoTime() - begin) / 1e6;
    }

    private long putToAll(String key) throws Exception {
        CountDownLatch there = new CountDownLatch(rooms.size());
        rooms.forEach(room -> room.sessionData().when(key, value -> true).thenRun(there::countDown));
        long begin = System.nanoTime();
        rooms.get(0).sessionData().put(key, "value");
        if (!there.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new TimeoutException("a put did not reach all");
        }
        return System.nanoTime() - begin;
    }
}
