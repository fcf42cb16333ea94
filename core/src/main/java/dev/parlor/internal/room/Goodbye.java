package dev.parlor.internal.room;

import dev.parlor.Room;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last words of a participant that leaves of its own will. */
final class Goodbye {
    /** How long the others may take to confirm the goodbye; longer, and some may take us for lost. */
    private static final Duration GOODBYE = Duration.ofMillis(300);
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private final RoomCore core;

    Goodbye(RoomCore core) {
        this.core = core;
    }

    /** Waits until the others have what was written here, at most until the deadline, and tells them. */
    void say(long deadlineNanos) {
        long left = deadlineNanos - core.environment().nanos().getAsLong();
        if (!await(core.messages().flushes().begin(core.options().closeTimeout()), left)) {
            LOG.info("left the room \"{}\" before everybody confirmed what was written here", core.options().room());
        }
        // Of its own time, or a slow confirmation would make us look lost.
        if (!await(core.messages().flushes().beginGoodbye(GOODBYE), GOODBYE.toNanos())) {
            LOG.debug("not everybody confirmed the goodbye");
        }
    }

    private static boolean await(CompletableFuture<Void> confirmed, long nanos) {
        try {
            confirmed.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException late) {
            return false;
        }
    }
}
