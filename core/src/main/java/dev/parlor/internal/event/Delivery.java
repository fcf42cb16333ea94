package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.budget.Budget.Use;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Hands what a turn has taken to the listeners, call by call. Where it stands is kept here and not on the stack: a listener
 * that shows a modal dialog runs the event loop of its user interface amid its call, and the turn that comes up there goes on
 * where this one stands, with the listeners that are next for the same event. So nothing waits for the dialog, and every
 * listener still hears everything in order.
 *
 * <p>Used by one thread at a time, which {@link Turns} sees to.
 */
final class Delivery {
    private final ChangeDecoder decoder;
    private final DispatchReports reports;
    private final Iterable<Subscriber<?>> subscribers;
    private final Budget budget;
    private final Deque<Item> taken = new ArrayDeque<>();
    // The event that is being told, where it came from, and to whom next.
    private RoomEvent event;
    private Item item;
    private Iterator<Subscriber<?>> next;
    private boolean heard;
    // The listener that takes its changes one by one, and which is next.
    private Subscriber<?> changesFor;
    private int nextChange;

    Delivery(ChangeDecoder decoder, DispatchReports reports, Iterable<Subscriber<?>> subscribers, Budget budget) {
        this.decoder = decoder;
        this.reports = reports;
        this.subscribers = subscribers;
        this.budget = budget;
    }

    /** Whether all that was taken has been told, but for the calls that are under way. */
    boolean isDone() {
        return event == null && taken.isEmpty();
    }

    /** To be filled when {@link #isDone()}. */
    Deque<Item> taken() {
        return taken;
    }

    /** Tells all that was taken. */
    void run() {
        while (event != null || begin()) {
            step();
        }
    }

    /** Begins with the next item that is an event; actions are run at once. False if there is none. */
    private boolean begin() {
        for (Item begun; (begun = taken.poll()) != null;) {
            RoomEvent opened = open(begun);
            if (opened != null) {
                event = opened;
                item = begun;
                next = subscribers.iterator();
                heard = false;
                return true;
            }
            free(begun);
        }
        return false;
    }

    /** Runs an action, or makes an event; null if there is nothing to tell. */
    private RoomEvent open(Item begun) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        try {
            if (begun.action() != null) {
                if (begun.target() == null || !begun.target().hasEnded()) {
                    begun.action().run();
                }
                return null;
            }
            if (begun.several() != null) {
                expand(begun);
                return null;
            }
            if (begun.changes() == null) {
                return begun.event().get();
            }
            List<Change> changes = begun.changes().decode(decoder);
            return changes.isEmpty() ? null : new SessionDataChanged(changes);
        } catch (Throwable e) {
            reports.listenerThrew(e, null, begun.target() == null ? null : begun.target().listener());
            return null;
        } finally {
            restore(interrupted);
        }
    }

    /** Puts the events of an item in its place; the last of them holds what they all take. */
    private void expand(Item begun) {
        List<RoomEvent> events = begun.several().take();
        long bytes = begun.several().bytes();
        if (events.isEmpty()) {
            budget.free(Use.EVENTS, bytes);
        }
        for (int i = events.size() - 1; i >= 0; i--) {
            RoomEvent each = events.get(i);
            taken.addFirst(Item.of(begun.sequence(), () -> each, Use.EVENTS, i == events.size() - 1 ? bytes : 0));
        }
    }

    private void free(Item told) {
        if (told.changes() != null) {
            budget.free(Use.CHANGES, told.changes().bytes());
        } else if (told.use() != null) {
            budget.free(told.use(), told.bytes());
        }
    }

    /** Makes one call to one listener, or finds that there is none left. All is noted before the call. */
    private void step() {
        RoomEvent told = event;
        if (changesFor != null) {
            List<Change> changes = ((SessionDataChanged) told).changes();
            Subscriber<?> listener = changesFor;
            while (nextChange < changes.size()) {
                Change change = changes.get(nextChange++);
                if (listener.wants(change)) {
                    call(listener, change, told);
                    return;
                }
            }
            changesFor = null;
            return;
        }
        while (next.hasNext()) {
            Subscriber<?> listener = next.next();
            if (!wants(listener, told)) {
                continue;
            }
            if (listener.takesSingleChanges()) {
                changesFor = listener;
                nextChange = 0;
                return;
            }
            hear(listener, told);
            call(listener, told, told);
            return;
        }
        free(item);
        event = null;
        item = null;
        next = null;
        if (told instanceof MessageReceived message && !heard) {
            reports.message(message, false);
        }
    }

    private boolean wants(Subscriber<?> listener, RoomEvent told) {
        try {
            return listener.mayWant(told, item.sequence());
        } catch (Throwable e) {
            reports.listenerThrew(e, told, listener.listener());
            return false;
        }
    }

    private void hear(Subscriber<?> listener, RoomEvent told) {
        if (!heard && listener.counts() && told instanceof MessageReceived message) {
            heard = true;
            reports.message(message, true);
        }
    }

    private void call(Subscriber<?> listener, Object what, RoomEvent told) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        try {
            listener.accept(what);
        } catch (Throwable e) {
            reports.listenerThrew(e, told, listener.listener());
        } finally {
            restore(interrupted);
        }
    }

    /**
     * An interrupt that a listener leaves behind would end the waits of the next one. One that the executor's thread had
     * before is not a listener's and stays.
     */
    private static void restore(boolean interrupted) {
        if (!interrupted) {
            Thread.interrupted();
        }
    }
}
