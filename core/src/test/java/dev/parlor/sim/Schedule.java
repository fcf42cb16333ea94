package dev.parlor.sim;

import dev.parlor.sim.Step.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What is done in one run: made from a seed, and shortened when it fails. */
record Schedule(long seed, Kind kind, int participants, List<Step> steps) {
    static final int SLOTS = 8;
    static final int KEYS = 10;
    private static final int MIN_PARTICIPANTS = 3;
    private static final int LENGTH_MILLIS = 30_000;
    private static final int MIN_OPERATIONS = 60;
    private static final int MAX_OPERATIONS = 220;
    private static final int DAY_MILLIS = 86_400_000;

    /** In one schedule of so many nobody vanishes, so that removed keys can be forgotten. */
    private static final int CALM_ONE_IN = 5;

    private static final int FEW_KEYS = 2;

    private static final int FAULT_EVERY_MILLIS = 10_000;
    private static final int LONGEST_SHORT_FAULT_MILLIS = 5_800;

    private static final int WRITES_BEFORE = 10;
    private static final int WRITES_APART = 30;
    private static final int JOINED_MILLIS = 3_000;
    private static final int APART_MILLIS = 5_000;
    /** A cut is noticed within seven seconds. */
    private static final int NOTICED_MILLIS = 13_000;
    private static final int MEETING_MILLIS = 16_000;
    private static final int WRITES_MEANWHILE = 8;
    /** By then most have found each other, and been compared. */
    private static final int MEANWHILE_MILLIS = 5_000;
    /** By then all have what is written, if nobody cuts them off. */
    private static final int ARRIVING_MILLIS = 500;
    private static final int REMOVES_ONE_IN = 4;
    private static final int MIN_PARTS = 3;
    private static final int MORE_PARTS = 3;

    /** Where order is in danger only if much is said in a short time. */
    private static final int TALK = 3;
    private static final int LONGEST_STAND_MILLIS = 4_000;
    private static final int EARLIEST_CUT_MILLIS = 2_000;
    private static final int SHORTEST_CUT_MILLIS = 500;
    private static final int LONGEST_CUT_MILLIS = 9_000;
    private static final int LONGEST_CALM_MILLIS = 5_000;

    /** How often each operation is done, to the others. */
    private static final Object[][] OPERATIONS = {{Op.PUT, 30}, {Op.REMOVE, 10}, {Op.MERGE, 8}, {Op.UPDATE, 6},
            {Op.REPLACE, 2}, {Op.CLEAR, 2}, {Op.USER_DATA, 6}, {Op.SAY_TO_ALL, 8}, {Op.SAY_TO_ONE, 6}, {Op.REQUEST, 3},
            {Op.FLUSH, 4}, {Op.BIND, 2}};

    /** One that a test has made. */
    Schedule(long seed, int participants, List<Step> steps) {
        this(seed, Kind.MIXED, participants, steps);
    }

    static Schedule of(long seed) {
        return of(seed, Kind.of(seed));
    }

