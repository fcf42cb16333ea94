package dev.parlor;

/**
 * Who a participant is: random for each join, so a program that joins again is a new participant and is never
 * mistaken for its former self. Immutable and thread-safe.
 *
 * @param value 62 random bits, never zero
 */
public record ParticipantId(long value) implements Comparable<ParticipantId> {
    /** How many base-32 digits hold 62 bits. */
    private static final int DIGITS = 13;

    @Override
    public int compareTo(ParticipantId other) {
        return Long.compare(value, Require.id(other).value);
    }

    /** The id as 13 digits of base 32, the same everywhere. */
    @Override
    public String toString() {
        String digits = Long.toUnsignedString(value, 32);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
