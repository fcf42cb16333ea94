package dev.parlor.internal.listener;

import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Subscription;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands updates of user data to a listener that wants no more than one of each participant in some time: the first at
 * once, those that follow too soon as one when the time is over. On the event thread only, but for {@link #close}.
 */
public final class PacedUpdates implements Subscription {
    /** What a participant did of late. */
    private static final class Pace {
        private long toldNanos;
        /** What is to be told when the time is over, or null. */
        private @Nullable ParticipantUpdated held;
        /** Cancels the timer that tells it. */
        private volatile Runnable timer = () -> {};
    }

    private final Dispatcher dispatcher;
    private final Environment environment;
    private final long intervalNanos;
    private final Consumer<? super ParticipantUpdated> listener;
    private final Map<ParticipantId, Pace> paces = new ConcurrentHashMap<>();
    private final Subscription updates;
    private final Subscription departures;
    private volatile boolean closed;

    /** @param interval in which a participant's updates are one */
    public PacedUpdates(Dispatcher dispatcher, Environment environment, Duration interval,
            Consumer<? super ParticipantUpdated> listener) {
        this.dispatcher = dispatcher;
        this.environment = environment;
        this.intervalNanos = interval.toNanos();
        this.listener = listener;
        this.updates = dispatcher.subscribe(ParticipantUpdated.class, any -> true, this::onUpdate, listener);
        this.departures = dispatcher.subscribe(ParticipantLeft.class, left -> forget(left.participant().id()));
    }

    private void forget(ParticipantId id) {
        Pace gone = paces.remove(id);
        if (gone != null) {
            gone.timer.run();
        }
    }

    private void onUpdate(ParticipantUpdated event) {
        ParticipantId id = event.participant().id();
        Pace pace = paces.get(id);
        long now = environment.nanos().getAsLong();
        if (pace != null && pace.held != null) {
            pace.held = new ParticipantUpdated(event.participant(), pace.held.oldUserData());
        } else if (pace != null && now - pace.toldNanos < intervalNanos) {
            pace.held = event;
            // Rounded up: too early would be too often.
            long left = (intervalNanos - (now - pace.toldNanos) + 999_999) / 1_000_000;
            pace.timer = environment.timer().after(left, () -> {
                dispatcher.run(() -> tellHeld(id));
                dispatcher.pump();
            });
        } else {
            tell(paces.computeIfAbsent(id, any -> new Pace()), event, now);
        }
    }

    private void tellHeld(ParticipantId id) {
        Pace pace = paces.get(id);
        if (pace != null && pace.held != null) {
            ParticipantUpdated held = pace.held;
            pace.held = null;
            tell(pace, held, environment.nanos().getAsLong());
        }
    }

    private void tell(Pace pace, ParticipantUpdated event, long now) {
        pace.toldNanos = now;
        if (!closed) {
            listener.accept(event);
        }
    }

    @Override
    public void close() {
        closed = true;
        updates.close();
        departures.close();
        paces.keySet().forEach(this::forget);
    }
}
