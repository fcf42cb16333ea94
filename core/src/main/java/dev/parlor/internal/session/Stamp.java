package dev.parlor.internal.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When and by whom something was written: the order in which conflicts are settled, the same everywhere.
 *
 * @param time hybrid logical time: 48 bits of milliseconds and 16 of counter, 0 to {@link #MAX_TIME}
 * @param author the participant's id, 1 to {@link #MAX_AUTHOR}; random for each join, so that no two writers share one.
 *     Or {@link #LO} or {@link #HI} if a compaction made it
 * @param origin the stamp an entry was written with, if a compaction has given it another; else null
 */
public record Stamp(long time, long author, @Nullable Stamp origin) implements Comparable<Stamp> {
    /** Before every stamp that anybody makes. */
    public static final Stamp ZERO = new Stamp(0, 0);
    /** Ids have 62 bits; the values above are kept for stamps that sort after every author. */
    public static final long MAX_AUTHOR = (1L << 62) - 1;
    /** The author of the clear that a compaction makes: after every participant's stamp of that time. */
    public static final long LO = MAX_AUTHOR + 1;
    /** The author of what a compaction keeps: after its clear. */
    public static final long HI = MAX_AUTHOR + 2;
    /** The greatest time taken from the wire, so that adding to it can never overflow. */
    public static final long MAX_TIME = (1L << 62) - 1;
    /** How many bits of a time count events within one millisecond. */
    public static final int COUNTER_BITS = 16;

    /** A stamp as a writer makes it. */
    public Stamp(long time, long author) {
        this(time, author, null);
    }

    /** The stamp that a compaction at a time gives to what it keeps. */
    Stamp compactedAt(long at) {
        return new Stamp(at, HI, written());
    }

    /** The stamp it was written with. */
    public Stamp written() {
        return origin == null ? this : origin;
    }

    @Override
    public int compareTo(Stamp other) {
        int order = Long.compare(time, other.time);
        if (order == 0) {
            order = Long.compare(author, other.author);
        }
        if (order == 0 && origin != other.origin) {
            // Two compactions of one time that kept different writes: the newer write, as without them.
            order = origin == null ? -1 : other.origin == null ? 1 : origin.compareTo(other.origin);
        }
        return order;
    }

    /**
     * Written out: the JDK up to version 19 makes these methods of a record by way of a cache of its own, which holds the class of
     * such a component, and by it the class loader of whoever used Parlor last, for ever.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Stamp stamp && time == stamp.time && author == stamp.author
                && Objects.equals(origin, stamp.origin);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(time) + Long.hashCode(author)) + Objects.hashCode(origin);
    }

    /** Whether this is newer than the other. */
    public boolean after(Stamp other) {
        return compareTo(other) > 0;
    }

    /** The wall-clock part, in milliseconds since 1970. */
    public long millis() {
        return time >>> COUNTER_BITS;
    }
}
