package dev.parlor.testkit.internal.medium;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is wrong with a network: who cannot reach whom, and what happens to what is sent. Thread-safe. */
public final class Faults {
    /** Of who is on no side that was named. */
    static final int FIRST_SIDE = 0;

    private record Link(long from, long to) {}

    private final Random random;
    private final Map<Long, Integer> sides = new HashMap<>();
    private final Map<Link, Duration> delays = new HashMap<>();
    private Duration delay = Duration.ZERO;
    private int lastAlone = FIRST_SIDE;
    private double lost;
    private double doubled;

    /** What becomes of one packet: how many copies arrive, and how much later. */
    record Fate(int copies, long delayNanos) {
        static final Fate LOST = new Fate(0, 0);
        static final Fate FINE = new Fate(1, 0);
    }

    public Faults(long seed) {
        random = new Random(seed);
    }

    /** Each of these is a side; who is in none is on the first. */
    public synchronized void partition(List<? extends Collection<Long>> parts) {
        sides.clear();
        for (int i = 0; i < parts.size(); i++) {
            int side = FIRST_SIDE + i;
            parts.get(i).forEach(member -> sides.put(member, side));
        }
    }

    /** On a side that nobody else is on. */
    public synchronized void isolate(long member) {
        sides.put(member, --lastAlone);
    }

    public synchronized void heal() {
        sides.clear();
    }

    private int sideOf(long member) {
        return sides.getOrDefault(member, FIRST_SIDE);
    }

    /** On which side each is who is not on the first. */
    synchronized Map<Long, Integer> sides() {
        return Map.copyOf(sides);
    }

    public synchronized void delay(Duration by) {
        delay = by;
        delays.clear();
    }

    public synchronized void delay(long from, long to, Duration by) {
        delays.put(new Link(from, to), by);
    }

    public synchronized void lose(double share) {
        lost = share;
    }

    public synchronized void duplicate(double share) {
        doubled = share;
    }

    public synchronized boolean reach(long from, long to) {
        return sideOf(from) == sideOf(to);
    }

    /** What becomes of a packet that one sends to another now. */
    synchronized Fate fate(long from, long to) {
        if (!reach(from, to) || lost > 0 && random.nextDouble() < lost) {
            return Fate.LOST;
        }
        int copies = doubled > 0 && random.nextDouble() < doubled ? 2 : 1;
        Duration by = delays.getOrDefault(new Link(from, to), delay);
        return copies == 1 && by.isZero() ? Fate.FINE : new Fate(copies, by.toNanos());
    }

    /** A number from 0 to below a bound, of the network's chance. */
    synchronized long chance(long bound) {
        return (long) (random.nextDouble() * bound);
    }
}
