package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.dispatch.Subscriber.Registration;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.VersionedValue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to listeners, one at a time and in order, on an executor. Items are put in under the room's lock, so that
 * listeners see the order of application; they are turned into events when they are delivered, and their values are decoded
 * when the first who hears of them is called.
 *
 * <p>A slow listener cannot make the queue grow without bound ({@link EventQueue}): changes of session data conflate; messages and
 * other events beyond their shares are refused, and the caller counts them or puts them in as {@link PendingEvents}. A change costs
 * what those who hear of it cost, however many others listen ({@link Subscriptions}).
 *
 * <p>Thread-safe.
 */
public final class Dispatcher {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final EventQueue queue;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Delivery delivery;
    private final Turns turns;
    private final DispatchReports reports;
    private volatile int registrations;

    /**
     * A dispatcher that holds back everything until {@link #start()}, but for what is {@linkplain #runEarly early}.
     *
     * @param executor where listeners run
     * @param pool threads on which that executor is called, if it is the user's; null if it is the library's own
     * @param nanos a clock that only rises
     * @param budget what may wait
     */
    public Dispatcher(Executor executor, @Nullable Executor pool, LongSupplier nanos, ChangeDecoder decoder, DispatchReports reports,
            Budget budget) {
        this.reports = reports;
        this.queue = new EventQueue(budget);
        this.delivery = new Delivery(decoder, reports, subscriptions, budget);
        this.turns = new Turns(lock, idle, executor, pool, nanos, queue::isReady, this::turn, reports);
    }

    /** Begins to deliver. */
    public void start() {
        together(queue::start);
        pump();
    }

    // ---- what is put in

    /**
     * Puts in an event that is made when it is delivered; a supplier that gives null delivers nothing. False if so many wait that
     * it was refused.
     *
     * @param bytes what it keeps in memory until then, beside an overhead
     */
    public boolean submit(Supplier<? extends RoomEvent> event, long bytes) {
        return submit(event, Use.EVENTS, Budget.EVENT_OVERHEAD_BYTES + bytes);
    }

    /**
     * Puts in a message; false if so many wait that it was refused.
     *
     * @param bytes what it keeps in memory until then
     */
    public boolean submitMessage(Supplier<? extends RoomEvent> event, int bytes) {
        return submit(event, Use.MESSAGES, Budget.MESSAGE_OVERHEAD_BYTES + (long) bytes);
    }

