package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A listener's registration: for events of a class that satisfy a condition, or for single changes of session data. What is
 * handed over is asked for one call at a time, so that a listener that runs an event loop of its own amid its call leaves
 * nothing behind that others would hear too late ({@link Delivery}).
 *
 * @param <T> what the listener takes
 */
final class Subscriber<T> implements Subscription {
    private final Dispatcher dispatcher;
    private final Class<? extends RoomEvent> type;
    /** Of events, or of keys if it takes single changes. */
    private final Predicate<Object> wanted;
    private final boolean singleChanges;
    private final boolean counts;
    private final Consumer<? super T> consumer;
    /** Shows the present of its keys, or null if it takes changes as they come. */
    private final Runnable present;
    /** Whether that is put in among the events, so that it waits there once. */
    private final AtomicBoolean shows = new AtomicBoolean();
    /** Whose class is named when it throws. */
    private final Object listener;
    private final long since;
    private volatile boolean ended;

    private Subscriber(Dispatcher dispatcher, Class<? extends RoomEvent> type, Predicate<Object> wanted,
            boolean singleChanges, boolean counts, Consumer<? super T> consumer, Runnable present, Object listener, long since) {
        this.dispatcher = dispatcher;
        this.type = type;
        this.wanted = wanted;
        this.singleChanges = singleChanges;
        this.counts = counts;
        this.consumer = consumer;
        this.present = present;
        this.listener = listener;
        this.since = since;
    }

    /**
     * Of events.
     *
     * @param counts whether a message that nobody else hears is heard by this one
     */
    static <E extends RoomEvent> Subscriber<E> ofEvents(Dispatcher dispatcher, Class<E> type, Predicate<? super E> wanted,
            boolean counts, Consumer<? super E> consumer, Object listener, long since) {
        return new Subscriber<>(dispatcher, type, event -> wanted.test(type.cast(event)), false, counts, consumer, null,
                listener, since);
    }

    /**
     * Of changes of keys.
     *
     * @param present shows what they hold at that moment, for a listener that does not look at the changes; null for others
     */
    static Subscriber<Change> ofChanges(Dispatcher dispatcher, Predicate<String> keys, Consumer<? super Change> consumer,
            Runnable present, Object listener, long since) {
        return new Subscriber<>(dispatcher, SessionDataChanged.class, key -> keys.test((String) key), true, true, consumer,
                present, listener, since);
    }

    /** Whether it hears of changes of session data. */
    boolean hearsChanges() {
        return type.isAssignableFrom(SessionDataChanged.class);
    }

    /** Whether it takes the changes of an event one by one. */
    boolean takesSingleChanges() {
        return singleChanges;
    }

    boolean counts() {
        return counts;
    }

    Object listener() {
        return listener;
    }

    /** Whether an event, or any change in it, may be for this listener. */
    boolean mayWant(RoomEvent event, long sequence) {
        return !ended && since <= sequence && type.isInstance(event) && (singleChanges || wanted.test(event));
    }

    boolean wants(Change change) {
        return !ended && wanted.test(change.key());
    }

    /** Whether it is to {@link #show} this key and does not wait to do so yet. */
    boolean claimsToShow(String key) {
        return present != null && !ended && wanted.test(key) && shows.compareAndSet(false, true);
    }

    /** Shows the present. */
    void show() {
        // Before it looks: what changes from here on is shown by a further call.
        shows.set(false);
        present.run();
    }

    boolean hasEnded() {
        return ended;
    }

    @SuppressWarnings("unchecked")
    void accept(Object what) {
        if (!ended) {
            consumer.accept((T) what);
        }
    }

    @Override
    public void close() {
        ended = true;
        dispatcher.remove(this);
    }
}
