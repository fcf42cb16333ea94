package dev.parlor.internal.listener;

import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.RoomEvent;
import dev.parlor.StatusChanged;
import dev.parlor.internal.dispatch.PendingEvents;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait as one: of each participant what has become of it, the newest host, the status from first to last, and how
 * much merges have lost. A participant that came and went meanwhile is not told, nor one that went and came back, but for its
 * user data: whoever hears this knows afterwards who is here. Guarded by the room's lock, but for {@link #take}.
 */
final class FoldedEvents implements PendingEvents {
    /** A participant as listeners know it, null if they do not, and as it is, null if it is gone. */
    private record Seen(@Nullable Present before, @Nullable Present now, ParticipantLeft.@Nullable Reason reason) {
        long bytes() {
            return Budget.EVENT_OVERHEAD_BYTES + bytesOf(before) + bytesOf(now);
        }
    }

    private final Values values;
    private final Stats stats;
    private final Budget budget;
    private final int registrations;
    private final Consumer<FoldedEvents> onTaken;
    private final Map<Long, Seen> participants = new LinkedHashMap<>();
    private @Nullable Present host;
    private @Nullable StatusChanged status;
    private boolean wasInSync;
    private boolean merged;
    private int lost;
    private long bytes;
    private boolean closed;

    /**
     * Nothing yet.
     *
     * @param registrations how many listeners have been registered by now
     * @param onTaken told when these are told, without the lock
     */
    FoldedEvents(Values values, Stats stats, Budget budget, int registrations, Consumer<FoldedEvents> onTaken) {
        this.values = values;
        this.stats = stats;
        this.budget = budget;
        this.registrations = registrations;
        this.onTaken = onTaken;
    }

    static long bytesOf(@Nullable Present present) {
        return present == null ? 0 : present.userBytes().length;
    }

    boolean isOpen(int registrationsNow) {
        return !closed && registrations == registrationsNow;
    }

    void close() {
        closed = true;
    }

    void participant(long id, @Nullable Present before, @Nullable Present now, ParticipantLeft.@Nullable Reason reason) {
        Seen known = participants.get(id);
        Seen seen = known == null ? new Seen(before, now, reason) : new Seen(known.before(), now, reason);
        if (known != null && (before == null || seen.before() == null && now == null)) {
            // Neither that it came nor that it went is told.
            stats.eventsDropped += 2;
        }
        long more = known == null ? 0 : -known.bytes();
        if (seen.before() == null && seen.now() == null) {
            participants.remove(id);
        } else {
            participants.put(id, seen);
            more += seen.bytes();
        }
        keep(more);
    }

    void hostChanged(Present now) {
        keep((host == null ? Budget.EVENT_OVERHEAD_BYTES : -bytesOf(host)) + bytesOf(now));
        host = now;
    }

    void statusChanged(StatusChanged change, boolean inSyncBefore) {
        if (status == null) {
            keep(Budget.EVENT_OVERHEAD_BYTES);
            wasInSync = inSyncBefore;
            status = change;
        } else {
            status = new StatusChanged(status.oldStatus(), change.newStatus(), change.inSync());
        }
    }

    void merged(int more) {
        keep(merged ? 0 : Budget.EVENT_OVERHEAD_BYTES);
        merged = true;
        lost = (int) Math.min(Integer.MAX_VALUE, (long) lost + more);
    }

    private void keep(long more) {
        bytes += more;
        budget.add(Use.EVENTS, more);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public List<RoomEvent> take() {
        onTaken.accept(this);
        List<RoomEvent> events = new ArrayList<>();
        participants.values().forEach(each -> tell(each, events));
        if (host != null) {
            events.add(new HostChanged(values.participant(host)));
        }
        if (merged) {
            events.add(new MergeReport(List.of(), lost));
        }
        if (status != null && (status.oldStatus() != status.newStatus() || status.inSync() != wasInSync)) {
            events.add(status);
        }
        return events;
    }

    private void tell(Seen seen, List<RoomEvent> events) {
        Present before = seen.before();
        Present now = seen.now();
        if (now == null) {
            if (before != null && seen.reason() != null) {
                events.add(new ParticipantLeft(values.participant(before), seen.reason()));
            }
        } else if (before == null) {
            events.add(new ParticipantJoined(values.participant(now)));
        } else if (!Arrays.equals(before.userBytes(), now.userBytes())) {
            events.add(new ParticipantUpdated(values.participant(now), values.participant(before).userData()));
        }
    }
}
