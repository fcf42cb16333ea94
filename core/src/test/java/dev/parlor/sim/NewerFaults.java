package dev.parlor.sim;

import dev.parlor.sim.Step.Op;
import java.util.List;
import java.util.Random;

/** The faults of kinds in which cuts, stops, clocks and executors are worse than in {@link Kind#MIXED}. */
final class NewerFaults {
    private static final int LONGEST_STOP_MILLIS = 20_000;
    private static final int MOST_PARTS = 5;
    private static final int HOUR_MILLIS = 3_600_000;
    private static final int MOST_HOURS = 12;
    /** More than clocks of machines drift. */
    private static final int MOST_DRIFT_PPM = 200;
    private static final int LONGEST_CUT_MILLIS = 12_000;
    private static final int STORM_MILLIS = 10;
    /** No number that a flood to one has. */
    private static final int TO_ALL = 98;

    private final Random random;
    private final int participants;
    private final int length;
    private final List<Step> steps;

    NewerFaults(Random random, int participants, int lengthMillis, List<Step> steps) {
        this.random = random;
        this.participants = participants;
        this.length = lengthMillis;
        this.steps = steps;
    }

    /** Whoever would clear counts: a count is never removed. */
    static Step counting(Step step) {
        return switch (step.op()) {
            case CLEAR, REPLACE, REMOVE -> step.as(Op.COUNT);
            case PUT -> step.b() % 3 > 0 ? step.as(Op.COUNT) : step;
            default -> step;
        };
    }

    /** Many put what is there. */
    static Step repeating(Step step) {
        return step.op() == Op.PUT && step.b() % 2 == 0 ? step.as(Op.PUT_EQUAL) : step;
    }

    /** Much is said, asked and written at once. */
    static Step flooding(Step step) {
        return switch (step.op()) {
            case SAY_TO_ALL, SAY_TO_ONE, MERGE -> step.as(Op.FLOOD);
            case REQUEST -> step.as(Op.FLOOD_ASKING);
            case UPDATE, REPLACE -> step.as(Op.FLOOD_KEYS);
            default -> step;
        };
    }

    void add(Kind kind) {
        switch (kind) {
            case COUNTING -> {
                parts(1 + random.nextInt(2));
                restarts(3 + random.nextInt(4));
                stops(random.nextInt(3));
                stopsInJoins(random.nextInt(3));
                kills(random.nextInt(3));
            }
            case PARTS -> {
                parts(2 + random.nextInt(3));
                kills(random.nextInt(2));
                restarts(random.nextInt(3));
            }
            case CLOCKS -> {
                stops(1 + random.nextInt(2));
                sleeps(1 + random.nextInt(2));
                clocks(2 + random.nextInt(3));
                parts(random.nextInt(2));
                restarts(random.nextInt(3));
            }
            case BUSY -> {
                executors(4 + random.nextInt(6));
                dropsEvents();
                parts(random.nextInt(2));
                restarts(random.nextInt(3));
            }
            case QUIET -> {
                restarts(1 + random.nextInt(3));
                kills(random.nextInt(2));
            }
            case MEMORY -> {
                standstills(2 + random.nextInt(3));
                storms(1 + random.nextInt(3));
                restarts(random.nextInt(2));
                kills(random.nextInt(2));
                losses();
            }
            default -> {
                parts(random.nextInt(3));
                stops(random.nextInt(2));
                sleeps(random.nextInt(2));
                clocks(random.nextInt(3));
                executors(random.nextInt(5));
                restarts(random.nextInt(4));
                kills(random.nextInt(2));
                losses();
            }
        }
        if (kind == Kind.QUIET) {
            steps.replaceAll(step -> step.early(length / 3));
        }
    }

    private int when() {
        return random.nextInt(length);
    }

    private void add(int atMillis, Op op, int slot, int a, int b) {
        steps.add(new Step(atMillis, op, slot, a, b));
    }

    /** Into several at once, which meet at once or one after the other. */
    private void parts(int times) {
        for (int i = times; i > 0; i--) {
            int at = when();
            add(at, Op.SPLIT, 0, 3 + random.nextInt(MOST_PARTS - 2), random.nextInt());
            int lasts = 1_000 + random.nextInt(LONGEST_CUT_MILLIS - 1_000);
            for (int meetings = random.nextInt(MOST_PARTS); meetings > 0; meetings--) {
                add(at + lasts / 2 + random.nextInt(lasts / 2 + 1), Op.MEET, 0, random.nextInt(MOST_PARTS),
                        random.nextInt(MOST_PARTS));
            }
            add(at + lasts, Op.HEAL, 0, 0, 0);
        }
    }

