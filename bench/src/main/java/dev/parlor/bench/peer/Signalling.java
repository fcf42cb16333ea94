package dev.parlor.bench.peer;

import dev.parlor.Room;
import dev.parlor.RoomStats;
import dev.parlor.bench.candidate.Place;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/** Participants of one room in this JVM, which signal, put, or time what others put. */
final class Signalling {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BYTES = 24;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final int KEYS = 1_000;

    private final Place place;
    private final List<Room> rooms = new ArrayList<>();
    private final Delays delays = new Delays();
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean moving;
    private Thread mover;

    Signalling(Place place) {
        this.place = place;
    }

    Object run(String what, int number) throws Exception {
        return switch (what) {
            case "rooms" -> join(number);
            case "await" -> rooms.get(0).awaitParticipants(number, PATIENCE).size();
            case "listen" -> {
                rooms.get(0).onSignal(byte[].class, (payload, from) -> heard.incrementAndGet());
                rooms.get(0).sessionData().onChange(change -> change.newValue().ifPresent(value ->
                        delays.add(System.nanoTime() - Data.numberOf((byte[]) value))));
                yield "";
            }
            case "move" -> move(number);
            case "stop" -> stop();
            case "put" -> put(number);
            case "times" -> times(number);
            case "signals" -> sum(RoomStats::signalsSent) + " " + heard.getAndSet(0);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private String join(int count) {
        List<CompletableFuture<Room>> joins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            joins.add(Room.named(place.name() + place.port() + "-signals").as("bench" + i).joinAsync());
        }
        joins.forEach(each -> rooms.add(each.join()));
        return "";
    }

    /** Has each signal so many times a second, one after the other and not all at once. */
    private String move(int aSecond) {
        moving = true;
        mover = new Thread(() -> {
            long step = NANOS_A_SECOND / aSecond / rooms.size();
            long next = System.nanoTime();
            for (long number = 0; moving; number++) {
                rooms.get((int) (number % rooms.size())).signal(ByteBuffer.allocate(BYTES).putLong(number).array());
                next += step;
                LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
            }
        }, "moves");
        mover.start();
        return "";
    }

    private String stop() throws InterruptedException {
        moving = false;
        mover.join();
        return "";
    }

    /** Puts keys at an even pace; gives how many frames a second that took. */
    private double put(int count) {
        Room room = rooms.get(0);
        long before = room.stats().framesSent();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            room.sessionData().put(Data.key(1, i % KEYS), Data.numbered(System.nanoTime(), 100));
            LockSupport.parkNanos(500_000);
        }
        return (room.stats().framesSent() - before) * 1e9 / (System.nanoTime() - begin);
    }

    /** How long the puts of others took, once so many have been heard. */
    private String times(int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (delays.count() < count && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        String spread = delays.spread();
        delays.clear();
        return spread + " " + sum(RoomStats::framesMissed);
    }

    private long sum(ToLongFunction<RoomStats> of) {
        return rooms.stream().map(Room::stats).mapToLong(of).sum();
    }
}
