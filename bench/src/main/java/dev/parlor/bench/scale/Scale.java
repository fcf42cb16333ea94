package dev.parlor.bench.scale;

/**
 * How much work a run is.
 *
 * @param rounds how often everything is measured; the median counts
 * @param warmUps how often everything that counts how much a second is done before the clock runs: a JVM takes about ten
 *     times to compile what matters
 * @param repeats how often it is measured in a round, in the same JVMs
 * @param firstKeys new keys, and overwrites, in JVMs that have just started
 * @param longer how many times more of them once more
 * @param keys new keys each time
 * @param warmKeys new keys each time before the clock runs
 * @param hotWrites overwrites of the hot keys
 * @param delays puts and messages whose way is timed
 * @param messages messages sent as fast as can be
 * @param stoppedSeconds how long a receiver is stopped
 * @param settleSeconds how long members rest before they are watched: a room that has just begun is still busy with that, and
 *     its threads wait some seconds for more to do
 * @param idleSeconds how long idle members, and the thread of listeners, are watched
 * @param crowd how many rooms are opened in one JVM at once, and how many participants join one room
 * @param rooms how many rooms are opened in one JVM that has just started, one after the other
 * @param large how many JVMs join one room at once; 0 for none
 * @param pairs how often a room with a passphrase is measured beside an open one
 * @param steady how much is written at a steady pace
 */
public record Scale(int rounds, int warmUps, int repeats, int firstKeys, int longer, int keys, int warmKeys, int hotWrites, int delays, int messages,
        int stoppedSeconds, int settleSeconds, int idleSeconds, int crowd, int rooms, int large, int pairs, Steady steady) {
    /**
     * A room of many entries that is written at a steady pace.
     *
     * @param entries how many there are
     * @param seconds how long they are written
     * @param writes by all together in a second
     */
    public record Steady(int entries, int seconds, int writes) {
        private static final Steady QUICK = new Steady(100_000, 20, 10_000);
        private static final Steady FULL = new Steady(1_000_000, 600, 10_000);
    }

    /** Everything within two minutes. */
    public static Scale quick() {
        return new Scale(1, 4, 3, 50_000, 2, 50_000, 25_000, 100_000, 800, 50_000, 4, 3, 3, 100, 5, 0, 5, Steady.QUICK);
    }

    /** The figures that are told. */
    public static Scale full() {
        return new Scale(3, 8, 3, 50_000, 10, 100_000, 40_000, 200_000, 3_000, 100_000, 10, 12, 10, 100, 20, 30, 7, Steady.FULL);
    }

    /** The same with other sizes of what can be told by the command line. */
    public Scale sized(int numberOfRounds, int inOneJvm, int jvms, Steady written) {
        return new Scale(numberOfRounds, warmUps, repeats, firstKeys, longer, keys, warmKeys, hotWrites, delays, messages, stoppedSeconds,
                settleSeconds, idleSeconds, inOneJvm, rooms, jvms, pairs, written);
    }
}
