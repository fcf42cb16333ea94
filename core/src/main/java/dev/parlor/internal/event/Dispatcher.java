package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.budget.Budget.Use;
import dev.parlor.internal.session.SessionChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to listeners, one at a time and in order, on an executor. Items are put in under the room's lock, so that
 * listeners see the order of application; they are turned into events (values decoded) when they are delivered.
 *
 * <p>A slow listener cannot make the queue grow without bound: beyond {@link #CONFLATE_AFTER} waiting items changes of
 * session data become one item in which each key is held once; messages beyond their share of the {@link Budget} are refused,
 * and the caller counts them. What a message takes is given back once its listeners have had it.
 *
 * <p>Thread-safe.
 */
public final class Dispatcher {
    /** Waiting items beyond which changes conflate. Below it a listener sees every change by itself. */
    static final int CONFLATE_AFTER = 1024;
    /** Items delivered before the executor may run something else, such as painting. */
    private static final int ITEMS_A_TURN = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Something to be delivered. */
    private record Item(long sequence, Supplier<? extends RoomEvent> event, PendingChanges changes, Runnable action,
            long messageBytes) {}

    /** Turns what waits into what listeners get. */
    public interface ChangeDecoder {
        /** A change with its values decoded. */
        Change decode(SessionChange change, Change.Cause cause);
    }

    private final Executor executor;
    private final ChangeDecoder decoder;
    private final BiConsumer<Throwable, RoomEvent> onListenerFailure;
    private final Budget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Item> queue = new ArrayDeque<>();
    private final List<Subscriber<?>> subscribers = new CopyOnWriteArrayList<>();
    private volatile boolean hearsChanges;
    private PendingChanges conflating;
    private long nextSequence = 1;
    private boolean started;
    /** Whether anything may wait; so that who has put in nothing need not take the lock to find out. */
    private volatile boolean waiting;
    private boolean scheduled;
    private boolean refused;
    private boolean closed;
    private volatile Thread delivering;

    /**
     * A dispatcher that holds back everything until {@link #start()}.
     *
     * @param onListenerFailure told of what listeners throw and at which event (null if at none), on the executor
     * @param budget what may wait
     */
    public Dispatcher(Executor executor, ChangeDecoder decoder, BiConsumer<Throwable, RoomEvent> onListenerFailure,
            Budget budget) {
        this.executor = executor;
        this.decoder = decoder;
        this.onListenerFailure = onListenerFailure;
        this.budget = budget;
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

    /** Puts in an event that is made when it is delivered; a supplier that gives null delivers nothing. */
    public void submit(Supplier<? extends RoomEvent> event) {
        add(event, null, null);
    }

    /** Puts in an event. */
    public void submit(RoomEvent event) {
        submit(() -> event);
    }

    /** Puts in something to run among the events. */
    public void run(Runnable action) {
        add(null, null, action);
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
        lock.lock();
        try {
            long taken = Budget.MESSAGE_OVERHEAD_BYTES + (long) bytes;
            if (!budget.admits(Use.MESSAGES, taken)) {
                return false;
            }
            add(event, null, null, taken);
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
            if (conflating != null) {
                conflating.add(changes, cause);
                return;
            }
            PendingChanges pending = new PendingChanges(changes, cause);
            if (queue.size() >= CONFLATE_AFTER) {
                conflating = pending;
            }
            add(null, pending, null);
        } finally {
            lock.unlock();
        }
    }

    /** Registers a listener for what is put in from now on. */
    public <E extends RoomEvent> Subscription subscribe(Class<E> type, Consumer<? super E> listener) {
        lock.lock();
        try {
            // Changes put in from now on must not be folded into an item that this listener is not to see.
            conflating = null;
            Subscriber<E> subscriber = new Subscriber<>(type, listener, nextSequence);
            subscribers.add(subscriber);
            look();
            return subscriber;
        } finally {
            lock.unlock();
        }
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
        return delivering == Thread.currentThread();
    }

    /** Whether what was put in has been delivered, or a listener asks, for whom it never will have been. */
    public boolean isDelivered() {
        lock.lock();
        try {
            return !started || queue.isEmpty() && delivering == null || isDelivering();
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

    private void add(Supplier<? extends RoomEvent> event, PendingChanges changes, Runnable action) {
        add(event, changes, action, 0);
    }

    private void add(Supplier<? extends RoomEvent> event, PendingChanges changes, Runnable action,
            long messageBytes) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (messageBytes > 0) {
                budget.add(Use.MESSAGES, messageBytes);
            }
            queue.add(new Item(nextSequence++, event, changes, action, messageBytes));
            waiting = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has delivered what was put in. Called after each putting in, without any lock: the executor is the user's, and may
     * do what it likes, even run the listeners at once. If it refuses, the next call tries again.
     */
    public void pump() {
        if (!waiting) {
            return;
        }
        lock.lock();
        try {
            if (!started || scheduled || queue.isEmpty()) {
                return;
            }
            scheduled = true;
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(this::turn);
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                scheduled = false;
                if (!refused) {
                    refused = true;
                    LOG.warn("the executor of deliverOn(…) refuses events; they wait until it takes them", e);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void turn() {
        delivering = Thread.currentThread();
        try {
            next().forEach(this::deliver);
        } finally {
            delivering = null;
            lock.lock();
            try {
                scheduled = false;
                refused = false;
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }
        pump();
    }

    /** Takes the items of a turn all at once: taken one by one, each would contend with what arrives. */
    private List<Item> next() {
        List<Item> taken = new ArrayList<>();
        lock.lock();
        try {
            for (Item item; taken.size() < ITEMS_A_TURN && (item = queue.poll()) != null;) {
                taken.add(item);
                if (item.changes() != null && item.changes() == conflating) {
                    conflating = null;
                }
            }
            waiting = !queue.isEmpty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Item item) {
        try {
            if (item.action() != null) {
                item.action().run();
            } else if (item.changes() == null) {
                publish(item.event().get(), item.sequence());
            } else {
                publish(new SessionDataChanged(item.changes().decode(decoder)), item.sequence());
            }
        } catch (Throwable e) {
            onListenerFailure.accept(e, null);
        } finally {
            if (item.messageBytes() > 0) {
                budget.free(Use.MESSAGES, item.messageBytes());
            }
        }
    }

    /** Whether anybody listens for changes of session data: if not, they need not be made. */
    public boolean hearsChanges() {
        return hearsChanges;
    }

    private void look() {
        hearsChanges = subscribers.stream().anyMatch(each -> each.type.isAssignableFrom(SessionDataChanged.class));
    }

    private void publish(RoomEvent event, long sequence) {
        if (event == null) {
            return;
        }
        for (Subscriber<?> subscriber : subscribers) {
            if (subscriber.since <= sequence && subscriber.type.isInstance(event)) {
                try {
                    subscriber.accept(event);
                } catch (Throwable e) {
                    onListenerFailure.accept(e, event);
                }
            }
        }
    }

    private final class Subscriber<E extends RoomEvent> implements Subscription {
        private final Class<E> type;
        private final Consumer<? super E> listener;
        private final long since;
        private volatile boolean ended;

        Subscriber(Class<E> type, Consumer<? super E> listener, long since) {
            this.type = type;
            this.listener = listener;
            this.since = since;
        }

        void accept(RoomEvent event) {
            if (!ended) {
                listener.accept(type.cast(event));
            }
        }

        @Override
        public void close() {
            ended = true;
            lock.lock();
            try {
                subscribers.remove(this);
                look();
            } finally {
                lock.unlock();
            }
        }
    }
}
