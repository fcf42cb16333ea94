package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionChanges;
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
    /** Waiting items beyond which changes conflate. Below it a listener sees every change by itself. */
    static final int CONFLATE_AFTER = 1024;
    /** Items delivered before the executor may run something else, such as painting. */
    private static final int ITEMS_A_TURN = 256;

    private final Budget budget;
    private final Deque<Item> items = new ArrayDeque<>();
    /** What is told even before the start. */
    private final Deque<Item> early = new ArrayDeque<>();
    private @Nullable PendingChanges conflating;
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
        if (items.size() >= CONFLATE_AFTER || !budget.admits(Use.CHANGES, pending.bytes())) {
            conflating = pending;
        }
        budget.add(Use.CHANGES, pending.bytes());
        put(Item.of(nextSequence++, pending));
    }

    private void put(Item item) {
        items.add(item);
        waiting = true;
    }

    /** Moves the items of a turn. */
    void take(Deque<Item> taken) {
        taken.addAll(early);
        early.clear();
        while (started && taken.size() < ITEMS_A_TURN && !items.isEmpty()) {
            Item item = items.poll();
            taken.add(item);
            if (item.changes() != null && item.changes() == conflating) {
                conflating = null;
            }
        }
        waiting = !items.isEmpty();
    }

    void clear() {
        items.clear();
        early.clear();
    }
}
