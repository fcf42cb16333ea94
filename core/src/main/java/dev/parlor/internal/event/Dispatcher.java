package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.budget.Budget.Use;
import dev.parlor.internal.session.SessionChange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Hands events to listeners, one at a time and in order, on an executor. Items are put in under the room's lock, so that
 * listeners see the order of application; they are turned into events (values decoded) when they are delivered.
 *
 * <p>A slow listener cannot make the queue grow without bound: beyond {@link #CONFLATE_AFTER} waiting items, or
 * beyond their share of the {@link Budget}, changes of session data become one item in which each key is held once; messages and
 * other events beyond their shares are refused, and the caller counts them or puts them in as {@link PendingEvents}. What an item takes is given back once its listeners have had
 * it.
 *
 * <p>Thread-safe.
 */
public final class Dispatcher {
    /** Waiting items beyond which changes conflate. Below it a listener sees every change by itself. */
    static final int CONFLATE_AFTER = 1024;
    /** Items delivered before the executor may run something else, such as painting. */
    private static final int ITEMS_A_TURN = 256;

    /** Turns what waits into what listeners get. */
    public interface ChangeDecoder {
        /** A change with its values decoded. */
        Change decode(SessionChange change, Change.Cause cause);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Item> queue = new ArrayDeque<>();
    /** What is told even before the start. */
    private final Deque<Item> early = new ArrayDeque<>();
    private final List<Subscriber<?>> subscribers = new CopyOnWriteArrayList<>();
    private final Budget budget;
    private final Delivery delivery;
    private final Turns turns;
    private volatile boolean hearsChanges;
    private PendingChanges conflating;
    private long nextSequence = 1;
    private volatile int registrations;
    private boolean started;
    /** Whether anything may wait; so that who has put in nothing need not take the lock to find out. */
    private volatile boolean waiting;
    private boolean closed;

    /**
     * A dispatcher that holds back everything until {@link #start()}, but for what is {@linkplain #runEarly early}.
     *
     * @param executor where listeners run
     * @param pool threads on which that executor is called, if it is the user's; null if it is the library's own
     * @param nanos a clock that only rises
     * @param budget what may wait
     */
    public Dispatcher(Executor executor, Executor pool, LongSupplier nanos, ChangeDecoder decoder, DispatchReports reports,
            Budget budget) {
        this.budget = budget;
        this.delivery = new Delivery(decoder, reports, subscribers, budget);
        this.turns = new Turns(lock, idle, executor, pool, nanos, this::isReady, this::turn, reports);
    }

    /** Begins to deliver. */
    public void start() {
        lock.lock();
        try {
            started = true;
        } finally {
            lock.unlock();
        }
        pump();
    }

    /**
     * Puts in an event that is made when it is delivered; a supplier that gives null delivers nothing. False if so many wait that
     * it was refused.
     *
     * @param bytes what it keeps in memory until then, beside an overhead
     */
    public boolean submit(Supplier<? extends RoomEvent> event, long bytes) {
        return submit(event, Use.EVENTS, Budget.EVENT_OVERHEAD_BYTES + bytes);
    }

    /** Puts in several, to which more may be added until {@link #registrations} changes, or they are taken. */
    public void submit(PendingEvents events) {
        lock.lock();
        try {
            if (!closed) {
                add(Item.of(nextSequence++, events));
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many listeners have been registered so far: who comes now is not to be told with what was put in before. */
    public int registrations() {
        return registrations;
    }

    /** Puts in something to run among the events. */
    public void run(Runnable action) {
        add(action, null);
    }

    /** Puts in something to run on the executor before {@link #start()}, and before all else. */
    public void runEarly(Runnable action) {
        lock.lock();
        try {
            if (!closed) {
                early.add(Item.of(0, action, null));
                waiting = true;
            }
        } finally {
            lock.unlock();
        }
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

    /**
     * Puts in a message; false if so many wait that it was refused.
     *
     * @param bytes what it keeps in memory until then
     */
    public boolean submitMessage(Supplier<? extends RoomEvent> event, int bytes) {
        return submit(event, Use.MESSAGES, Budget.MESSAGE_OVERHEAD_BYTES + (long) bytes);
    }

    private boolean submit(Supplier<? extends RoomEvent> event, Use use, long taken) {
        lock.lock();
        try {
            if (!budget.admits(use, taken)) {
                return false;
            }
            if (!closed) {
                budget.add(use, taken);
                add(Item.of(nextSequence++, event, use, taken));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts in changes of session data that were made as one, each key once. Kept only if somebody hears them. */
    public void submitChanges(List<SessionChange> changes, Change.Cause cause) {
        if (changes.isEmpty() || !hearsChanges) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (conflating != null) {
                long before = conflating.bytes();
                conflating.add(changes, cause, this::showAgain);
                budget.add(Use.CHANGES, conflating.bytes() - before);
                return;
            }
            PendingChanges pending = new PendingChanges(changes, cause);
            if (queue.size() >= CONFLATE_AFTER || !budget.admits(Use.CHANGES, pending.bytes())) {
                conflating = pending;
            }
            budget.add(Use.CHANGES, pending.bytes());
            add(Item.of(nextSequence++, pending));
        } finally {
            lock.unlock();
        }
    }

    /** A change that somebody who looks at the present may have seen already is not told: so it is looked at again. */
    private void showAgain(String key) {
        for (Subscriber<?> subscriber : subscribers) {
            if (subscriber.claimsToShow(key)) {
                add(subscriber::show, subscriber);
            }
        }
    }

    /**
     * Registers a listener for events that are put in from now on. Whoever must miss nothing of what it does not see yet
     * calls this under the lock under which things are put in.
     *
     * @param wanted which of them
     * @param listener the user's, for reports of what it throws
     */
    public <E extends RoomEvent> Subscription subscribe(Class<E> type, Predicate<? super E> wanted,
            Consumer<? super E> consumer, Object listener) {
        return subscribe(since -> Subscriber.ofEvents(this, type, wanted, true, consumer, listener, since));
    }

    /** Registers a listener for all events of a class that are put in from now on. */
    public <E extends RoomEvent> Subscription subscribe(Class<E> type, Consumer<? super E> listener) {
        return subscribe(type, any -> true, listener, listener);
    }

    /** As {@link #subscribe(Class, Consumer)}, for one who only looks on: a message that nobody else hears is unheard. */
    public <E extends RoomEvent> Subscription observe(Class<E> type, Consumer<? super E> consumer) {
        return subscribe(since -> Subscriber.ofEvents(this, type, any -> true, false, consumer, consumer, since));
    }

    /** Registers a listener for changes of some keys that are put in from now on, one call each. */
    public Subscription subscribeChanges(Predicate<String> keys, Consumer<? super Change> consumer, Object listener) {
        return subscribe(since -> Subscriber.ofChanges(this, keys, consumer, null, listener, since));
    }

    /**
     * Registers for some keys what shows their present: it is run among the events first, at each of their changes, and where
     * a change has been taken back while it waited, unless the registration ends before.
     */
    public Subscription subscribePresent(Predicate<String> keys, Runnable show, Object listener) {
        lock.lock();
        try {
            Subscriber<Change> subscriber = subscribe(since ->
                    Subscriber.ofChanges(this, keys, change -> show.run(), show, listener, since));
            add(show, subscriber);
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    private interface Registration<T> {
        Subscriber<T> since(long sequence);
    }

    private <T> Subscriber<T> subscribe(Registration<T> registration) {
        lock.lock();
        try {
            // Changes put in from now on must not be folded into an item that this listener is not to see.
            conflating = null;
            registrations++;
            Subscriber<T> subscriber = registration.since(nextSequence);
            subscribers.add(subscriber);
            look();
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    void remove(Subscriber<?> subscriber) {
        lock.lock();
        try {
            subscribers.remove(subscriber);
            look();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        hearsChanges = subscribers.stream().anyMatch(Subscriber::hearsChanges);
    }

    /** Whether anybody listens for changes of session data: if not, they need not be made. */
    public boolean hearsChanges() {
        return hearsChanges;
    }

    /** Refuses whatever comes from now on. What was put in before is still delivered, as long as the executor runs. */
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread is in a listener. */
    public boolean isDelivering() {
        return turns.isRunningHere();
    }

    /** Whether what was put in has been delivered, or a listener asks, for whom it never will have been. */
    public boolean isDelivered() {
        lock.lock();
        try {
            return !started || queue.isEmpty() && !turns.isRunning() || isDelivering();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits that the executor would have to be given a turn for. */
    public boolean needsNoTurn() {
        lock.lock();
        try {
            return !started || queue.isEmpty();
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
                early.clear();
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

    private void add(Runnable action, Subscriber<?> target) {
        lock.lock();
        try {
            if (!closed) {
                add(Item.of(nextSequence++, action, target));
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(Item item) {
        queue.add(item);
        waiting = true;
    }

    /**
     * Has delivered what was put in. Called after each putting in, without any lock: an executor of the user's may do what
     * it likes. If it refuses, a later call tries again.
     */
    public void pump() {
        if (waiting) {
            turns.pump();
        }
    }

    /** Looks now and then whether the executor does what it is given. Without any lock. */
    public void tick() {
        turns.tick();
        pump();
    }

    private boolean isReady() {
        return !early.isEmpty() || started && !queue.isEmpty();
    }

    private void turn() {
        if (delivery.isDone()) {
            take(delivery.taken());
        }
        delivery.run();
    }

    /** Takes the items of a turn all at once: taken one by one, each would contend with what arrives. */
    private void take(Deque<Item> taken) {
        lock.lock();
        try {
            for (Item item; (item = early.poll()) != null;) {
                taken.add(item);
            }
            while (started && taken.size() < ITEMS_A_TURN && !queue.isEmpty()) {
                Item item = queue.poll();
                taken.add(item);
                if (item.changes() != null && item.changes() == conflating) {
                    conflating = null;
                }
            }
            waiting = isReady() || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
