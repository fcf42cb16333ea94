package dev.parlor.demo.desktop.model.join;

import dev.parlor.RoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a room's events from its first moment until somebody shows them: a room may tell something before the window that its
 * join opens is there. For the thread that the room delivers on.
 */
public final class EventQueue implements Consumer<RoomEvent> {
    private final List<RoomEvent> waiting = new ArrayList<>();
    private Consumer<? super RoomEvent> listener;

    @Override
    public void accept(RoomEvent event) {
        if (listener == null) {
            waiting.add(event);
        } else {
            listener.accept(event);
        }
    }

    /** From now on, and all that waited, goes to a listener. */
    public void deliverTo(Consumer<? super RoomEvent> events) {
        listener = events;
        waiting.forEach(events);
        waiting.clear();
    }
}
