package dev.parlor.sim;

import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.memory.Budget;
import java.time.Duration;

/** What a schedule is about: some are about everything, some bring out what chance seldom brings out. */
enum Kind {
    /** What a room is for, and its faults: cuts in two, kills, stops, clocks that are wrong. */
    MIXED,
    /** All contend for two keys, and a clear is often all that somebody lacks. */
    TWO_KEYS,
    /** Removed keys are forgotten again and again, though some are stopped, lost or cut off for shorter than is remembered. */
    FORGETTING,
    /** Each value fills a frame, so that what a joiner or a repair gets comes in more parts than may be under way. */
    LARGE_VALUES,
    /**
     * Frames may be late by nearly as much as is allowed for, and participants that join may find nobody at first; merges
     * may leave somebody out.
     */
    SLOW_NETWORK,
    /**
     * Each participant counts on a key that it alone writes, leaves, and counts on after it has joined again. The clocks are
     * right, as on one machine, so the count never goes back.
     */
    COUNTING,
    /** The network falls into three to five parts at once, which meet at once or one after the other. */
    PARTS,
    /** Programs stand still for up to twenty seconds, machines sleep for hours, clocks drift and are set back and forth. */
    CLOCKS,
    /** The executors of the application are slow, stand still or refuse, and equal values are put again and again. */
    BUSY,
    /** After a while nobody does anything any more: little is sent, and nothing is left. */
    QUIET,
    /** All of these together. */
    EVERYTHING,
    /** Three to five parts that each write the same few keys meet at once: each write that is lost is told to all, once. */
    MEETINGS,
    /**
     * Every other program is newer ({@link NewerPrograms}): what it adds to the protocol is skipped by the others, and nothing is
     * missed or refused for it.
     */
    VERSIONS,
    /** Rooms have little memory, and much is said, asked and written while listeners stand still and frames are lost. */
    MEMORY,
    /** What a cut has stopped is sent again ({@link Resending}): what was for one alone comes late, when nobody waits for it any more. */
    RESENT,
    /** Some of what is written lives for a time, or while its author is present, or gives way to every other write ({@link Living}), or is undone. */
    LIVES,
    /** The same, while removed keys are forgotten, and who vanished is not waited for for long. */
    LIVES_FORGETTING,
    /**
     * Much is signalled while frames are lost, late and doubled, and listeners stand still now and then. User data has a pace, and what is
     * said takes along what waits for its time.
     */
    SIGNALS;

    private static final Kind[] BY_SEED = {TWO_KEYS, FORGETTING, MIXED, LIVES, MIXED, LARGE_VALUES, SLOW_NETWORK,
        LIVES, LIVES_FORGETTING, COUNTING, PARTS, CLOCKS, EVERYTHING, BUSY, MEETINGS, QUIET};
    /** In so many rounds of these one seed each is of a kind that is seldom needed; all others are what they always were. */
    private static final int ROUNDS = 4;
    private static final int SELDOM_AT = 4;
    private static final Kind[] SELDOM = {VERSIONS, RESENT, MEMORY, SIGNALS};
    /** After so many seeds the kinds come again. */
    static final int CYCLE = BY_SEED.length * ROUNDS;
    private static final Duration SHORT_RETENTION = Duration.ofSeconds(4);
    /** A participant that is left out of a merge notices so after up to twenty seconds; stops are as long. */
    private static final Duration LONG_RETENTION = Duration.ofSeconds(60);
    /** Longer than any machine sleeps. */
    private static final Duration SLEEPERS_RETENTION = Duration.ofDays(2);
    /** Long enough that much is said while user data waits. */
    private static final Duration USER_DATA_PACE = Duration.ofMillis(700);
    private static final int LARGE_CHARS = 40_000;
    /** A quarter is for messages that wait for listeners: some hundred of them. */
    private static final int LITTLE_MEMORY_BYTES = 128 * 1024;

    static Kind of(long seed) {
        int place = (int) Math.floorMod(seed, (long) CYCLE);
        int round = place / BY_SEED.length;
        if (place % BY_SEED.length == SELDOM_AT) {
            return SELDOM[round];
        }
        return BY_SEED[place % BY_SEED.length];
    }

    Duration retention() {
        return switch (this) {
            case FORGETTING, LIVES_FORGETTING -> SHORT_RETENTION;
            case SLOW_NETWORK, COUNTING, BUSY, MEMORY -> LONG_RETENTION;
            case CLOCKS, EVERYTHING -> SLEEPERS_RETENTION;
            default -> SimPeer.RETENTION;
        };
    }

    /** Whether removed keys are forgotten so soon that cuts must be short, and noticed at once. */
    boolean forgetsSoon() {
        return this == FORGETTING || this == LIVES_FORGETTING;
    }

    /** Whether it has the newer faults: several parts, long stops, clocks that sleep and drift, busy executors. */
    boolean hasNewerFaults() {
        return ordinal() >= COUNTING.ordinal() && this != MEETINGS && this != VERSIONS && this != RESENT && this != SIGNALS
                && !Living.is(this);
    }

    /** Whether participants count on keys of their own. */
    boolean counts() {
        return this == COUNTING || this == EVERYTHING;
    }

    /** Whether participants send signals. */
    boolean signals() {
        return this == SIGNALS || this == VERSIONS;
    }

    /** Whether listeners are told late. */
    boolean hasSlowListeners() {
        return this == SIGNALS || this == BUSY || this == EVERYTHING || this == MEMORY;
    }

    /** What a room may use beside its data. */
    long memoryBytes() {
        return this == MEMORY ? LITTLE_MEMORY_BYTES : Budget.defaultBytes();
    }

    /** How often user data is sent at most. */
    Duration userDataPace() {
        return this == SIGNALS ? USER_DATA_PACE : Duration.ZERO;
    }

    /** Whether all clocks are right, so that whatever is written later has the later stamp. */
    boolean hasRightClocks() {
        return this == COUNTING || this == QUIET;
    }

    /** A value with a text of its own. */
    String value(String text) {
        return this == LARGE_VALUES ? text + ".".repeat(LARGE_CHARS) : text;
    }
}
