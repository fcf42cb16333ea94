package dev.parlor.internal.machine.write;

import dev.parlor.Change;
import dev.parlor.Warning;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.output.Watch;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies what was written, here or elsewhere, to the session data, and tells those who ask for it: listeners, waits for a
 * value, a recording. Guarded by the room's lock.
 */
public final class SessionUpdates {
    private final RoomState state;
    private final EventSink events;
    private final Watch watch;
    private final Observation observation;
    private final Warnings warnings;

    public SessionUpdates(RoomState state, EventSink events, Watch watch, Observation observation, Warnings warnings) {
        this.state = state;
        this.events = events;
        this.watch = watch;
        this.observation = observation;
        this.warnings = warnings;
    }

    private boolean hearsChanges() {
        return !state.isJoining() && events.hearsChanges();
    }

    /** Merges a delta. */
    public void apply(StateDelta delta, Change.Cause cause) {
        noteCompaction(delta);
        if (hearsChanges()) {
            announce(state.session().apply(delta), cause);
        } else {
            state.session().applyUnheard(delta);
        }
        merged(delta, cause == Change.Cause.LOCAL);
    }

    /** Merges what a repair brought. @return what changed by it, for {@link #announce} */
    public SessionChanges applyRepaired(StateDelta delta) {
        noteCompaction(delta);
        SessionChanges changes = state.session().apply(delta);
        merged(delta, false);
        return changes;
    }

    private void noteCompaction(StateDelta delta) {
        if (!state.undos().isEmpty() && delta.clear().author() == Stamp.LO && delta.clear().after(state.session().horizon())) {
            state.undos().compacts(delta.clear());
        }
    }

    private void merged(StateDelta delta, boolean here) {
        watch.merged(delta);
        if (observation.observer() != null) {
            observation.tell(each -> each.applied(delta, here));
        }
    }

    /** One key is written here. @param held what it holds */
    void write(String key, VersionedValue value, @Nullable VersionedValue held) {
        VersionedValue seen = state.session().seen(key, held);
        state.session().apply(key, value, held);
        watch.written(key, value);
        if (!state.isJoining() && events.hearsChanges(key) && !VersionedValue.sameForReaders(seen, value)) {
            events.change(key, seen, value, Change.Cause.LOCAL);
        }
        if (observation.observer() != null) {
            observation.tell(each -> each.applied(StateDelta.of(List.of(new KeyedValue(key, value))), true));
        }
    }

    /** Tells listeners, unless this participant is still joining. */
    public void announce(SessionChanges changes, Change.Cause cause) {
        if (!state.isJoining()) {
            events.changes(changes, cause);
        }
    }

    /** Takes note of the times in a delta, and leaves out what is beyond all that a correct program can have written. */
    public StateDelta possible(long from, StateDelta delta) {
        long newest = delta.newestTime();
        if (newest <= state.stamps().limit()) {
            state.stamps().observe(newest);
            return delta;
        }
        StateDelta possible = delta.upTo(state.stamps().limit());
        state.stats().framesRefused++;
        warnings.warn(Warning.Kind.UNDECODABLE_FRAME, "from " + state.shownNameOf(from)
                + ": a write of a time a thousand years ahead, which no correct program makes; it is ignored");
        state.stamps().observe(possible.newestTime());
        return possible;
    }
}
