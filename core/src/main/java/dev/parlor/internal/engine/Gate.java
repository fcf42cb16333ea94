package dev.parlor.internal.engine;

import dev.parlor.RoomClosedException;
import dev.parlor.internal.machine.state.Now;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one lock of a room, and whether the room is closed. Whoever changes something that has to be sent, told or waited for
 * outside goes through {@link RoomEngine#enter}; this is for looks, and for the sender, after which nothing is to be done.
 */
final class Gate {
    private final RoomLock lock = new RoomLock();
    private final Condition room = lock.newCondition();
    private final Condition participants = lock.newCondition();
    private final Now now;
    private final String name;
    private volatile boolean closed;

    /** @param name the room's, for what is told of a closed one */
    Gate(String name, Now now) {
        this.name = name;
        this.now = now;
    }

    /** For those who take it by themselves. */
    Lock lock() {
        return lock;
    }

    void enter() {
        lock.lock();
        now.begin();
    }

    void leave() {
        lock.unlock();
    }

    /** Whether the calling thread holds the lock. */
    boolean isHeldHere() {
        return lock.isHeldByCurrentThread();
    }

    // ---- the end

    /** From now on the room is closed. @return whether it was not before */
    boolean close() {
        return read(() -> {
            boolean first = !closed;
            closed = true;
            return first;
        });
    }

    /** Whether it is closed, or about to be. */
    boolean isClosed() {
        return closed;
    }

    /** @throws RoomClosedException if it is */
    void requireOpen() {
        if (closed) {
            throw new RoomClosedException(name);
        }
    }

    // ---- looks

    /** Looks at something. */
    <T extends @Nullable Object> T read(Supplier<T> look) {
        enter();
        try {
            return look.get();
        } finally {
            leave();
        }
    }

    /** Does something after which nothing is to be done outside. */
    void quietly(Runnable action) {
        enter();
        try {
            action.run();
        } finally {
            leave();
        }
    }

    // ---- waits

    /** There may be room for messages, or nothing is sent any more. Under the lock. */
    void roomChanged() {
        room.signalAll();
    }

    /** Waits until {@link #roomChanged}, and at most so long. Under the lock, which others take meanwhile. @return what is left */
    long awaitRoom(long nanos) throws InterruptedException {
        long left = room.awaitNanos(nanos);
        now.begin();
        return left;
    }

    /** Others are here than before. Under the lock. */
    void participantsChanged() {
        participants.signalAll();
    }

    /** Waits until {@link #participantsChanged}, as {@link #awaitRoom}. */
    long awaitParticipants(long nanos) throws InterruptedException {
        long left = participants.awaitNanos(nanos);
        now.begin();
        return left;
    }
}
