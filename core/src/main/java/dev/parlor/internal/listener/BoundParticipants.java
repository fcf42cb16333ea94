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
import org.jspecify.annotations.Nullable;

/**
 * Hands over who is present, whole and in the order of joining, if it is another list than before. Of changes that wait together the
 * last is seen alone. On the event thread only.
 */
public final class BoundParticipants implements Shown {
    private final Supplier<List<Present>> present;
    private final Values values;
    private final Consumer<? super List<Participant>> consumer;
    /** What was handed over last: another list is there with each change. */
    private @Nullable List<Present> shown;

    private BoundParticipants(Supplier<List<Present>> present, Values values, Consumer<? super List<Participant>> consumer) {
        this.present = present;
        this.values = values;
        this.consumer = consumer;
    }

    /**
     * Shows the list now, and whenever it is another one at a moment at which listeners are told of somebody. Under the room's lock.
     *
     * @param present who is present, an immutable list
     * @param interval the shortest time between two calls; zero for none
     */
    public static Subscription register(Supplier<List<Present>> present, Values values, Dispatcher dispatcher, Environment environment,
            Duration interval, Consumer<? super List<Participant>> consumer) {
        BoundParticipants bound = new BoundParticipants(present, values, consumer);
        if (interval.isZero()) {
            List<Subscription> events = hear(dispatcher, bound::show, consumer,
                    List.of(ParticipantJoined.class, ParticipantUpdated.class, ParticipantLeft.class));
            dispatcher.run(bound::show, events.get(0));
            return () -> events.forEach(Subscription::close);
        }
        Pacing<BoundParticipants, BoundParticipants> pacing = new Pacing<>(dispatcher, environment, interval, (first, last) -> last,
                BoundParticipants::show, pace -> hear(dispatcher, () -> bound.offerTo(pace), consumer, List.of(ParticipantJoined.class)).get(0));
        List<Subscription> others = hear(dispatcher, () -> bound.offerTo(pacing), consumer,
                List.of(ParticipantUpdated.class, ParticipantLeft.class));
        dispatcher.run(() -> bound.offerTo(pacing));
        return () -> {
            pacing.close();
            others.forEach(Subscription::close);
        };
    }

    private static List<Subscription> hear(Dispatcher dispatcher, Runnable look, Object listener, List<Class<? extends RoomEvent>> types) {
        return types.stream().map(type -> dispatcher.subscribe(type, any -> true, any -> look.run(), listener)).toList();
    }

    private void offerTo(Pacing<BoundParticipants, BoundParticipants> pacing) {
        if (isBehind()) {
            pacing.offer(this, this);
        }
    }

    @Override
    public boolean isBehind() {
        return present.get() != shown;
    }

    @Override
    public void show() {
        List<Present> now = present.get();
        if (now != shown) {
            shown = now;
            consumer.accept(now.stream().map(values::participant).toList());
        }
    }
}