    private boolean submit(Supplier<? extends RoomEvent> event, Use use, long bytes) {
        lock.lock();
        try {
            return queue.add(event, use, bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Puts in several, to which more may be added until {@link #registrations} changes, or they are taken. */
    public void submit(PendingEvents events) {
        together(() -> queue.add(events));
    }

    /** Puts in changes of session data that were made as one, each key once. Kept are those that somebody hears of. */
    public void submitChanges(SessionChanges changes, Change.Cause cause) {
        if (changes.isEmpty() || !hearsChanges()) {
            return;
        }
        lock.lock();
        try {
            SessionChanges heard = subscriptions.heard(changes);
            if (!heard.isEmpty()) {
                queue.add(heard, cause, this::showAgain);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts in a change that was made by itself, if somebody hears of it.
     *
     * @param before what the key held, or null
     * @param now what it holds, perhaps a tombstone
     */
    public void submitChange(String key, @Nullable VersionedValue before, VersionedValue now, Change.Cause cause) {
        lock.lock();
        try {
            if (subscriptions.hear(key)) {
                queue.add(key, before, now, cause, !subscriptions.hearWhole(), this::showAgain);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A change that somebody who looks at the present may have seen already is not told: so it is looked at again. */
    private void showAgain(String key) {
        subscriptions.forEachOf(key, subscriber -> {
            if (subscriber.claimsToShow()) {
                queue.add(subscriber::show, subscriber);
            }
        });
    }

    /** Puts in something to run among the events. */
    public void run(Runnable action) {
        together(() -> queue.add(action, null));
    }

    /** Puts in something to run among the events for a listener: not once that has ended, and it is named if this throws. */
    public void run(Runnable action, Subscription listener) {
        together(() -> queue.add(action, (Subscriber) listener));
    }

    /** Something of a listener threw elsewhere than in its call. */
    public void listenerThrew(Throwable thrown, Object listener) {
        reports.listenerThrew(thrown, null, listener);
    }

    /** Puts in something to run on the executor before {@link #start()}, and before all else. */
    public void runEarly(Runnable action) {
        together(() -> queue.addEarly(action));
    }

    /** Puts in what an action puts in, with the lock taken once for all of it. */
    public void together(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    // ---- who listens

    /**
     * Registers a listener for events that are put in from now on. Whoever must miss nothing of what it does not see yet
     * calls this under the lock under which things are put in.
     *
     * @param wanted which of them
     * @param listener the user's, for reports of what it throws
     */
    public <E extends RoomEvent> Subscription subscribe(Class<E> type, Predicate<? super E> wanted,
            Consumer<? super E> consumer, Object listener) {
        return register(now -> Subscriber.ofEvents(now, type, wanted, true, consumer, listener));
    }

    /** Registers a listener for all events of a class that are put in from now on. */
    public <E extends RoomEvent> Subscription subscribe(Class<E> type, Consumer<? super E> listener) {
        return subscribe(type, any -> true, listener, listener);
    }

    /** As {@link #subscribe(Class, Consumer)}, for one who only looks on: a message that nobody else hears is unheard. */
    public <E extends RoomEvent> Subscription observe(Class<E> type, Consumer<? super E> consumer) {
        return register(now -> Subscriber.ofEvents(now, type, any -> true, false, consumer, consumer));
    }

    /** Registers a listener for changes of some keys that are put in from now on, one call each. */
    public Subscription subscribeChanges(Keys keys, Consumer<? super Change> consumer, Object listener) {
        return register(now -> Subscriber.ofChanges(now, keys, consumer, listener));
    }

    /**
     * Registers for some keys what shows their present: it is run among the events first, at each of their changes, and where
     * a change has been taken back while it waited, unless the registration ends before.
     */
    public Subscription subscribePresent(Keys keys, Runnable show, Object listener) {
        lock.lock();
        try {
            Subscriber subscriber = register(now -> Subscriber.ofPresent(now, keys, show, listener));
            queue.add(show, subscriber);
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    private Subscriber register(Function<Registration, Subscriber> registration) {
        lock.lock();
        try {
            int number = registrations + 1;
            registrations = number;
            // Changes put in from now on must not be folded into an item that this listener is not to see.
            Subscriber subscriber = registration.apply(new Registration(number, queue.beginNext(), this::remove));
            subscriptions.add(subscriber);
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Subscriber subscriber) {
        together(() -> subscriptions.remove(subscriber));
    }

    /** How many listeners have been registered so far: who comes now is not to be told with what was put in before. */
    public int registrations() {
        return registrations;
    }

    /** Whether anybody listens for events of a class: if not, those that only pass need not be made. */
    public boolean hears(Class<? extends RoomEvent> type) {
        return subscriptions.hear(type);
    }

    /** Whether anybody listens for changes of session data: if not, they need not be made. */
    public boolean hearsChanges() {
        return subscriptions.hearChanges();
    }

    /** Whether anybody listens for changes of a key: if not, they need not be made. */
    public boolean hearsChanges(String key) {
        return subscriptions.hearChanges() && subscriptions.hear(key);
    }

    // ---- its end

    /** Refuses whatever comes from now on. What was put in before is still delivered, as long as the executor runs. */
    public void close() {
        together(queue::close);
    }

    /** Whether the calling thread is in a listener. */
    public boolean isDelivering() {
        return turns.isRunningHere();
    }

    /** Whether what was put in has been delivered, or a listener asks, for whom it never will have been. */
    public boolean isDelivered() {
        lock.lock();
        try {
            return !queue.isStarted() || queue.isEmpty() && !turns.isRunning() || isDelivering();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits that the executor would have to be given a turn for. */
    public boolean needsNoTurn() {
        lock.lock();
        try {
            return !queue.isStarted() || queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What waits, and whether the executor has taken a turn in which it may still be told. */
    public record Untold(int events, boolean mayBeTold) {}

    /** Gives up: what waits is not kept any more, unless the executor has taken a turn for it. */
    public Untold letGo() {
        lock.lock();
        try {
            Untold untold = new Untold(queue.size(), turns.isTaken());
            if (!untold.mayBeTold()) {
                queue.clear();
            }
            return untold;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what was put in has been delivered; not if a listener calls it, which would wait for itself. */
    public void awaitDelivery(long timeoutNanos) {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (!isDelivered() && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    // ---- turns

    /**
     * Has delivered what was put in. Called after each putting in, without any lock: an executor of the user's may do what
     * it likes. If it refuses, a later call tries again.
     */
    public void pump() {
        if (queue.mayWait()) {
            turns.pump();
        }
    }

    /** Looks now and then whether the executor does what it is given. Without any lock. */
    public void tick() {
        turns.tick();
        pump();
    }

    private void turn() {
        if (delivery.isDone()) {
            // All items of a turn at once: taken one by one, each would contend with what arrives.
            together(() -> queue.take(delivery.taken()));
        }
        delivery.run();
    }
}
