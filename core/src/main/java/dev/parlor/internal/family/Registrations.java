package dev.parlor.internal.family;

import dev.parlor.Change;
import dev.parlor.Subscription;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.dispatch.Keys;
import dev.parlor.internal.engine.Inputs;
import dev.parlor.internal.listener.Pacing;
import dev.parlor.internal.listener.Shown;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Registers listeners of session data: under the room's lock, so that no change is missed that is not seen yet when a call returns.
 * Thread-safe. Each call throws {@link dev.parlor.RoomClosedException} if the room is closed.
 *
 * @param inputs the room
 * @param dispatcher hands over what is heard
 * @param environment clock and timer
 */
public record Registrations(Inputs inputs, Dispatcher dispatcher, Environment environment) {
    /** Registers for changes of some keys, one call each. @param listener the user's, for reports of what it throws */
    public Subscription changes(Keys keys, Consumer<? super Change> consumer, Object listener) {
        return inputs.call(() -> dispatcher.subscribeChanges(keys, consumer, listener));
    }

    /** Registers for changes of one key, no more often than some time. */
    public Subscription changes(String key, Duration interval, Consumer<? super Change> listener) {
        return paced(Keys.one(key), interval, change -> change, Change::key, Registrations::both, listener);
    }

    /**
     * Registers for changes of some keys, of each no more often than some time.
     *
     * @param of what is told of a change, null for nothing
     * @param thing what that is about
     * @param fold what is told of two of them, null for nothing
     * @param <E> what is told
     */
    <E> Subscription paced(Keys keys, Duration interval, Function<Change, @Nullable E> of, Function<E, String> thing,
            BinaryOperator<@Nullable E> fold, Consumer<? super E> listener) {
        return inputs.call(() -> new Pacing<String, E>(dispatcher, environment, interval, fold, listener, pacing ->
                dispatcher.subscribeChanges(keys, change -> {
                    E told = of.apply(change);
                    if (told != null) {
                        pacing.offer(thing.apply(told), told);
                    }
                }, listener)));
    }

    private static @Nullable Change both(@Nullable Change first, @Nullable Change last) {
        return first == null || last == null || areSame(first.oldValue(), last.newValue()) ? null
                : new Change(last.key(), first.oldValue(), last.newValue(), last.author(), last.cause());
    }

    /** Registers what shows the present of some keys. @param listener the user's, for reports of what it throws */
    public Subscription present(Keys keys, Shown shown, Object listener) {
        return inputs.call(() -> dispatcher.subscribePresent(keys, shown::show, listener));
    }

    /** The same, no more often than some time. */
    public Subscription present(Keys keys, Duration interval, Shown shown, Object listener) {
        return inputs.call(() -> new Pacing<Keys, Shown>(dispatcher, environment, interval, (first, last) -> last, Shown::show,
                pacing -> dispatcher.subscribePresent(keys, () -> {
                    if (shown.isBehind()) {
                        pacing.offer(keys, shown);
                    }
                }, listener)));
    }

    /** Whether two values are equal as the application says; not if it throws. */
    static boolean areSame(Optional<?> one, Optional<?> other) {
        try {
            return Objects.deepEquals(one.orElse(null), other.orElse(null));
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
