package dev.parlor.demo.tour;

import dev.parlor.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long joining takes in a JVM that has done it before: what a program sees that has long been running.
 *
 * @param firstMillis the median for who comes into an empty room
 * @param secondMillis the median for who comes next
 */
record JoinTimes(long firstMillis, long secondMillis) {
    static final int RUNS = 5;

    /** Joins and leaves a scratch room with two participants, once to warm up and {@link #RUNS} times to measure. */
    static JoinTimes measure(String roomName) {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            long start = System.nanoTime();
            try (Room one = Room.named(roomName + "-" + run).as("one").join()) {
                long between = System.nanoTime();
                try (Room two = Room.named(one.name()).as("two").join()) {
                    long end = System.nanoTime();
                    if (run > 0 && two.participants().size() == 2) {
                        first.add(between - start);
                        second.add(end - between);
                    }
                }
            }
        }
        if (first.isEmpty()) {
            throw new TourStoppedException("two participants of the scratch room " + roomName + " did not meet");
        }
        return new JoinTimes(medianMillis(first), medianMillis(second));
    }

    private static long medianMillis(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get(sorted.size() / 2)).toMillis();
    }
}
