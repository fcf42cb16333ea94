package dev.parlor.internal.room;

import dev.parlor.Room;
import dev.parlor.internal.log.Log;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The last words of a participant that leaves of its own will. */
final class Goodbye {
    /** How long the others may take to confirm the goodbye; longer, and some may take us for lost. */
    private static final Duration GOODBYE = Duration.ofMillis(300);
    /** The timer of the room ends both waits; only if it does not run does the caller's patience. */
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Log LOG = Log.of(Room.class);

    private final RoomCore core;

    Goodbye(RoomCore core) {
        this.core = core;
    }

    /**
     * Waits until the others have what was written here, at most the time for a close, and tells them. An interrupt of the
     * caller ends neither: it would cost what was written.
     */
    void say(Interrupts interrupts) {
        if (!interrupts.await(begin(), core.options().closeTimeout().plus(GOODBYE).plus(GRACE).toNanos())) {
            LOG.debug("not everybody confirmed the goodbye");
        }
    }

    /** The same without waiting: done, in whatever way, when there is nothing more to say. */
    CompletableFuture<Void> begin() {
        // What is held back for slow listeners is said now or never.
        core.locked(() -> core.messages().pressure().end());
        return core.messages().flushes().begin(core.options().closeTimeout()).handle((done, late) -> {
            if (late != null) {
                LOG.info("left the room \"{}\" before everybody confirmed what was written here", core.options().room());
            }
            // Of its own time, or a slow confirmation would make us look lost.
            return core.messages().flushes().beginGoodbye(GOODBYE);
        }).thenCompose(said -> said).handle((done, late) -> null);
    }
}
