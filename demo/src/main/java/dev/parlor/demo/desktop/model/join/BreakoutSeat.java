package dev.parlor.demo.desktop.model.join;

import dev.parlor.Room;
import dev.parlor.RoomEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The breakout room that this participant is in: a Parlor room of its own, beside the main room, in which everybody stays and
 * which says who belongs where. For the thread that rooms deliver on.
 */
public final class BreakoutSeat implements AutoCloseable {
    private final String mainRoom;
    private final Joiner joiner;
    private final Consumer<? super RoomEvent> events;
    private final Runnable changed;
    private final Consumer<String> failed;
    private final Executor background;
    private String id = "";
    private CompletableFuture<Room> joining;
    private Room room;

    /**
     * Joins a room of a name without waiting; the future is completed on the thread that rooms deliver on, and who cancels it
     * joins no room.
     */
    @FunctionalInterface
    public interface Joiner {
        CompletableFuture<Room> join(String name, EventQueue events);
    }

    /**
     * @param events told of the breakout room's events
     * @param changed told when it is joined or left
     * @param failed told why it cannot be joined
     * @param background closes rooms, which may wait for the network
     */
    public BreakoutSeat(String mainRoom, Joiner joiner, Consumer<? super RoomEvent> events, Runnable changed, Consumer<String> failed,
            Executor background) {
        this.mainRoom = mainRoom;
        this.joiner = joiner;
        this.events = events;
        this.changed = changed;
        this.failed = failed;
        this.background = background;
    }

    public Optional<Room> room() {
        return Optional.ofNullable(room);
    }

    /** Goes to a breakout room, from whatever one it is in; to none if the id is empty. */
    public void sit(String wanted) {
        if (wanted.equals(id)) {
            return;
        }
        leave();
        id = wanted;
        if (!wanted.isEmpty()) {
            EventQueue queue = new EventQueue();
            CompletableFuture<Room> attempt = joiner.join(mainRoom + "/" + wanted, queue);
            joining = attempt;
            attempt.whenComplete((joined, failure) -> {
                if (joined != null) {
                    room = joined;
                    queue.deliverTo(events);
                    changed.run();
                } else if (!attempt.isCancelled()) {
                    failed.accept(RoomDoor.text(failure));
                }
            });
        }
        changed.run();
    }

    private void leave() {
        if (joining != null) {
            joining.cancel(true);
            joining = null;
        }
        if (room != null) {
            background.execute(room::close);
            room = null;
        }
    }

    @Override
    public void close() {
        leave();
        id = "";
    }
}
