package dev.parlor.internal.engine;

import dev.parlor.Room;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.thread.Environment;
import java.util.concurrent.TimeUnit;

/**
 * Offers what was queued at the close to the application's executor, again and again, once the room's own timer has ended:
 * without this, what the executor refuses or drops in that moment would never be told. For a bounded time, in which the JVM's
 * timer holds the room.
 */
final class LastOffers {
    /** As often as while the room is open. */
    static final long INTERVAL_MILLIS = 200;
    /**
     * So long it is offered. An executor that was full has made room by then, and one that drops turns has been given three;
     * with more, an application that ends its executor first and is unloaded would stay in memory for longer.
     */
    static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Log LOG = Log.of(Room.class);

    private final String room;
    private final Environment environment;
    private final Dispatcher dispatcher;
    private final long begunNanos;

    LastOffers(String room, Environment environment, Dispatcher dispatcher) {
        this.room = room;
        this.environment = environment;
        this.dispatcher = dispatcher;
        this.begunNanos = environment.nanos().getAsLong();
    }

    /** Sees to it that all is told, if it is not. Without the lock. */
    void begin() {
        if (dispatcher.needsNoTurn()) {
            return;
        }
        if (environment.nanos().getAsLong() - begunNanos < MOST_NANOS) {
            environment.afterwards().after(INTERVAL_MILLIS, this::offer);
            return;
        }
        Dispatcher.Untold untold = dispatcher.letGo();
        LOG.warn("room \"{}\": {} events that were queued when it was closed {}", room, untold.events(),
                untold.mayBeTold() ? "are left to the executor of deliverOn(…), which is busy or has dropped them"
                        : "are never told: the executor of deliverOn(…) refuses to run listeners");
    }

    private void offer() {
        dispatcher.tick();
        begin();
    }
}
