package dev.parlor.internal.wire;

/**
 * A range of versions of the protocol: those that a program speaks, or those in which a frame can be read. It is the second byte
 * of every frame, of whatever version: the lowest in its lower four bits, and in the upper four how many more there are.
 *
 * @param lowest from 1 to 15
 * @param highest at most 15 more than the lowest
 */
public record Versions(int lowest, int highest) {
    /** What this program speaks. */
    public static final Versions SPOKEN = new Versions(1, 1);
    /** What programs speak that say nothing of versions: the first. */
    static final Versions FIRST = new Versions(1, 1);
    private static final int MAX = 15;

    /** A range. */
    public Versions {
        if (lowest < 1 || lowest > MAX || highest < lowest || highest > lowest + MAX) {
            throw new IllegalArgumentException("versions " + lowest + " to " + highest + " of the protocol");
        }
    }

    static Versions of(byte octet) {
        int lowest = octet & MAX;
        return new Versions(lowest, lowest + (octet >>> 4 & MAX));
    }

    byte octet() {
        return (byte) (lowest | (highest - lowest) << 4);
    }

    /** Whether they have a version in common. */
    public boolean meet(Versions other) {
        return lowest <= other.highest && other.lowest <= highest;
    }

    /** Whether they go further than others. */
    public boolean areNewerThan(Versions other) {
        return highest > other.highest;
    }

    /** What is told of somebody who speaks these, of which this program speaks none. */
    public String noneOfOurs() {
        return "speaks " + this + " of Parlor's protocol and this program " + SPOKEN
                + ", so that neither hears the other: update Parlor in " + (areNewerThan(SPOKEN) ? "this program" : "that program");
    }

    @Override
    public String toString() {
        return lowest == highest ? "version " + lowest : "versions " + lowest + " to " + highest;
    }
}
