package dev.parlor.internal.dispatch;

import dev.parlor.RoomEvent;
import java.util.List;

/** Events that wait as one item, to which more may be added until it is delivered. */
public interface PendingEvents {
    /** What listeners get, one after the other. On the thread of the listeners, without a lock; nothing is added any more. */
    List<RoomEvent> take();

    /**
     * What they keep in memory. Whoever adds takes it from the {@link dev.parlor.internal.memory.Budget}; it is given back once
     * the last of them has been told. Not asked before {@link #take}.
     */
    long bytes();
}
