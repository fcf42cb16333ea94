package dev.parlor.internal.machine.clocksync;

/**
 * How far the room's time is ahead of our clock, in milliseconds, as far as answers to questions tell (Cristian 1989): an
 * answer was made at some moment between question and arrival. Immutable.
 *
 * @param least if it came at once
 * @param most if it was made as soon as the question was asked
 */
public record ClockOffset(long least, long most) {
    /** What is known no better than so is asked again: a program or a machine stood still between question and answer. */
    private static final long VAGUE_MILLIS = 500;
    /** Participants whose clocks agree differ by as much in the room's time ({@link Clocks}), and by the rounding to milliseconds. */
    private static final long AGREE_MILLIS = 20;

    /** What an answer tells to the first of our questions, which was asked so long ago, or to a later one. */
    public static ClockOffset ofAnswer(long least, long waitedMillis) {
        return new ClockOffset(least, least + waitedMillis);
    }

    /** What two answers tell together. If they contradict each other, a clock was set meanwhile: the later is believed. */
    public ClockOffset narrowedBy(ClockOffset later) {
        long atLeast = Math.max(least, later.least);
        long atMost = Math.min(most, later.most);
        return atLeast <= atMost ? new ClockOffset(atLeast, atMost) : later;
    }

    /** Whether too little is known to say more than that the clocks may agree. */
    public boolean isVague() {
        return !mayBeNone() && most - least > VAGUE_MILLIS;
    }

    private boolean mayBeNone() {
        return least <= AGREE_MILLIS && most >= -AGREE_MILLIS;
    }

    /** How much the clocks differ at least, whichever of them is ahead. */
    public long surely() {
        return least > 0 ? least : Math.min(most, 0);
    }

    /** None if that may be, so that the delay of an answer is not mistaken for a difference of the clocks. */
    public long likely() {
        return mayBeNone() ? 0 : least + Math.min(most - least, VAGUE_MILLIS) / 2;
    }
}
