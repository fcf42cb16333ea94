package dev.parlor.internal.session;

/**
 * When and by whom something was written: the order in which conflicts are settled, the same everywhere.
 *
 * @param time hybrid logical time: 48 bits of milliseconds and 16 of counter, 0 to {@link #MAX_TIME}
 * @param author the participant's id, 1 to {@link #MAX_AUTHOR}; random for each join, so that no two writers share one
 */
public record Stamp(long time, long author) implements Comparable<Stamp> {
    /** Before every stamp that anybody makes. */
    public static final Stamp ZERO = new Stamp(0, 0);
    /** Ids have 62 bits; the values above are kept for stamps that sort after every author (compaction). */
    public static final long MAX_AUTHOR = (1L << 62) - 1;
    /** The greatest time taken from the wire, so that adding to it can never overflow. */
    public static final long MAX_TIME = (1L << 62) - 1;
    /** How many bits of a time count events within one millisecond. */
    public static final int COUNTER_BITS = 16;

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(author, other.author);
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
