package dev.parlor;

import java.util.Random;

/** Random cases that can be repeated: the seed is printed, and set with {@code -Dparlor.seed=N}. */
public final class SeededRandom {
    private SeededRandom() {}

    /** A generator for one test. */
    public static Random of(Object test) {
        long seed = Long.getLong("parlor.seed", System.nanoTime());
        System.out.println(test.getClass().getSimpleName() + ": repeat with -Dparlor.seed=" + seed);
        return new Random(seed);
    }
}
