package dev.parlor.internal.dispatch;

import dev.parlor.RoomEvent;
import dev.parlor.internal.memory.Budget.Use;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something to be delivered: an event that is made when it is delivered, several of them, changes of session data, or an action.
 *
 * @param sequence its place in the order of all items; listeners registered later do not hear of it
 * @param target whom an action is for, so that it is not run once that has ended its registration; null for nobody
 * @param use what its bytes are taken from; null for none
 * @param bytes what an event keeps in memory until its listeners have had it
 */
record Item(long sequence, @Nullable Supplier<? extends @Nullable RoomEvent> event, @Nullable PendingEvents several,
        @Nullable PendingChanges changes, @Nullable Runnable action, @Nullable Subscriber target, @Nullable Use use, long bytes) {
    static Item of(long sequence, Supplier<? extends @Nullable RoomEvent> event, Use use, long bytes) {
        return new Item(sequence, event, null, null, null, null, use, bytes);
    }

    static Item of(long sequence, PendingEvents several) {
        return new Item(sequence, null, several, null, null, null, null, 0);
    }

    static Item of(long sequence, PendingChanges changes) {
        return new Item(sequence, null, null, changes, null, null, null, 0);
    }

    static Item of(long sequence, Runnable action, @Nullable Subscriber target) {
        return new Item(sequence, null, null, null, action, target, null, 0);
    }
}
