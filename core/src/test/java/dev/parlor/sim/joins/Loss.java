package dev.parlor.sim.joins;

import java.util.Random;

/**
 * What the loss of packets comes to where they are sent again until they arrive: delays with a long tail. Each part of a frame that
 * is lost, or whose confirmation is, is sent again after a time that doubles, as TCP does.
 *
 * @param share of all packets that is lost
 */
record Loss(double share) {
    private static final int PACKET_BYTES = 1_400;
    /** Of so many packets under way, one that is lost is noticed by those after it, and costs little. */
    private static final int NOTICED_OF = 8;
    private static final long FIRST_AGAIN_NANOS = 200 * VirtualTime.MILLI;
    private static final long LAST_AGAIN_NANOS = 6_400 * VirtualTime.MILLI;
    private static final long NOTICED_NANOS = 5 * VirtualTime.MILLI;
    private static final long LEAST_NANOS = 50_000;
    private static final long USUAL_NANOS = 3 * VirtualTime.MILLI;

    /** How long a frame takes. */
    long delayNanos(Random random, int bytes) {
        long delay = LEAST_NANOS + random.nextLong(USUAL_NANOS);
        int packets = 1 + bytes / PACKET_BYTES;
        for (int unnoticed = 1 + packets / NOTICED_OF; unnoticed > 0; unnoticed--) {
            for (long again = FIRST_AGAIN_NANOS; random.nextDouble() < share; again = Math.min(2 * again, LAST_AGAIN_NANOS)) {
                delay += again;
            }
        }
        return delay + (long) (packets * share * NOTICED_NANOS);
    }
}
