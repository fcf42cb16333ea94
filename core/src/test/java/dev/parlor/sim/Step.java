package dev.parlor.sim;

/**
 * One thing that is done in a schedule.
 *
 * @param atMillis when, from the beginning
 * @param op what
 * @param slot at which of the places for participants
 * @param a depends on the operation
 * @param b depends on the operation
 */
record Step(int atMillis, Op op, int slot, int a, int b) {
    /** What is done. */
    enum Op {
        PUT, PUT_EQUAL, REMOVE, MERGE, UPDATE, REPLACE, CLEAR, COUNT, USER_DATA, SAY_TO_ALL, SAY_TO_ONE, REQUEST, FLUSH,
        BIND, LIVE, UNDO, JOIN, LEAVE, KILL, PAUSE, SLEEP, CLOCK, DRIFT, PARTITION, ONE_WAY, SPLIT, MEET, HEAL, LOSE, DOUBLE, BUSY,
        STAND, REFUSE, UNKNOWN, FLOOD, FLOOD_ASKING, FLOOD_KEYS, SIGNAL
    }

    Step withA(int other) {
        return new Step(atMillis, op, slot, other, b);
    }

    Step as(Op other) {
        return new Step(atMillis, other, slot, a, b);
    }

    /** The same in a shorter time. */
    Step early(int lengthMillis) {
        return new Step(atMillis % lengthMillis, op, slot, a, b);
    }

    @Override
    public String toString() {
        return atMillis + " ms: " + op + " at " + slot + " (" + a + ", " + b + ")";
    }
}
