package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Participant;
import dev.parlor.Room;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Prints how long joins take in a warm JVM. Not asserted: machines differ. */
class JoinTimesIT {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    @Test
    void printsHowLongAJoinTakes() {
        double[] first = new double[ROUNDS], second = new double[ROUNDS], third = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            String name = "times-" + UUID.randomUUID();
            long t0 = System.nanoTime();
            try (Room a = Room.named(name).as("a").join()) {
                long t1 = System.nanoTime();
                try (Room b = Room.named(name).as("b").join()) {
                    long t2 = System.nanoTime();
                    try (Room c = Room.named(name).as("c").join()) {
                        long t3 = System.nanoTime();
                        assertThat(c.participants()).extracting(Participant::id).contains(a.me().id(), b.me().id());
                        if (i >= 0) {
                            first[i] = (t1 - t0) / 1e6;
                            second[i] = (t2 - t1) / 1e6;
                            third[i] = (t3 - t2) / 1e6;
                        }
                    }
                }
            }
        }
        System.out.printf("join() on this machine, warm JVM, median of %d: first participant %.0f ms, second %.0f ms, "
                + "third %.0f ms%n", ROUNDS, median(first), median(second), median(third));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
