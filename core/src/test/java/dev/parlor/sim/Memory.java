package dev.parlor.sim;

import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.sim.History.Wrong;
import java.util.Map;

/**
 * What one participant keeps in memory beside its data, in {@link Kind#MEMORY}: each queue asks the one {@link Budget}, tells it of
 * all that it holds and keeps within its share, and gives back all of it.
 */
final class Memory {
    /** To weigh what waits costs more than what is usually done between two looks. */
    private static final int WEIGHED_EVERY = 8;
    /** Messages to listeners are lent so much of the whole. */
    private static final int LENT_PART = 2;
    /**
     * What is put into a full queue all the same, since no more than that can come of it: a question whether all has come, what
     * has become of each participant, the newest change of each key.
     */
    private static final long BEYOND_BYTES = 8 * 1024;
    /** That there is no answer is told to each who asks, and all may ask in one moment: some two hundred of them. */
    private static final long REFUSALS_BYTES = 32 * 1024;

    private final World world;
    private final SimPeer peer;
    private int looks;

    Memory(World world, SimPeer peer) {
        this.world = world;
        this.peer = peer;
    }

    void look() {
        if (world.kind != Kind.MEMORY || ++looks % WEIGHED_EVERY > 0 || peer.isTelling()) {
            return;
        }
        Budget budget = peer.budget();
        long all = 0;
        Map<Use, Long> waiting = peer.waitingBytes();
        for (Use use : waiting.keySet()) {
            long weighed = waiting.get(use);
            if (weighed != budget.used(use)) {
                found("holds " + weighed + " bytes for " + use + " and counts " + budget.used(use));
            }
            if (weighed > mostOf(budget, use)) {
                found("holds " + weighed + " bytes for " + use + ", of which there may be " + mostOf(budget, use));
            }
            all += weighed;
        }
        all += budget.used(Use.TOMBSTONES);
        // Each other use has its share, whatever messages have been lent before it is taken, and the two that conflate may be beyond it.
        long lent = Math.max(0, waiting.get(Use.MESSAGES) - budget.limit(Use.MESSAGES));
        long most = budget.bytes() + lent + 2 * BEYOND_BYTES;
        if (all > most) {
            found("holds " + all + " bytes in all, of which there may be " + most);
        }
    }

    private static long mostOf(Budget budget, Use use) {
        return switch (use) {
            case MESSAGES -> budget.bytes() / LENT_PART;
            case ANSWERS -> budget.limit(use) + REFUSALS_BYTES;
            default -> budget.limit(use) + BEYOND_BYTES;
        };
    }

    /** Nothing waits any more. */
    void atTheEnd() {
        if (world.kind == Kind.MEMORY) {
            peer.budget().byUse().forEach((use, bytes) -> {
                if (bytes != 0 && use != Use.TOMBSTONES && use != Use.BATCHES) {
                    found("is at rest and counts " + bytes + " bytes for " + use);
                }
            });
        }
    }

    private void found(String what) {
        world.history.found(Wrong.VIOLATION, world.scheduler, peer.room().me().name() + " " + what);
    }
}
