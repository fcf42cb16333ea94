package dev.parlor.internal.listener;

import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Subscription;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Hands updates of user data to a listener that wants no more than one of each participant in some time: the first at
 * once, those that follow too soon as one when the time is over, and none of who has left.
 */
public final class PacedUpdates implements Subscription {
    private final Pacing<ParticipantId, ParticipantUpdated> pacing;
    private final Subscription departures;

    /** @param interval in which a participant's updates are one */
    public PacedUpdates(Dispatcher dispatcher, Environment environment, Duration interval,
            Consumer<? super ParticipantUpdated> listener) {
        this.pacing = new Pacing<>(dispatcher, environment, interval, PacedUpdates::both, listener, paced ->
                dispatcher.subscribe(ParticipantUpdated.class, any -> true, event -> paced.offer(event.participant().id(), event),
                        listener));
        this.departures = dispatcher.subscribe(ParticipantLeft.class, left -> pacing.forget(left.participant().id()));
    }

    private static ParticipantUpdated both(ParticipantUpdated first, ParticipantUpdated last) {
        return new ParticipantUpdated(last.participant(), first.oldUserData());
    }

    @Override
    public void close() {
        pacing.close();
        departures.close();
    }
}
