package dev.parlor.internal.machine.members;

import dev.parlor.Warning;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame;
import java.util.Map;

/**
 * Finds out whether those whom we see see us. When groups merge just while somebody joins one of them or is lost by it, a
 * member can be left in its former view: it hears the others, for whom it is gone, and nobody misses anything. So each
 * member now and then asks one of its view, if that has sent it nothing alone; who does not see us does not answer. Then
 * the view is given up, and the network finds the others anew, as after a partition. Guarded by the room's lock.
 */
public final class ViewCheck {
    /** Without a frame to us alone for so long, one is asked for. Rare, so that an idle room costs next to nothing. */
    private static final long SILENT_NANOS = 15_000_000_000L;
    private static final long ASK_AGAIN_NANOS = 1_000_000_000L;
    /** So many questions without an answer: more than a busy machine or a lost packet explains. */
    private static final int UNANSWERED = 6;

    private final RoomState state;
    private final Outbox outbox;
    private final Warnings warnings;
    private final Effects effects;
    private final Now now;
    private final Map<Long, Boolean> lookedFor = new Bounded<>();
    private long heardNanos;
    private long askedNanos;
    private int asked;

    public ViewCheck(RoomState state, Outbox outbox, Warnings warnings, Effects effects, Now now) {
        this.state = state;
        this.outbox = outbox;
        this.warnings = warnings;
        this.effects = effects;
        this.now = now;
    }

    /** Members have changed. */
    public void onView() {
        heard();
    }

    /** A frame to us alone has come. */
    public void onFrameToUs(long from) {
        if (from == firstOther()) {
            heard();
        }
    }

    private void heard() {
        heardNanos = now.nanos();
        asked = 0;
    }

    /**
     * The longest present of the others, 0 if there is none. One that is left out counts until it was looked for once: it may be a
     * participant that does not see us. One that speaks other versions never counts: it sees us and cannot answer.
     */
    private long firstOther() {
        for (long id : state.members()) {
            if (id != state.self() && !(state.isLeftOut(id) && lookedFor.containsKey(id))
                    && !state.otherVersions().containsKey(id)) {
                return id;
            }
        }
        return 0;
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        if (firstOther() == 0 || nowNanos - heardNanos < SILENT_NANOS || nowNanos - askedNanos < ASK_AGAIN_NANOS) {
            return;
        }
        if (asked < UNANSWERED) {
            asked++;
            askedNanos = nowNanos;
            outbox.control(firstOther(), Frame.WhoIsThere::new);
            return;
        }
        heard();
        long silent = firstOther();
        lookedFor.put(silent, true);
        warnings.warn(Warning.Kind.SILENT_PARTICIPANT, "\"" + state.shownNameOf(silent)
                + "\" is seen here and does not answer: the members are looked for anew");
        effects.lookForOthers();
    }
}
