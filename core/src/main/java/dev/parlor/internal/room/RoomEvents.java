package dev.parlor.internal.room;

import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomEvent;
import dev.parlor.StatusChanged;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.budget.Budget.Use;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts in for listeners what happens beside changes of session data and messages. As long as little waits each event is put in by
 * itself. Beyond the share of {@link Use#EVENTS} a listener that stands still must not keep what a whole day of coming and
 * going brings: then what listeners must know is folded ({@link FoldedEvents}), and what only passes is dropped and counted.
 * Guarded by the room's lock.
 */
final class RoomEvents {
    private final RoomCore core;
    private final Budget budget;
    /** By participant, its update that waits: a later one is told with it, however little waits. */
    private final Map<Long, FoldedEvents> updates = new HashMap<>();
    /** Where all is put in that is folded, or null. */
    private FoldedEvents folded;

    RoomEvents(RoomCore core, Budget budget) {
        this.core = core;
        this.budget = budget;
    }

    void joined(Present now) {
        participant(now.id(), null, now, null);
    }

    void left(Present gone, ParticipantLeft.Reason reason) {
        // If it comes back, its next update is told after it has joined again, not in the place of this one.
        updates.remove(gone.id());
        participant(gone.id(), gone, null, reason);
    }

    void updated(Present before, Present now) {
        FoldedEvents waiting = updates.get(now.id());
        if (isOpen(waiting)) {
            waiting.participant(now.id(), before, now, null);
        } else {
            participant(now.id(), before, now, null);
        }
    }

    private void participant(long id, Present before, Present now, ParticipantLeft.Reason reason) {
        FoldedEvents into = fold(FoldedEvents.bytesOf(before) + FoldedEvents.bytesOf(now));
        if (into == null) {
            into = put();
            if (before != null && now != null) {
                updates.put(id, into);
            }
        }
        into.participant(id, before, now, reason);
    }

    void hostChanged(Present host) {
        long bytes = FoldedEvents.bytesOf(host);
        FoldedEvents into = fold(bytes);
        if (into == null) {
            core.dispatcher().submit(() -> new HostChanged(core.roster().participant(host)), bytes);
        } else {
            into.hostChanged(host);
        }
    }

    /** @param wasInSync as it was told before */
    void statusChanged(StatusChanged change, boolean wasInSync) {
        FoldedEvents into = fold(0);
        if (into == null) {
            core.dispatcher().submit(() -> change, 0);
        } else {
            into.statusChanged(change, wasInSync);
        }
    }

    /**
     * Parts have been merged.
     *
     * @param bytes of the values in the report
     * @param lost how many writes it tells of
     */
    void merged(Supplier<MergeReport> report, long bytes, int lost) {
        FoldedEvents into = fold(bytes);
        if (into == null) {
            core.dispatcher().submit(report, bytes);
        } else {
            into.merged(lost);
        }
    }

    /** An event that is of interest only now, such as a warning, which is logged and counted besides. */
    void passing(RoomEvent event, int bytes) {
        if (!core.dispatcher().submit(() -> event, bytes)) {
            core.state().stats().eventsDropped++;
        }
    }

    /** Where an event of so many bytes is to be folded; null if it may be put in by itself. */
    private FoldedEvents fold(long bytes) {
        if (!isOpen(folded)) {
            folded = budget.admits(Use.EVENTS, Budget.EVENT_OVERHEAD_BYTES + bytes) ? null : put();
        }
        return folded;
    }

    private FoldedEvents put() {
        FoldedEvents events = new FoldedEvents(core, budget);
        core.dispatcher().submit(events);
        return events;
    }

    /** Whether events may be added: not for a listener that came after it was put in, which would not hear them. */
    private boolean isOpen(FoldedEvents events) {
        return events != null && events.isOpen(core.dispatcher().registrations());
    }

    /** These are told just now. Takes the lock. */
    void taken(FoldedEvents events) {
        core.lock().lock();
        try {
            events.close();
            updates.values().remove(events);
            if (folded == events) {
                folded = null;
            }
        } finally {
            core.lock().unlock();
        }
    }
}
