package dev.parlor.sim;

import dev.parlor.internal.room.SimPeer;
import java.time.Duration;

/** What a schedule is about: most are about everything, some bring out what chance seldom brings out. */
enum Kind {
    /** Everything. */
    MIXED,
    /** All contend for two keys, and a clear is often all that somebody lacks. */
    TWO_KEYS,
    /** Removed keys are forgotten again and again, though some are stopped, lost or cut off for shorter than is remembered. */
    FORGETTING,
    /** Each value fills a frame, so that what a joiner or a repair gets comes in more parts than may be under way. */
    LARGE_VALUES,
    /**
     * Frames may be late by nearly as much as is allowed for, and who joins may find nobody at first; merges may leave
     * somebody out.
     */
    SLOW_NETWORK;

    /** Of so many schedules one is of each special kind. */
    private static final int KINDS = 7;
    private static final Duration SHORT_RETENTION = Duration.ofSeconds(4);
    /** Whoever is left out of a merge notices so after up to twenty seconds. */
    private static final Duration LONG_RETENTION = Duration.ofSeconds(60);
    private static final int LARGE_CHARS = 40_000;

    static Kind of(long seed) {
        return switch ((int) Math.floorMod(seed, (long) KINDS)) {
            case 0 -> TWO_KEYS;
            case 1 -> FORGETTING;
            case 5 -> LARGE_VALUES;
            case 6 -> SLOW_NETWORK;
            default -> MIXED;
        };
    }

    Duration retention() {
        return switch (this) {
            case FORGETTING -> SHORT_RETENTION;
            case SLOW_NETWORK -> LONG_RETENTION;
            default -> SimPeer.RETENTION;
        };
    }

    /** A value with a text of its own. */
    String value(String text) {
        return this == LARGE_VALUES ? text + ".".repeat(LARGE_CHARS) : text;
    }
}
