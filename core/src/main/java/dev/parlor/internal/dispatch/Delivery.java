package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.dispatch.Subscriber.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final Subscriptions subscriptions;
    private final Budget budget;
    private final Deque<Item> taken = new ArrayDeque<>();
    /** The item that is being told, or null. */
    private @Nullable Item item;
    /** What it tells; of changes it is made for the first listener that takes them as a whole. */
    private @Nullable RoomEvent event;
    /** Its changes, or null if it is an event. */
    private @Nullable TakenChanges changes;
    private boolean heard;
    // Who is called with it, who is next, and with which of its changes.
    private final List<Call> calls = new ArrayList<>();
    private int nextCall;
    private int nextChange;

    Delivery(ChangeDecoder decoder, DispatchReports reports, Subscriptions subscriptions, Budget budget) {
        this.decoder = decoder;
        this.reports = reports;
        this.subscriptions = subscriptions;
        this.budget = budget;
    }

    /** Whether all that was taken has been told, but for the calls that are under way. */
    boolean isDone() {
        return item == null && taken.isEmpty();
    }

    /** To be filled when {@link #isDone()}. */
    Deque<Item> taken() {
        return taken;
    }

    /** Tells all that was taken. */
    void run() {
        while (item != null || begin()) {
            TakenChanges several = changes;
            if (several == null) {
                tellEvent();
            } else {
                tellChanges(several);
            }
        }
    }

    /** Begins with the next item that is an event; actions are run at once. False if there is none. */
    private boolean begin() {
        for (Item begun; (begun = taken.poll()) != null;) {
            PendingChanges pending = begun.changes();
            if (pending != null) {
                TakenChanges several = pending.take(decoder);
                subscriptions.calls(several, begun.sequence(), calls);
                if (calls.size() > 1) {
                    if (pending.writes() > 1) {
                        calls.clear();
                        expand(begun, pending);
                        continue;
                    }
                    several.keep();
                }
                event = null;
                changes = several;
            } else {
                RoomEvent opened = open(begun);
                if (opened == null) {
                    free(begun);
                    continue;
                }
                event = opened;
                subscriptions.calls(opened, begun.sequence(), calls);
            }
            item = begun;
            return true;
        }
        return false;
    }

    /** Runs an action, or makes an event; null if there is nothing to tell. */
    private @Nullable RoomEvent open(Item begun) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        Subscriber target = begun.target();
        try {
            Runnable action = begun.action();
            if (action != null) {
                if (target == null || !target.hasEnded()) {
                    action.run();
                }
                return null;
            }
            if (begun.several() != null) {
                expand(begun, begun.several());
                return null;
            }
            return begun.event() == null ? null : begun.event().get();
        } catch (Throwable e) {
            reports.listenerThrew(e, null, target == null ? null : target.listener());
            return null;
        } finally {
            restore(interrupted);
        }
    }

    /** Puts the changes of a run in its place, each by itself: so that all have heard of one before anybody hears of the next. */
    private void expand(Item begun, PendingChanges run) {
        List<PendingChanges> writes = run.apart();
        for (int i = writes.size() - 1; i >= 0; i--) {
            taken.addFirst(Item.of(begun.sequence(), writes.get(i)));
        }
    }

    /** Puts the events of an item in its place; the last of them holds what they all take. */
    private void expand(Item begun, PendingEvents several) {
        List<RoomEvent> events = several.take();
        long bytes = several.bytes();
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

    /** Calls the next listener with the event. All is noted before the call. */
    private void tellEvent() {
        RoomEvent told = Objects.requireNonNull(event, "an item without changes has an event");
        while (nextCall < calls.size()) {
            Subscriber listener = calls.get(nextCall++).listener();
            if (wants(listener, told)) {
                hear(listener, told);
                call(listener, told, told);
                return;
            }
        }
        end();
    }

    /**
     * Calls the listeners with the changes. All is noted before each call, and looked at again after it: a listener may have let
     * a further turn go on here, to the end of this item and beyond. In a loop of its own, which is entered once an item: so the JIT
     * compiler compiles what it calls, the decoding and the listener, one by one, and not all of it in one piece of seconds.
     */
    private void tellChanges(TakenChanges told) {
        while (changes == told) {
            if (nextCall == calls.size()) {
                end();
            } else {
                tellNext(told, calls.get(nextCall));
            }
        }
    }

    private void tellNext(TakenChanges told, Call call) {
        Subscriber listener = call.listener();
        int index = listener.hasEnded() ? -1 : call.change(nextChange, told.size());
        if (index < 0) {
            nextCall++;
            nextChange = 0;
            if (call.changes() == null && !listener.hasEnded()) {
                tellWhole(listener);
            }
            return;
        }
        nextChange++;
        // Who shows the present does not look at the change, and what nobody looks at is not decoded.
        Change change = listener.showsPresent() ? null : decoded(told, index);
        if (change != null || listener.showsPresent()) {
            call(listener, change, null);
        }
    }

    private void tellWhole(Subscriber listener) {
        RoomEvent whole = event == null ? wholeEvent() : event;
        if (whole != null && wants(listener, whole)) {
            call(listener, whole, whole);
        }
    }

    private void end() {
        RoomEvent told = event;
        if (item != null) {
            free(item);
        }
        item = null;
        event = null;
        changes = null;
        calls.clear();
        nextCall = 0;
        boolean unheard = !heard;
        heard = false;
        if (told instanceof MessageReceived message && unheard) {
            reports.message(message, false);
        }
    }

    /** All changes as one event, but for what cannot be made; null if none can. */
    private @Nullable RoomEvent wholeEvent() {
        TakenChanges several = Objects.requireNonNull(changes, "an item without an event has changes");
        List<Change> all = new ArrayList<>(several.size());
        for (int i = 0; i < several.size(); i++) {
            Change change = decoded(several, i);
            if (change != null) {
                all.add(change);
            }
        }
        event = all.isEmpty() ? null : new SessionDataChanged(all);
        return event;
    }

    /** A change as listeners get it; null if it cannot be made, which is told once. */
    private @Nullable Change decoded(TakenChanges told, int index) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        try {
            return told.get(index);
        } catch (Throwable e) {
            reports.listenerThrew(e, null, null);
            return null;
        } finally {
            restore(interrupted);
        }
    }

    private boolean wants(Subscriber listener, RoomEvent told) {
        try {
            return listener.wants(told);
        } catch (Throwable e) {
            reports.listenerThrew(e, told, listener.listener());
            return false;
        }
    }

    private void hear(Subscriber listener, RoomEvent told) {
        if (!heard && listener.counts() && told instanceof MessageReceived message) {
            heard = true;
            reports.message(message, true);
        }
    }

    /** @param told the event, or null if it is a change alone */
    private void call(Subscriber listener, @Nullable Object what, @Nullable RoomEvent told) {
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
