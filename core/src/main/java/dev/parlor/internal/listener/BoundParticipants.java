package dev.parlor.internal.listener;

import dev.parlor.Participant;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands over who is present, whole and in the order of joining: now, and whenever that is another list at a moment at which listeners
 * are told of somebody. Of changes that wait together the last is seen alone. On the event thread only, but for {@link #close}.
 */
public final class BoundParticipants implements Subscription {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Supplier<List<Present>> present;
    private final Values values;
    private final Dispatcher dispatcher;
    private final Environment environment;
    private final long intervalNanos;
    private final Consumer<? super List<Participant>> consumer;
    private final List<Subscription> events;
    /** What was handed over last: another list is there with each change. */
    private @Nullable List<Present> shown;
    private long shownNanos;
    private boolean waiting;
    /** Cancels the timer of what waits. */
    private volatile Runnable timer = () -> {};
    private volatile boolean closed;

    /**
     * Registers, under the room's lock.
     *
     * @param present who is present, an immutable list
     * @param interval the shortest time between two calls; zero for none
     */
    public BoundParticipants(Supplier<List<Present>> present, Values values, Dispatcher dispatcher, Environment environment, Duration interval,
            Consumer<? super List<Participant>> consumer) {
        this.present = present;
        this.values = values;
        this.dispatcher = dispatcher;
        this.environment = environment;
        this.intervalNanos = interval.toNanos();
        this.consumer = consumer;
        this.events = Stream.<Class<? extends RoomEvent>>of(ParticipantJoined.class, ParticipantUpdated.class, ParticipantLeft.class)
                .map(type -> dispatcher.subscribe(type, any -> true, any -> show(), consumer)).toList();
        dispatcher.run(this::show);
    }

    /** It may be another list. */
    private void show() {
        List<Present> now = present.get();
        if (closed || waiting || now == shown) {
            return;
        }
        long nanos = environment.nanos().getAsLong();
        long left = shown == null ? 0 : intervalNanos - (nanos - shownNanos);
        if (left > 0) {
            waiting = true;
            timer = environment.timer().after((left + NANOS_A_MILLI - 1) / NANOS_A_MILLI, () -> {
                dispatcher.run(this::due);
                dispatcher.pump();
            });
            return;
        }
        shown = now;
        shownNanos = nanos;
        consumer.accept(now.stream().map(values::participant).toList());
    }

    private void due() {
        waiting = false;
        show();
    }

    @Override
    public void close() {
        closed = true;
        events.forEach(Subscription::close);
        timer.run();
    }
}