    private void stops(int times) {
        for (int i = times; i > 0; i--) {
            add(when(), Op.PAUSE, random.nextInt(participants), 200 + random.nextInt(LONGEST_STOP_MILLIS), 0);
        }
    }

    private void sleeps(int times) {
        for (int i = times; i > 0; i--) {
            add(when(), Op.SLEEP, random.nextInt(participants), 1_000 + random.nextInt(LONGEST_STOP_MILLIS / 2),
                    random.nextBoolean() ? 0 : random.nextInt(MOST_HOURS * HOUR_MILLIS));
        }
    }

    private void clocks(int times) {
        for (int i = times; i > 0; i--) {
            int slot = random.nextInt(participants);
            if (random.nextBoolean()) {
                add(when(), Op.DRIFT, slot, random.nextInt(2 * MOST_DRIFT_PPM + 1) - MOST_DRIFT_PPM, 0);
            } else {
                int at = when();
                int skew = random.nextInt(random.nextBoolean() ? 4_000 : 4 * HOUR_MILLIS);
                add(at, Op.CLOCK, slot, random.nextBoolean() ? skew : -skew, 0);
                add(at + random.nextInt(5_000), Op.CLOCK, slot, 0, 0);
            }
        }
    }

    private void executors(int times) {
        for (int i = times; i > 0; i--) {
            Op op = switch (random.nextInt(3)) {
                case 0 -> Op.BUSY;
                case 1 -> Op.STAND;
                default -> Op.REFUSE;
            };
            add(when(), op, random.nextInt(participants), 200 + random.nextInt(6_000), 1);
        }
    }

    /** Some of them for longer than senders are held back. */
    private void standstills(int times) {
        for (int i = times; i > 0; i--) {
            add(when(), Op.STAND, random.nextInt(participants), 1_000 + random.nextInt(LONGEST_STOP_MILLIS), 0);
        }
    }

    /** All say as much as they can at once, to who does not listen just then. */
    private void storms(int times) {
        for (int i = times; i > 0; i--) {
            int at = when();
            add(at, Op.STAND, random.nextInt(participants), 1_000 + random.nextInt(LONGEST_STOP_MILLIS), 0);
            for (int slot = 0; slot < participants; slot++) {
                add(at + random.nextInt(STORM_MILLIS), Op.FLOOD, slot, Participant.MOST_AT_ONCE - 1, TO_ALL);
            }
        }
    }

    /** Once: each time a room has to find out that it is not served, it is more patient. */
    private void dropsEvents() {
        add(when(), Op.REFUSE, random.nextInt(participants), 200 + random.nextInt(6_000), 0);
    }

    /** A program closes its room and joins it again. */
    private void restarts(int times) {
        for (int i = times; i > 0; i--) {
            int at = when();
            int slot = random.nextInt(participants);
            add(at, Op.LEAVE, slot, 0, 0);
            // As soon as the close is done, or some time after.
            for (int after = 20; after < 3_000; after *= 4) {
                add(at + after + random.nextInt(after), Op.JOIN, slot, 0, 0);
            }
        }
    }

    /** A program is stopped while it joins. */
    private void stopsInJoins(int times) {
        for (int i = times; i > 0; i--) {
            int at = when();
            int slot = random.nextInt(participants);
            add(at, Op.KILL, slot, 0, 0);
            add(at + 2_000, Op.JOIN, slot, 0, 0);
            add(at + 2_000 + random.nextInt(400), Op.PAUSE, slot, 200 + random.nextInt(LONGEST_STOP_MILLIS), 0);
        }
    }

    private void kills(int times) {
        for (int i = times; i > 0; i--) {
            int at = when();
            int slot = random.nextInt(participants);
            add(at, Op.KILL, slot, 0, 0);
            add(at + random.nextInt(4_000), Op.JOIN, slot, 0, 0);
        }
    }

    private void losses() {
        if (random.nextBoolean()) {
            int at = when();
            add(at, Op.LOSE, 0, random.nextInt(31), 0);
            add(at + random.nextInt(8_000), Op.LOSE, 0, 0, 0);
        }
    }
}
