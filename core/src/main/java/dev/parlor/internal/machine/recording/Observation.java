package dev.parlor.internal.machine.recording;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who hears what passes between a room and its network, for a recording: one at a time, or nobody. Thread-safe. */
public final class Observation {
    private final Consumer<Throwable> onThrown;
    private volatile @Nullable RoomObserver observer;

    /** @param onThrown told what an observer threw, which is heard from no more */
    public Observation(Consumer<Throwable> onThrown) {
        this.onThrown = onThrown;
    }

    /** Who hears it; null for nobody. */
    public @Nullable RoomObserver observer() {
        return observer;
    }

    /** From now on this one does, or nobody if null. */
    public synchronized void observer(@Nullable RoomObserver hears) {
        observer = hears;
    }

    /** Tells it, if there is one; with or without the lock. One that throws is heard from no more: the room goes on. */
    public void tell(Consumer<RoomObserver> news) {
        RoomObserver hears = observer;
        if (hears != null) {
            try {
                news.accept(hears);
            } catch (RuntimeException | Error e) {
                forget(hears);
                onThrown.accept(e);
            }
        }
    }

    /** Unless another has taken its place meanwhile. */
    private synchronized void forget(RoomObserver one) {
        if (observer == one) {
            observer = null;
        }
    }
}