    /** One of a certain kind, whatever is usual for that seed. */
    static Schedule of(long seed, Kind kind) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        int participants = MIN_PARTICIPANTS + random.nextInt(SLOTS - MIN_PARTICIPANTS + 1);
        for (int slot = 0; slot < participants; slot++) {
            steps.add(new Step(random.nextInt(random.nextBoolean() ? 50 : 1500), Op.JOIN, slot, 0, 0));
        }
        if (kind == Kind.MEETINGS) {
            meeting(random, participants, steps);
            return new Schedule(seed, kind, participants, steps);
        }
        int operations = MIN_OPERATIONS + random.nextInt(MAX_OPERATIONS - MIN_OPERATIONS);
        operations = kind == Kind.LARGE_VALUES ? operations / 2 : kind == Kind.RESENT ? TALK * operations : operations;
        for (int i = 0; i < operations; i++) {
            Step step = new Step(burst(random), operation(random), random.nextInt(participants), random.nextInt(1 << 20),
                    random.nextInt(1 << 20));
            steps.add(switch (kind) {
                case LARGE_VALUES -> keeping(step);
                case TWO_KEYS -> step.withA(step.a() % FEW_KEYS + step.a() / KEYS % FEW_KEYS * KEYS);
                case FORGETTING -> removing(step);
                case COUNTING -> NewerFaults.counting(step);
                case BUSY -> NewerFaults.repeating(step);
                case EVERYTHING -> step.b() % 3 == 0 ? NewerFaults.counting(step) : NewerFaults.repeating(step);
                case QUIET -> step.early(LENGTH_MILLIS / 3);
                case VERSIONS -> step.b() % 4 == 0 ? step.as(Op.UNKNOWN) : step.b() % 4 == 1 ? step.as(Op.SIGNAL) : step;
                case SIGNALS -> signalling(step);
                case MEMORY -> NewerFaults.flooding(step);
                case RESENT -> talking(step);
                case LIVES -> step.b() % 2 == 0 ? step.as(Op.LIVE) : step.b() % 4 == 1 ? step.as(Op.UNDO) : step;
                case LIVES_FORGETTING -> step.b() % 2 == 0 ? step.as(Op.LIVE) : step.b() % 4 == 1 ? step.as(Op.UNDO) : removing(step);
                default -> step;
            });
        }
        if (kind == Kind.RESENT) {
            cutAgainAndAgain(random, steps);
        } else if (kind.forgetsSoon()) {
            shortFaults(random, participants, steps);
        } else if (kind == Kind.SIGNALS) {
            faults(random, participants, steps);
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.STAND, random.nextInt(participants), random.nextInt(LONGEST_STAND_MILLIS), 0));
        } else if (kind.hasNewerFaults()) {
            new NewerFaults(random, participants, LENGTH_MILLIS, steps).add(kind);
        } else {
            faults(random, participants, steps);
        }
        steps.sort(Comparator.comparingInt(Step::atMillis));
        return new Schedule(seed, kind, participants, steps);
    }

    /** Operations come in bursts: conflicts need to be close. */
    private static int burst(Random random) {
        int at = random.nextInt(LENGTH_MILLIS);
        return random.nextBoolean() ? at : at / 1_000 * 1_000 + random.nextInt(20);
    }

    private static Op operation(Random random) {
        int total = 0;
        for (Object[] each : OPERATIONS) {
            total += (int) each[1];
        }
        int left = random.nextInt(total);
        for (Object[] each : OPERATIONS) {
            left -= (int) each[1];
            if (left < 0) {
                return (Op) each[0];
            }
        }
        throw new AssertionError();
    }

    private static void faults(Random random, int participants, List<Step> steps) {
        if (random.nextInt(CALM_ONE_IN) > 0) {
            cutsAndKills(random, participants, steps);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.JOIN, random.nextInt(SLOTS), 0, 0));
        }
        smaller(random, participants, steps);
    }

    /**
     * Everybody writes a few keys, before the network falls apart, and again when all have noticed that; and fewer keys while they
     * meet.
     */
    private static void meeting(Random random, int participants, List<Step> steps) {
        for (int i = 0; i < WRITES_BEFORE + WRITES_APART; i++) {
            int at = i < WRITES_BEFORE ? JOINED_MILLIS + random.nextInt(APART_MILLIS - ARRIVING_MILLIS - JOINED_MILLIS)
                    : NOTICED_MILLIS + random.nextInt(MEETING_MILLIS - ARRIVING_MILLIS - NOTICED_MILLIS);
            Op op = random.nextInt(REMOVES_ONE_IN) == 0 ? Op.REMOVE : Op.PUT;
            // Not the key to which a listener answers, nor its answer.
            steps.add(new Step(at, op, random.nextInt(participants), 1 + random.nextInt(KEYS - 2), 0));
        }
        for (int i = random.nextInt(WRITES_MEANWHILE); i > 0; i--) {
            steps.add(new Step(MEETING_MILLIS + random.nextInt(MEANWHILE_MILLIS), random.nextInt(REMOVES_ONE_IN) == 0 ? Op.REMOVE : Op.PUT,
                    random.nextInt(participants), 1 + random.nextInt(KEYS / 2), 0));
        }
        steps.add(new Step(APART_MILLIS, Op.SPLIT, 0, MIN_PARTS + random.nextInt(MORE_PARTS), random.nextInt()));
        steps.add(new Step(MEETING_MILLIS, Op.HEAL, 0, 0, 0));
        steps.sort(Comparator.comparingInt(Step::atMillis));
    }

    /** Nearly all keys hold something: more than may be under way at once. */
    private static Step keeping(Step step) {
        return switch (step.op()) {
            case REMOVE, CLEAR -> step.as(Op.PUT);
            case UPDATE, REPLACE -> step.as(Op.MERGE);
            default -> step;
        };
    }

    /** To one and to all in turn, and about oneself. */
    private static Step talking(Step step) {
        return switch (step.op()) {
            case PUT, MERGE -> step.b() % 2 == 0 ? step.as(Op.SAY_TO_ALL) : step.as(Op.SAY_TO_ONE);
            case REMOVE -> step.as(Op.USER_DATA);
            default -> step;
        };
    }

    /** Half move something, some change what they say of themselves, the others write and say as ever. */
    private static Step signalling(Step step) {
        return step.b() % 2 == 0 ? step.as(Op.SIGNAL) : step.op() == Op.REMOVE || step.op() == Op.MERGE ? step.as(Op.USER_DATA) : step;
    }

    /** Cuts that some notice and some do not, each soon after the one before. */
    private static void cutAgainAndAgain(Random random, List<Step> steps) {
        for (int at = EARLIEST_CUT_MILLIS + random.nextInt(LONGEST_CALM_MILLIS); at < LENGTH_MILLIS;) {
            Op op = random.nextInt(3) == 0 ? Op.ONE_WAY : Op.PARTITION;
            steps.add(new Step(at, op, 0, random.nextInt(1 << SLOTS), random.nextInt(1 << 20)));
            at += SHORTEST_CUT_MILLIS + random.nextInt(LONGEST_CUT_MILLIS - SHORTEST_CUT_MILLIS);
            steps.add(new Step(at, Op.HEAL, 0, 0, 0));
            at += random.nextInt(LONGEST_CALM_MILLIS);
        }
    }

    /** Most keys are removed most of the time, and each by itself. */
    private static Step removing(Step step) {
        return switch (step.op()) {
            case CLEAR, REPLACE, UPDATE -> step.as(Op.REMOVE);
            case PUT -> step.b() % 2 == 0 ? step.as(Op.REMOVE) : step;
            default -> step;
        };
    }

    /**
     * One at a time. A cut lasts about as long as it takes to be noticed, so that some are noticed just before they heal:
     * then there is time to forget what should not be, and all have met again before the retention is over.
     */
    private static void shortFaults(Random random, int participants, List<Step> steps) {
        for (int at = random.nextInt(2_000); at < LENGTH_MILLIS; at += FAULT_EVERY_MILLIS) {
            int slot = random.nextInt(participants);
            int most = LONGEST_SHORT_FAULT_MILLIS;
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    steps.add(new Step(at, Op.PARTITION, 0, random.nextInt(1 << SLOTS), 0));
                    steps.add(new Step(at + most * 2 / 3 + random.nextInt(most / 3), Op.HEAL, 0, 0, 0));
                }
                case 4 -> steps.add(new Step(at, Op.PAUSE, slot, random.nextInt(most), 0));
                case 5 -> steps.add(new Step(at, random.nextBoolean() ? Op.KILL : Op.LEAVE, slot, 0, 0));
                case 6 -> {
                    steps.add(new Step(at, Op.LOSE, 0, 10 + random.nextInt(21), 0));
                    steps.add(new Step(at + most, Op.LOSE, 0, 0, 0));
                }
                default -> steps.add(new Step(at, Op.CLOCK, slot, random.nextInt(4_000) - 2_000, 0));
            }
            steps.add(new Step(at + random.nextInt(FAULT_EVERY_MILLIS), Op.JOIN, random.nextInt(SLOTS), 0, 0));
        }
    }

    private static void cutsAndKills(Random random, int participants, List<Step> steps) {
        for (int i = 3 + random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(LENGTH_MILLIS);
            Op op = random.nextInt(4) == 0 ? Op.ONE_WAY : Op.PARTITION;
            steps.add(new Step(at, op, 0, random.nextInt(1 << SLOTS), random.nextInt(1 << 20)));
            steps.add(new Step(at + 500 + random.nextInt(12_000), Op.HEAL, 0, 0, 0));
        }
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(LENGTH_MILLIS);
            int slot = random.nextInt(participants);
            steps.add(new Step(at, Op.KILL, slot, 0, 0));
            steps.add(new Step(at + random.nextInt(4_000), Op.JOIN, slot, 0, 0));
        }
    }

    private static void smaller(Random random, int participants, List<Step> steps) {
        for (int i = random.nextInt(3); i > 0; i--) {
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.LEAVE, random.nextInt(participants), 0, 0));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.PAUSE, random.nextInt(participants),
                    500 + random.nextInt(11_000), 0));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            int skew = random.nextBoolean() ? random.nextInt(2 * DAY_MILLIS) - DAY_MILLIS : random.nextInt(2_000) - 1_000;
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.CLOCK, random.nextInt(SLOTS), skew, 0));
        }
        if (random.nextInt(3) > 0) {
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.LOSE, 0, random.nextInt(31), 0));
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.LOSE, 0, 0, 0));
        }
        if (random.nextInt(3) == 0) {
            steps.add(new Step(random.nextInt(LENGTH_MILLIS), Op.DOUBLE, 0, random.nextInt(30), 0));
        }
    }

    Schedule with(List<Step> fewer) {
        return new Schedule(seed, kind, participants, fewer);
    }
}
