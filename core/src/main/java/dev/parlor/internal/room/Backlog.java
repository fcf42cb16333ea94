package dev.parlor.internal.room;

import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.budget.Budget.Use;
import dev.parlor.internal.wire.Frame;

/**
 * Messages that wait for the listeners here. When half of what may wait does, the others are told to hold theirs back, and
 * told again until a quarter is left; so listeners that are slower than their senders lose nothing, and senders go at their
 * pace. Listeners that stand still for {@link #STANDING_NANOS} hold up nobody: the others are told to go on, and what comes
 * beyond the bound is dropped and counted. Guarded by the room's lock.
 */
final class Backlog {
    /** A listener that takes nothing for so long stands still: longer than a pause for collecting garbage, or a slow disk. */
    static final long STANDING_NANOS = 10_000_000_000L;
    /** Told again so often, since a frame may be lost, and somebody may have come. */
    static final long TELL_AGAIN_NANOS = 1_000_000_000L;
    /** Time that passes without a look, as while this program is stopped, is not the listeners'. */
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final int FULL_PART = 2;
    private static final int FREE_PART = 4;

    private final RoomCore core;
    private final Budget budget;
    private boolean told;
    private long toldNanos;
    private long taken;
    private long stoodNanos;
    private long lookedNanos;

    Backlog(RoomCore core, Budget budget) {
        this.core = core;
        this.budget = budget;
        this.lookedNanos = core.environment().nanos().getAsLong();
    }

    /** A message was put in. */
    void grown() {
        if (!told && budget.used(Use.MESSAGES) >= budget.limit(Use.MESSAGES) / FULL_PART) {
            look();
        }
    }

    /** Whether more is not to be put in for now by who can wait. */
    boolean isFull() {
        return told;
    }

    /** Whether the listeners have taken nothing for long. */
    private boolean isStanding() {
        return stoodNanos > STANDING_NANOS;
    }

    void tick(long nowNanos) {
        long takenNow = budget.freed(Use.MESSAGES);
        if (takenNow != taken || budget.used(Use.MESSAGES) == 0) {
            taken = takenNow;
            stoodNanos = 0;
        } else {
            stoodNanos += Math.min(LOOK_NANOS, nowNanos - lookedNanos);
        }
        lookedNanos = nowNanos;
        look();
    }

    private void look() {
        long used = budget.used(Use.MESSAGES);
        long limit = budget.limit(Use.MESSAGES);
        boolean standing = isStanding();
        // What is on its way when the others hear of it is taken beyond the share.
        budget.lend(Use.MESSAGES, !standing);
        boolean full = !standing && used >= limit / (told ? FREE_PART : FULL_PART);
        long now = core.environment().nanos().getAsLong();
        if (full && (!told || now - toldNanos >= TELL_AGAIN_NANOS)) {
            tell(true, now);
            budget.whenBelow(Use.MESSAGES, limit / FREE_PART, () -> core.environment().timer().after(1,
                    () -> core.locked(this::look)));
        } else if (!full && told) {
            tell(false, now);
            core.sender().roomChanged();
        }
    }

    private void tell(boolean full, long nowNanos) {
        told = full;
        toldNanos = nowNanos;
        if (core.state().hasOthers()) {
            core.outbox().control(null, () -> new Frame.Backlog(full));
        }
    }
}
