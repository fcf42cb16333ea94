package dev.parlor.internal.event;

import dev.parlor.RoomEvent;
import java.util.function.Supplier;

/**
 * Something to be delivered: an event that is made when it is delivered, changes of session data, or an action.
 *
 * @param sequence its place in the order of all items; listeners registered later do not hear of it
 * @param target whom an action is for, so that it is not run once that has ended its registration; null for nobody
 * @param messageBytes what a message keeps in memory until its listeners have had it; 0 for all else
 */
record Item(long sequence, Supplier<? extends RoomEvent> event, PendingChanges changes, Runnable action,
        Subscriber<?> target, long messageBytes) {}
