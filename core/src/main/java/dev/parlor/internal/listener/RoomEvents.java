package dev.parlor.internal.listener;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomEvent;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Conflict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts in for listeners what happens beside changes of session data and messages. As long as little waits each event is put in by
 * itself. Beyond the share of {@link Use#EVENTS} a listener that stands still must not keep what a whole day of coming and
 * going brings: then what listeners must know is folded ({@link FoldedEvents}), and what only passes is dropped and counted.
 * Guarded by the room's lock.
 */
public final class RoomEvents implements EventSink {
    private final Lock lock;
    private final Dispatcher dispatcher;
    private final Values values;
    private final RequestHandler handler;
    private final Stats stats;
    private final Budget budget;
    private final Consumer<SyncProgress> onJoinProgress;
    private final WaitingSignals signals;
    /** By participant, its update that waits: a later one is told with it, however little waits. */
    private final Map<Long, FoldedEvents> updates = new HashMap<>();
    /** Where all is put in that is folded, or null. */
    private @Nullable FoldedEvents folded;

    /**
     * Puts in events for listeners.
     *
     * @param lock the room's
     * @param handler answers requests
     * @param onJoinProgress called among the events, before all others
     */
    public RoomEvents(Lock lock, Dispatcher dispatcher, Values values, RequestHandler handler, Stats stats, Budget budget,
            Consumer<SyncProgress> onJoinProgress) {
        this.lock = lock;
        this.dispatcher = dispatcher;
        this.values = values;
        this.handler = handler;
        this.stats = stats;
        this.budget = budget;
        this.onJoinProgress = onJoinProgress;
        this.signals = new WaitingSignals(lock, dispatcher, values, stats, budget);
    }

    @Override
    public void signal(Present from, int type, byte[] payload) {
        signals.add(from, type, payload);
    }

    @Override
    public boolean hearsChanges() {
        return dispatcher.hearsChanges();
    }

    @Override
    public boolean hearsChanges(String key) {
        return dispatcher.hearsChanges(key);
    }

    @Override
    public void change(String key, @Nullable VersionedValue before, VersionedValue now, Change.Cause cause) {
        dispatcher.submitChange(key, before, now, cause);
    }

    @Override
    public void changes(SessionChanges changes, Change.Cause cause) {
        dispatcher.submitChanges(changes, cause);
    }

    @Override
    public boolean message(Present from, byte[] payload, boolean direct) {
        return dispatcher.submitMessage(() -> received(payload, from, direct), payload.length);
    }

    /** Among the events, without the lock. */
    private @Nullable MessageReceived received(byte[] payload, Present from, boolean direct) {
        Optional<Object> decoded = values.decode(payload, () -> "a message from \"" + from.name() + "\"");
        return decoded.map(object -> new MessageReceived(object, values.participant(from), direct)).orElse(null);
    }

    @Override
    public boolean request(Present from, AppMessage request) {
        return dispatcher.submitMessage(() -> {
            handler.answer(from, request);
            return null;
        }, request.payload().length);
    }

    @Override
    public void together(Runnable action) {
        dispatcher.together(action);
    }

    @Override
    public void joinProgress(SyncProgress progress) {
        dispatcher.runEarly(() -> onJoinProgress.accept(progress));
    }

    @Override
    public void joined(Present now) {
        participant(now.id(), null, now, null);
    }

    @Override
    public void left(Present gone, ParticipantLeft.Reason reason) {
        // If it comes back, its next update is told after it has joined again, not in the place of this one.
        updates.remove(gone.id());
        participant(gone.id(), gone, null, reason);
    }

    @Override
    public void updated(Present before, Present now) {
        FoldedEvents waiting = updates.get(now.id());
        if (waiting != null && isOpen(waiting)) {
            waiting.participant(now.id(), before, now, null);
        } else {
            participant(now.id(), before, now, null);
        }
    }

    private void participant(long id, @Nullable Present before, @Nullable Present now,
            ParticipantLeft.@Nullable Reason reason) {
        FoldedEvents into = fold(FoldedEvents.bytesOf(before) + FoldedEvents.bytesOf(now));
        if (into == null) {
            into = put();
            if (before != null && now != null) {
                updates.put(id, into);
            }
        }
        into.participant(id, before, now, reason);
    }

    @Override
    public void hostChanged(Present host) {
        long bytes = FoldedEvents.bytesOf(host);
        FoldedEvents into = fold(bytes);
        if (into == null) {
            dispatcher.submit(() -> new HostChanged(values.participant(host)), bytes);
        } else {
            into.hostChanged(host);
        }
    }

    @Override
    public void statusChanged(StatusChanged change, boolean wasInSync) {
        FoldedEvents into = fold(0);
        if (into == null) {
            dispatcher.submit(() -> change, 0);
        } else {
            into.statusChanged(change, wasInSync);
        }
    }

    @Override
    public void merged(List<Conflict> conflicts, int omitted) {
        long bytes = conflicts.stream().mapToLong(each -> Budget.CHANGE_OVERHEAD_BYTES + (long) each.here().bytes().length
                + each.there().bytes().length).sum();
        FoldedEvents into = fold(bytes);
        if (into == null) {
            dispatcher.submit(() -> new MergeReport(conflicts.stream().map(this::decode).toList(), omitted), bytes);
        } else {
            into.merged(omitted + conflicts.size());
        }
    }

    /** Among the events, without the lock. */
    private MergeReport.Conflict decode(Conflict conflict) {
        boolean keptHere = conflict.here().stamp().after(conflict.there().stamp());
        return new MergeReport.Conflict(conflict.key(),
                version(conflict.key(), keptHere ? conflict.here() : conflict.there()),
                version(conflict.key(), keptHere ? conflict.there() : conflict.here()));
    }

    private MergeReport.Version version(String key, VersionedValue of) {
        return new MergeReport.Version(values.of(key, of), values.author(of.by().author()),
                Instant.ofEpochMilli(of.stamp().written().millis()));
    }

    @Override
    public void passing(RoomEvent event, int bytes) {
        if (!dispatcher.submit(() -> event, bytes)) {
            stats.eventsDropped++;
        }
    }

    /** Where an event of so many bytes is to be folded; null if it may be put in by itself. */
    private @Nullable FoldedEvents fold(long bytes) {
        if (folded == null || !isOpen(folded)) {
            folded = budget.admits(Use.EVENTS, Budget.EVENT_OVERHEAD_BYTES + bytes) ? null : put();
        }
        return folded;
    }

    private FoldedEvents put() {
        FoldedEvents events = new FoldedEvents(values, stats, budget, dispatcher.registrations(), this::taken);
        dispatcher.submit(events);
        return events;
    }

    /** Whether events may be added: not for a listener that came after it was put in, which would not hear them. */
    private boolean isOpen(FoldedEvents events) {
        return events.isOpen(dispatcher.registrations());
    }

    /** These are told just now. Takes the lock. */
    private void taken(FoldedEvents events) {
        lock.lock();
        try {
            events.close();
            updates.values().remove(events);
            if (folded == events) {
                folded = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
