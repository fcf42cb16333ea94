package dev.parlor;

import java.time.Duration;
import java.util.Optional;

/**
 * How long an entry of session data is there. A plain {@code put} gives it none: it is there until somebody removes it. Immutable and
 * thread-safe.
 *
 * <p>It is written with the entry, so every participant, and whoever joins later, goes by the same. When it is over, nothing is sent:
 * each participant stops to show the entry by itself ({@code get}, {@code asMap}, {@code size} and all others go by that), and listeners hear of
 * it with {@link Change.Cause#EXPIRED} or {@link Change.Cause#AUTHOR_LEFT}. Until it is removed for good it counts toward {@link
 * Limits#sessionDataBytes}.
 *
 * <p>Another {@code put} of the key, by anybody, replaces the lifetime with the value: one without a lifetime ends it, one with {@link #of}
 * begins it anew, and one with {@link #whilePresent} binds the entry to who put it last. {@code putIfChanged} of an equal value writes nothing, and
 * so does not begin it anew. A batch is read as one, but what of it has a lifetime ends by itself.
 */
public final class Lifetime {
    /** Shorter, and it might be over before it has arrived. */
    static final Duration SHORTEST = Duration.ofMillis(100);
    /** Ten years; what is to last longer has none. */
    static final Duration LONGEST = Duration.ofDays(3_652);

    private static final Lifetime WHILE_PRESENT = new Lifetime(Optional.empty());

    private final Optional<Duration> duration;

    private Lifetime(Optional<Duration> duration) {
        this.duration = duration;
    }

    /**
     * The entry is there while who put it is present: "Ada edits paragraph 3". Once that participant has left, or has vanished and that has
     * been noticed, nobody sees the entry any more, from the moment on at which {@link ParticipantLeft} is told. In a partition it is seen
     * where its author is, and not in the other parts; once they have met it is seen by all again. A program that joins again is
     * another participant, to which nothing of that belongs. The room's host removes it for good when its author has been gone for the
     * retention ({@link RoomBuilder#retention}).
     *
     * @return this lifetime
     */
    public static Lifetime whilePresent() {
        return WHILE_PRESENT;
    }

    /**
     * The entry is there for a time from when it is put: a reaction, a heartbeat, the last lines of a chat. The time is the room's, which
     * does not leap when a clock is set; each participant stops to show the entry when its part of the room has reached the end, to about
     * a quarter of a second, and whoever was stopped or cut off as soon as it goes on. The room's host removes it for good half a minute later.
     *
     * @param duration 100 ms to ten years; parts of a millisecond are dropped
     * @return this lifetime
     * @throws InvalidArgumentException if it is null, shorter or longer
     */
    public static Lifetime of(Duration duration) {
        if (duration == null || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new InvalidArgumentException("a lifetime must be " + SHORTEST.toMillis() + " ms to " + LONGEST.toDays() + " days, got "
                    + duration + ": put what is to stay without one");
        }
        return new Lifetime(Optional.of(Duration.ofMillis(duration.toMillis())));
    }

    /**
     * For how long the entry is there.
     *
     * @return the time; empty if it is there while its author is present
     */
    public Optional<Duration> duration() {
        return duration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lifetime that && duration.equals(that.duration);
    }

    @Override
    public int hashCode() {
        return duration.hashCode();
    }

    @Override
    public String toString() {
        return duration.map(time -> "for " + time).orElse("while its author is present");
    }
}
