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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands events of participants to a listener that wants no more than one of each participant in some time: the first at
 * once, those that follow too soon as one when the time is over. On the event thread only, but for {@link #close}.
 *
 * @param <E> the class of the events
 */
public final class PacedEvents<E extends RoomEvent> implements Subscription {
    /** What a participant did of late. */
    private static final class Pace<E> {
        private long toldNanos;
        /** What is to be told when the time is over, or null. */
        private @Nullable E held;
        /** Cancels the timer that tells it. */
        private volatile Runnable timer = () -> {};
    }

    private final Dispatcher dispatcher;
    private final Environment environment;
    private final long intervalNanos;
    private final Function<E, Participant> of;
    private final BinaryOperator<E> asOne;
    private final Consumer<? super E> listener;
    private final Map<ParticipantId, Pace<E>> paces = new ConcurrentHashMap<>();
    private final Subscription events;
    private final Subscription departures;
    private volatile boolean closed;

    /**
     * @param interval in which a participant's events are one
     * @param of whose event it is
     * @param asOne makes one of an event that is held and a later one
     * @param named whose class is named when the listener throws
     */
    private PacedEvents(Dispatcher dispatcher, Environment environment, Duration interval, Class<E> type, Predicate<? super E> wanted,
            Function<E, Participant> of, BinaryOperator<E> asOne, Consumer<? super E> listener, Object named) {
        this.dispatcher = dispatcher;
        this.environment = environment;
        this.intervalNanos = interval.toNanos();
        this.of = of;
        this.asOne = asOne;
        this.listener = listener;
        this.events = dispatcher.subscribe(type, wanted, this::onEvent, named);
        this.departures = dispatcher.subscribe(ParticipantLeft.class, left -> forget(left.participant().id()));
    }

    /** Of user data: several are one change from the first to the last. */
    public static PacedEvents<ParticipantUpdated> updates(Dispatcher dispatcher, Environment environment, Duration interval,
            Consumer<? super ParticipantUpdated> listener) {
        return new PacedEvents<>(dispatcher, environment, interval, ParticipantUpdated.class, any -> true, ParticipantUpdated::participant,
                (held, later) -> new ParticipantUpdated(later.participant(), held.oldUserData()), listener, listener);
    }

    /** Of signals: the newest takes the place of those before. @param named whose class is named when the listener throws */
    public static PacedEvents<SignalReceived> signals(Dispatcher dispatcher, Environment environment, Duration interval,
            Predicate<? super SignalReceived> wanted, Consumer<? super SignalReceived> listener, Object named) {
        return new PacedEvents<>(dispatcher, environment, interval, SignalReceived.class, wanted, SignalReceived::from,
                (held, later) -> later, listener, named);
    }

    private void forget(ParticipantId id) {
        Pace<E> gone = paces.remove(id);
        if (gone != null) {
            gone.timer.run();
        }
    }

    private void onEvent(E event) {
        ParticipantId id = of.apply(event).id();
        Pace<E> pace = paces.get(id);
        long now = environment.nanos().getAsLong();
        if (pace != null && pace.held != null) {
            pace.held = asOne.apply(pace.held, event);
        } else if (pace != null && now - pace.toldNanos < intervalNanos) {
            pace.held = event;
            // Rounded up: too early would be too often.
            long left = (intervalNanos - (now - pace.toldNanos) + 999_999) / 1_000_000;
            pace.timer = environment.timer().after(left, () -> {
                dispatcher.run(() -> tellHeld(id));
                dispatcher.pump();
            });
        } else {
            tell(paces.computeIfAbsent(id, any -> new Pace<>()), event, now);
        }
    }

    private void tellHeld(ParticipantId id) {
        Pace<E> pace = paces.get(id);
        if (pace != null && pace.held != null) {
            E held = pace.held;
            pace.held = null;
            tell(pace, held, environment.nanos().getAsLong());
        }
    }

    private void tell(Pace<E> pace, E event, long now) {
        pace.toldNanos = now;
        if (!closed) {
            listener.accept(event);
        }
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        departures.close();
        paces.keySet().forEach(this::forget);
    }
}
