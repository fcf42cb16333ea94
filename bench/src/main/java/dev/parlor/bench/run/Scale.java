package dev.parlor.bench.run;

/**
 * How much work a run is.
 *
 * @param rounds how often everything is measured; the median counts
 * @param keys new keys a round
 * @param warmKeys keys written before the clock runs, twice
 * @param hotWrites overwrites of the hot keys
 * @param delays puts and messages whose way is timed
 * @param messages messages sent as fast as can be
 * @param stoppedSeconds how long a receiver is stopped
 * @param idleSeconds how long idle members are watched
 * @param crowd how many rooms are opened in one JVM, and how many participants join one room
 */
public record Scale(int rounds, int keys, int warmKeys, int hotWrites, int delays, int messages, int stoppedSeconds,
        int idleSeconds, int crowd) {
    /** Everything within two minutes. */
    public static Scale quick() {
        return new Scale(1, 50_000, 25_000, 100_000, 800, 50_000, 4, 3, 100);
    }

    /** The figures that are told. */
    public static Scale full() {
        return new Scale(3, 100_000, 50_000, 200_000, 3_000, 200_000, 10, 10, 100);
    }

    /** The same in another number of rounds. */
    public Scale ofRounds(int number) {
        return new Scale(number, keys, warmKeys, hotWrites, delays, messages, stoppedSeconds, idleSeconds, crowd);
    }
}
