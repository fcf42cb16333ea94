package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the listeners, in order. Beyond {@link #CONFLATE_AFTER} items, or beyond their share of the {@link Budget},
 * changes of session data become one item in which each key is held once; messages and other events beyond their shares are
 * refused. What an item takes is given back once its listeners have had it.
 *
 * <p>Guarded by the dispatcher's lock.
 */
final class EventQueue {
    /** Waiting items, or writes of single keys, beyond which changes conflate. Below it a listener sees every change by itself. */
    static final int CONFLATE_AFTER = 1024;
    /** Items, and changes of single keys, delivered before the executor may run something else, such as painting. */
    private static final int ITEMS_A_TURN = 256;

    private final Budget budget;
    private final Deque<Item> items = new ArrayDeque<>();
    /** What is told even before the start. */
    private final Deque<Item> early = new ArrayDeque<>();
    private @Nullable PendingChanges conflating;
    /** The last item, if further writes of single keys may be told with it; else null. */
    private @Nullable PendingChanges run;
    /** Writes of single keys that wait beside the first of each item. */
    private int inRuns;
    private long nextSequence = 1;
    private boolean started;
    private boolean closed;
    /** Whether anything may wait; so that who has put in nothing need not take the lock to find out. */
    private volatile boolean waiting;

    EventQueue(Budget budget) {
        this.budget = budget;
    }

    void start() {
        started = true;
    }

    boolean isStarted() {
        return started;
    }

    /** Takes nothing more. */
    void close() {
        closed = true;
    }

    /** Whether anything may wait; asked without the lock. */
    boolean mayWait() {
        return waiting;
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Whether a turn would find anything. */
    boolean isReady() {
        return !early.isEmpty() || started && !items.isEmpty();
    }

    /** The number of the item that is put in next. Changes put in from now on are in that or in later ones. */
    long beginNext() {
        conflating = null;
        run = null;
        return nextSequence;
    }

    /** False if so many wait that it was refused. */
    boolean add(Supplier<? extends @Nullable RoomEvent> event, Use use, long bytes) {
        if (!budget.admits(use, bytes)) {
            return false;
        }
        if (!closed) {
            budget.add(use, bytes);
            put(Item.of(nextSequence++, event, use, bytes));
        }
        return true;
    }

    void add(PendingEvents events) {
        if (!closed) {
            put(Item.of(nextSequence++, events));
        }
    }

    void add(Runnable action, @Nullable Subscriber target) {
        if (!closed) {
            put(Item.of(nextSequence++, action, target));
        }
    }

    void addEarly(Runnable action) {
        if (!closed) {
            early.add(Item.of(0, action, null));
            waiting = true;
        }
    }

    /** @param takenBack is told of each key whose change waited and is not told any more */
    void add(SessionChanges changes, Change.Cause cause, Consumer<String> takenBack) {
        if (closed) {
            return;
        }
        if (conflating != null) {
            long before = conflating.bytes();
            conflating.add(changes, cause, takenBack);
            budget.add(Use.CHANGES, conflating.bytes() - before);
            return;
        }
        PendingChanges pending = new PendingChanges(changes, cause);
        if (items.size() + inRuns >= CONFLATE_AFTER || !budget.admits(Use.CHANGES, pending.bytes())) {
            conflating = pending;
        }
        budget.add(Use.CHANGES, pending.bytes());
        put(Item.of(nextSequence++, pending));
    }

    /**
     * A write of a single key.
     *
     * @param apart whether who hears of it hears it by itself, so that it may be told with other such
     * @param takenBack as above
     */
    void add(String key, @Nullable VersionedValue before, VersionedValue now, Change.Cause cause, boolean apart,
            Consumer<String> takenBack) {
        if (closed) {
            return;
        }
        if (conflating != null) {
            long was = conflating.bytes();
            conflating.add(key, before, now, cause, takenBack);
            budget.add(Use.CHANGES, conflating.bytes() - was);
            return;
        }
        long bytes = PendingChanges.bytesOf(before, now);
        boolean fits = items.size() + inRuns < CONFLATE_AFTER && budget.admits(Use.CHANGES, bytes);
        budget.add(Use.CHANGES, bytes);
        PendingChanges open = run;
        if (open != null && fits && open.takes(cause)) {
            inRuns++;
        } else {
            open = PendingChanges.run(cause);
            put(Item.of(nextSequence++, open));
        }
        open.append(key, before, now);
        run = apart && fits ? open : null;
        conflating = fits ? null : open;
    }

    private void put(Item item) {
        items.add(item);
        run = null;
        waiting = true;
    }

    /** Moves the items of a turn. */
    void take(Deque<Item> taken) {
        taken.addAll(early);
        early.clear();
        for (int told = taken.size(); started && told < ITEMS_A_TURN && !items.isEmpty(); told++) {
            Item item = items.poll();
            taken.add(item);
            PendingChanges changes = item.changes();
            if (changes != null) {
                told += changes.writes() - 1;
                taken(changes);
            }
        }
        waiting = !items.isEmpty();
    }

    private void taken(PendingChanges changes) {
        inRuns -= changes.writes() - 1;
        if (changes == conflating) {
            conflating = null;
        }
        if (changes == run) {
            run = null;
        }
    }

    void clear() {
        items.clear();
        inRuns = 0;
        run = null;
        early.clear();
    }
}
