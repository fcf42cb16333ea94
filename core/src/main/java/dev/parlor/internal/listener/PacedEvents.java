package dev.parlor.internal.listener;

import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.RoomEvent;
import dev.parlor.SignalReceived;
import dev.parlor.Subscription;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Hands events of participants to a listener that wants no more than one of each participant in some time: the first at once, those
 * that follow too soon as one when the time is over, and none of who has left.
 */
public final class PacedEvents implements Subscription {
    private final Subscription pacing;
    private final Subscription departures;

    /**
     * @param of whose event it is
     * @param asOne makes one of an event that is held and a later one
     * @param named whose class is named when the listener throws
     */
    private <E extends RoomEvent> PacedEvents(Dispatcher dispatcher, Environment environment, Duration interval, Class<E> type,
            Predicate<? super E> wanted, Function<E, Participant> of, BinaryOperator<E> asOne, Consumer<? super E> listener, Object named) {
        Pacing<ParticipantId, E> paced = new Pacing<>(dispatcher, environment, interval,
                (held, later) -> held == null || later == null ? later : asOne.apply(held, later), listener, pace ->
                dispatcher.subscribe(type, wanted, event -> pace.offer(of.apply(event).id(), event), named));
        this.pacing = paced;
        this.departures = dispatcher.subscribe(ParticipantLeft.class, left -> paced.forget(left.participant().id()));
    }

    /** Of user data: several are one change from the first to the last. */
    public static PacedEvents updates(Dispatcher dispatcher, Environment environment, Duration interval,
            Consumer<? super ParticipantUpdated> listener) {
        return new PacedEvents(dispatcher, environment, interval, ParticipantUpdated.class, any -> true, ParticipantUpdated::participant,
                (held, later) -> new ParticipantUpdated(later.participant(), held.oldUserData()), listener, listener);
    }

    /** Of signals: the newest takes the place of those before. @param named whose class is named when the listener throws */
    public static PacedEvents signals(Dispatcher dispatcher, Environment environment, Duration interval,
            Predicate<? super SignalReceived> wanted, Consumer<? super SignalReceived> listener, Object named) {
        return new PacedEvents(dispatcher, environment, interval, SignalReceived.class, wanted, SignalReceived::from,
                (held, later) -> later, listener, named);
    }

    @Override
    public void close() {
        pacing.close();
        departures.close();
    }
}
