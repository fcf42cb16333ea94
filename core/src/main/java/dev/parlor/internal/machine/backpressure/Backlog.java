package dev.parlor.internal.machine.backpressure;

import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.outbox.Pressure;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame;

/**
 * Messages that wait for the listeners here. When half of what may wait does, the others are told to hold theirs back, and
 * told again until a quarter is left; so listeners that are slower than their senders lose nothing, and senders go at their
 * pace. Listeners that stand still for {@link #STANDING_NANOS} hold up nobody: the others are told to go on, and what comes
 * beyond the bound is dropped and counted. Guarded by the room's lock.
 */
public final class Backlog {
    /** A listener that takes nothing for so long stands still: longer than a pause for collecting garbage, or a slow disk. */
    public static final long STANDING_NANOS = 10_000_000_000L;
    /** Time that passes without a look, as while this program is stopped, is not the listeners'. */
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final int FULL_PART = 2;
    private static final int FREE_PART = 4;

    private final Budget budget;
    private final RoomState state;
    private final Outbox outbox;
    private final Now now;
    private final Effects effects;
    private boolean told;
    private long toldNanos;
    private long taken;
    private long stoodNanos;
    private long lookedNanos;

    public Backlog(RoomState state, Outbox outbox, Now now, Effects effects) {
        this.budget = state.budget();
        this.state = state;
        this.outbox = outbox;
        this.now = now;
        this.effects = effects;
        this.lookedNanos = now.nanos();
    }

    /** A message was put in. */
    public void grown() {
        if (!told && budget.used(Use.MESSAGES) >= budget.limit(Use.MESSAGES) / FULL_PART) {
            look();
        }
    }

    /** Whether more is not to be put in for now by who can wait. */
    public boolean isFull() {
        return told;
    }

    /** Whether the listeners have taken nothing for long. */
    private boolean isStanding() {
        return stoodNanos > STANDING_NANOS;
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
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
        long nowNanos = now.nanos();
        if (full && (!told || nowNanos - toldNanos >= Pressure.TELL_AGAIN_NANOS)) {
            tell(true, nowNanos);
            budget.whenBelow(Use.MESSAGES, limit / FREE_PART, effects.soon(this::look));
        } else if (!full && told) {
            tell(false, nowNanos);
            effects.roomChanged();
        }
    }

    private void tell(boolean full, long nowNanos) {
        told = full;
        toldNanos = nowNanos;
        if (state.hasOthers()) {
            outbox.control(null, () -> new Frame.Backlog(full));
        }
    }
}
