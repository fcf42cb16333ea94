package dev.parlor.bench.peer;

import dev.parlor.Room;
import dev.parlor.Subscription;
import dev.parlor.bench.candidate.Place;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A room with many values shown, as a table has them: what its event thread takes while they change at a steady rate. */
final class Binds {
    private static final String END = "end";
    private static final long PATIENCE_SECONDS = 120;
    /** Puts between two looks at the clock: at 10,000 a second one look a millisecond. */
    private static final int BURST = 10;
    /** Until the first values are shown and what changes does so steadily. */
    private static final int WARM_SECONDS = 1;

    private final Place place;
    private final AtomicLong told = new AtomicLong();
    /** What ends the run: told after all changes before it. */
    private volatile CompletableFuture<Void> end;
    private int round;

    Binds(Place place) {
        this.place = place;
    }

    /**
     * Binds so many keys, and writes keys in turn.
     *
     * @param keys how many are written, the bound ones first
     * @return CPU of the event thread in percent of a core; changes told a second; milliseconds that the last change came late;
     *     milliseconds that the registrations took, and their ends
     */
    String run(int binds, int keys, int changesASecond, int seconds) throws Exception {
        ExecutorService events = Executors.newSingleThreadExecutor();
        try (Room room = Room.named(place.name() + place.port() + "-binds-" + round++).as("bench")
                .stack("classpath:parlor-stacks/in-jvm.xml").deliverOn(events).join()) {
            long thread = events.submit(() -> Thread.currentThread().getId()).get();
            room.sessionData().onChange(END, change -> end.complete(null));
            long begin = System.nanoTime();
            List<Subscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < binds; i++) {
                subscriptions.add(room.sessionData().bind(key(i), value -> told.incrementAndGet()));
            }
            double registering = (System.nanoTime() - begin) / 1e6;
            write(room, keys, changesASecond, WARM_SECONDS);
            long toldBefore = told.get();
            long cpuBefore = cpu(thread);
            begin = System.nanoTime();
            double late = write(room, keys, changesASecond, seconds);
            double took = System.nanoTime() - begin;
            double share = 100 * (cpu(thread) - cpuBefore) / took;
            double rate = (told.get() - toldBefore) * 1e9 / took;
            begin = System.nanoTime();
            subscriptions.forEach(Subscription::close);
            double ending = (System.nanoTime() - begin) / 1e6;
            return share + " " + rate + " " + late + " " + registering + " " + ending;
        } finally {
            events.shutdown();
        }
    }

    /** Writes at a rate; gives the milliseconds from the last put until it was told, when all before it had been. */
    private double write(Room room, int keys, int changesASecond, int seconds) throws Exception {
        end = new CompletableFuture<>();
        String[] names = new String[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = key(i);
        }
        long begin = System.nanoTime();
        int count = changesASecond * seconds;
        for (int i = 0; i < count; i++) {
            if (i % BURST == 0) {
                long due = begin + i * 1_000_000_000L / changesASecond;
                for (long left; (left = due - System.nanoTime()) > 0;) {
                    LockSupport.parkNanos(left);
                }
            }
            room.sessionData().put(names[i % keys], "value " + begin + i);
        }
        long last = System.nanoTime();
        room.sessionData().put(END, last);
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return (System.nanoTime() - last) / 1e6;
    }

    private static String key(int number) {
        return String.format("cell-%08d", number);
    }

    private static long cpu(long thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
    }
}
