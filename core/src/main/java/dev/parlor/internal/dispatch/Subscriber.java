package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listener's registration: for events of a class that satisfy a condition, for single changes of some keys, or for what keys
 * hold at the moment. What is handed over is asked for one call at a time, so that a listener that runs an event loop of its
 * own amid its call leaves nothing behind that others would hear too late ({@link Delivery}).
 */
final class Subscriber implements Subscription {
    /** The place of one that is not registered. */
    static final int NOWHERE = -1;
    private static final int[] EACH = {};

    /**
     * When it was registered.
     *
     * @param number its place among all registrations
     * @param since the first item that it hears of
     * @param end gives the registration up; called each time it is closed
     */
    record Registration(long number, long since, Consumer<Subscriber> end) {}

    /**
     * What a listener is to be called with, of one item.
     *
     * @param changes which of the item's changes, in their order; {@link #EACH} for all, one by one; null for the event as a whole
     */
    record Call(Subscriber listener, int @Nullable [] changes) {
        /** Which of the item's changes comes as this one, if there are so many in it; -1 if not. */
        int change(int place, int changesOfItem) {
            if (changes == EACH) {
                return place < changesOfItem ? place : -1;
            }
            return changes != null && place < changes.length ? changes[place] : -1;
        }
    }

    private final Registration registration;
    /** Of which events, or null if it hears single changes. */
    private final @Nullable Class<? extends RoomEvent> type;
    /** Of which keys, or null if it hears events. */
    private final @Nullable Keys keys;
    /** Which of the events, or null if it hears single changes. */
    private final @Nullable Predicate<Object> wanted;
    private final boolean counts;
    /** Takes events or changes; null if it shows the present. */
    private final @Nullable Consumer<Object> consumer;
    /** Shows the present of its keys, or null if it takes changes as they come. */
    private final @Nullable Runnable present;
    /** Whether that is put in among the events, so that it waits there once. */
    private final AtomicBoolean shows = new AtomicBoolean();
    /** Whose class is named when it throws. */
    private final Object listener;
    /** How it is called with an event, or with each change of an item: most often it is one of these. */
    private final Call alone;
    /** Where it stands among the {@link Hearers} of the same; guarded by the dispatcher's lock. */
    private int place = NOWHERE;
    private volatile boolean ended;

    private Subscriber(Registration registration, @Nullable Class<? extends RoomEvent> type, @Nullable Keys keys,
            @Nullable Predicate<Object> wanted, boolean counts, @Nullable Consumer<Object> consumer, @Nullable Runnable present,
            Object listener) {
        this.registration = registration;
        this.type = type;
        this.keys = keys;
        this.wanted = wanted;
        this.counts = counts;
        this.consumer = consumer;
        this.present = present;
        this.listener = listener;
        this.alone = new Call(this, keys == null ? null : EACH);
    }

    /**
     * Of events.
     *
     * @param counts whether a message that nobody else hears is heard by this one
     */
    static <E extends RoomEvent> Subscriber ofEvents(Registration registration, Class<E> type, Predicate<? super E> wanted,
            boolean counts, Consumer<? super E> consumer, Object listener) {
        return new Subscriber(registration, type, null, event -> wanted.test(type.cast(event)), counts,
                event -> consumer.accept(type.cast(event)), null, listener);
    }

    /** Of changes of keys. */
    static Subscriber ofChanges(Registration registration, Keys keys, Consumer<? super Change> consumer, Object listener) {
        return new Subscriber(registration, null, keys, null, true, change -> consumer.accept((Change) change), null, listener);
    }

    /** Of what keys hold; it does not look at the changes. */
    static Subscriber ofPresent(Registration registration, Keys keys, Runnable present, Object listener) {
        return new Subscriber(registration, null, keys, null, true, null, present, listener);
    }

    long number() {
        return registration.number();
    }

    /** The events that it hears, if it does not hear single changes. */
    Class<? extends RoomEvent> type() {
        return Objects.requireNonNull(type, "it hears single changes");
    }

    /** The keys that it hears of, or null if it hears events. */
    @Nullable Keys keys() {
        return keys;
    }

    Object listener() {
        return listener;
    }

    Call alone() {
        return alone;
    }

    int place() {
        return place;
    }

    void place(int now) {
        place = now;
    }

    /** Whether a message is heard that nobody else hears. */
    boolean counts() {
        return counts;
    }

    /** Whether it was registered when an item was put in, and still is. */
    boolean mayHear(long sequence) {
        return registration.since() <= sequence && !ended;
    }

    boolean wants(RoomEvent event) {
        return !ended && wanted != null && wanted.test(event);
    }

    boolean showsPresent() {
        return present != null;
    }

    /** Whether it is to {@link #show} and does not wait to do so yet. */
    boolean claimsToShow() {
        return present != null && !ended && shows.compareAndSet(false, true);
    }

    /** Shows the present, as put in among the events. */
    void show() {
        // Before it looks: what changes from here on is shown by a further call.
        shows.set(false);
        if (present != null) {
            present.run();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** @param what the event or the change; not looked at if this one shows the present */
    void accept(@Nullable Object what) {
        if (ended) {
            return;
        }
        if (present != null) {
            present.run();
        } else if (consumer != null && what != null) {
            consumer.accept(what);
        }
    }

    @Override
    public void close() {
        ended = true;
        registration.end().accept(this);
    }
}
