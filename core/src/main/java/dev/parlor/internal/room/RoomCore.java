package dev.parlor.internal.room;

import dev.parlor.Change;
import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.SyncProgress;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.event.Dispatcher;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.wire.Frame;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One participant's side of a room: its one lock, its life from join to close, and its parts. {@link Writes} come from
 * callers and frames from the network ({@link Reception}); both are applied to the {@link RoomState} under the lock, and
 * what follows from it is put into the {@link Outbox} and the dispatcher, and sent and delivered after the lock is given
 * back. Nothing is decoded, sent or listened to under it.
 */
final class RoomCore implements Network.Receiver {
    /** How often what takes time is looked at: gaps, rounds, silent members, announcements. */
    private static final long TICK_MILLIS = 200;
    /** What a close may take beside the time for confirmations: JGroups waits up to half a second for its own leave. */
    private static final long NETWORK_CLOSE_MILLIS = 2_000;
    /** What a close waits for the futures that it ends: a hand-over to another thread, on a busy machine. */
    private static final long RELEASE_MILLIS = 500;
    /** What has been logged may be written for so long, so that a program that ends after a close does not lose it. */
    private static final long LOG_MILLIS = 100;
    private static final Log LOG = Log.of(Room.class);

    private final RoomOptions options;
    private final Environment environment;
    private final Network network;
    private final RoomLock lock = new RoomLock();
    private final Budget budget;
    private final RoomState state;
    private final Values values;
    private final Completions completions;
    private final Conditions conditions;
    private final Listening listening;
    private final Dispatcher dispatcher;
    private final RoomEvents events;
    private final Health health;
    private final Shortage shortage;
    private final Outbox outbox;
    private final Sender sender;
    private final Repair repair;
    private final Merges merges;
    private final ViewCheck viewCheck;
    private final Clocks clocks;
    private final Compaction compaction;
    private final Roster roster;
    private final Messages messages;
    private final Writes writes;
    private final Reception reception;
    private final Rekeying rekeying;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final Consumer<? super SyncProgress> progressListener;
    private final CountDownLatch left = new CountDownLatch(1);
    private Joining joining;
    private volatile long joinBeganNanos;
    private boolean ended;
    private volatile boolean closed;

    RoomCore(RoomOptions options, Environment environment, Network network,
            Consumer<? super SyncProgress> progressListener) {
        this.options = options;
        this.environment = environment;
        this.network = network;
        this.progressListener = progressListener;
        this.budget = new Budget(options.memoryBytes(), options.backlogBytes());
        RoomTime time = new RoomTime(environment.millis(), environment.nanos());
        this.state = new RoomState(network.self(), time, new Stamps(time, options.maxClockSkew().toMillis()),
                new Losses(environment.nanos(), options.retention().toMillis()), budget);
        this.values = new Values(options.codec(), this);
        this.completions = new Completions(environment);
        this.conditions = new Conditions(this, state.session());
        this.listening = new Listening(this);
        this.dispatcher = new Dispatcher(environment.events(), environment.ownsEvents() ? null : environment.callbacks(),
                environment.nanos(), values::decode, listening, budget);
        this.events = new RoomEvents(this, budget);
        this.health = new Health(this, state);
        this.shortage = new Shortage(this, budget);
        Pressure pressure = new Pressure();
        this.outbox = new Outbox(state.session(), budget, pressure);
        this.sender = new Sender(lock, environment, network, outbox, state,
                lost -> shortage.dropped(lost, "they could not be sent: see the log"));
        this.merges = new Merges(this, state);
        this.viewCheck = new ViewCheck(this, state);
        this.clocks = new Clocks(this, state);
        this.compaction = new Compaction(this, state);
        this.repair = new Repair(this, state, outbox, sender, environment);
        this.roster = new Roster(this, state, lock.newCondition());
        this.messages = new Messages(this, state, outbox, sender, pressure);
        this.writes = new Writes(this, state, outbox);
        this.reception = new Reception(this, state);
        this.rekeying = new Rekeying(this, state, network.keys());
    }

    // ---- the parts, for the other classes of this package

    RoomOptions options() {
        return options;
    }

    Environment environment() {
        return environment;
    }

    RoomState state() {
        return state;
    }

    Values values() {
        return values;
    }

    Completions completions() {
        return completions;
    }

    Conditions conditions() {
        return conditions;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    RoomEvents events() {
        return events;
    }

    Shortage shortage() {
        return shortage;
    }

    Listening listening() {
        return listening;
    }

    Health health() {
        return health;
    }

    Roster roster() {
        return roster;
    }

    Messages messages() {
        return messages;
    }

    Writes writes() {
        return writes;
    }

    Outbox outbox() {
        return outbox;
    }

    Repair repair() {
        return repair;
    }

    Merges merges() {
        return merges;
    }

    ViewCheck viewCheck() {
        return viewCheck;
    }

    Clocks clocks() {
        return clocks;
    }

    Compaction compaction() {
        return compaction;
    }

    Rekeying rekeying() {
        return rekeying;
    }

    Sender sender() {
        return sender;
    }

    ReentrantLock lock() {
        return lock;
    }

    // ---- joining

    /** Begins to join; the future ends when the room is in sync, or with why it cannot be. */
    CompletableFuture<Void> join() {
        joinBeganNanos = environment.nanos().getAsLong();
        environment.timer().after(options.joinTimeout().toMillis(), this::joinExpired);
        environment.worker().execute(() -> {
            try {
                if (!closed) {
                    network.connect(this);
                }
                if (closed) {
                    // It may have been closed before there was a connection to close.
                    network.close();
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        });
        return joined;
    }

    private void joinExpired() {
        if (joined.isDone()) {
            return;
        }
        lock.lock();
        boolean cutOff;
        try {
            cutOff = joining != null && joining.isCutOff();
        } finally {
            lock.unlock();
        }
        fail(new JoinException(JoinException.Reason.TIMEOUT, "the room \"" + options.room()
                + "\" did not hand over its state within " + options.joinTimeout() + " (" + health.status()
                + (cutOff ? "; all who were in it vanished meanwhile" : "")
                + "): try again, or give more time with joinTimeout(…)", null));
    }

    /** The join cannot be. With or without the lock. */
    void fail(Throwable why) {
        completions.later(() -> joined.completeExceptionally(why));
        if (!lock.isHeldByCurrentThread()) {
            completions.pump();
        }
    }

    /** The join is done: this participant is in the room, and everybody hears of it. Under the lock. */
    void joined(Map<Long, Frame.Presence> answers) {
        joining = null;
        state.inbounds().values().forEach(Inbound::begin);
        roster.enter(options.displayName(), options.userData(), answers);
        outbox.userChanged();
        health.update();
        conditions.lookAgain();
        environment.timer().after(TICK_MILLIS, this::tick);
        completions.later(() -> joined.complete(null));
    }

    /** Nobody can have taken us for a member before. */
    long joinBeganNanos() {
        return joinBeganNanos;
    }

    /** The join under way, or null when it is done. Under the lock. */
    Joining joining() {
        return joining;
    }

    boolean isLive() {
        return joining == null && hasJoined() && !ended;
    }

    /** Whether the others may know us by now. */
    private boolean isPresent() {
        lock.lock();
        try {
            return hasJoined();
        } finally {
            lock.unlock();
        }
    }

    /** Whether this participant has been in the room. Under the lock. */
    boolean hasJoined() {
        return state.presentOf(state.self()) != null;
    }

    void progress(SyncProgress progress) {
        if (joining == null) {
            events.passing(progress, 0);
        } else if (progressListener != null) {
            dispatcher.runEarly(() -> tell(progress));
        }
    }

    /** Tells how far the join is, the only thing told before it ends. Among the events, without the lock. */
    private void tell(SyncProgress progress) {
        try {
            progressListener.accept(progress);
        } catch (Throwable e) {
            listening.listenerThrew(e, progress, progressListener);
        }
    }

    void roundEnded(long peer, boolean complete) {
        if (joining != null) {
            joining.onRoundEnded(peer, complete);
        }
    }

    // ---- under the lock, and after it

    /** Whether anybody asks what changes. Under the lock. */
    boolean hearsChanges() {
        return joining == null && dispatcher.hearsChanges();
    }

    /** Merges a delta, and announces what it changed to who asks. Under the lock. */
    void apply(StateDelta delta, Change.Cause cause) {
        if (hearsChanges()) {
            announceChanges(state.session().apply(delta), cause);
        } else {
            state.session().applyUnheard(delta);
        }
        conditions.changed(delta);
        if (state.observer() != null) {
            state.observe(each -> each.applied(delta, cause == Change.Cause.LOCAL));
        }
    }

    /** Under the lock. */
    void announceChanges(List<SessionChange> changes, Change.Cause cause) {
        if (joining == null) {
            dispatcher.submitChanges(changes, cause);
        }
    }

    /** What was missing may be here now. Under the lock. */
    void releaseMessages() {
        state.members().forEach(messages::release);
    }

    void requireOpen() {
        if (closed) {
            throw new RoomClosedException(options.room());
        }
    }

    /** Does something to the state under the lock, and has sent what follows from it. */
    void locked(Runnable action) {
        lock.lock();
        try {
            if (!ended) {
                action.run();
            }
        } finally {
            unlock();
        }
    }

    /** Gives the lock back, and then has sent and delivered what was put in under it: never under the lock. */
    void unlock() {
        if (lock.getHoldCount() > 1) {
            lock.unlock();
            return;
        }
        List<String> lines = health.takeUnsaid();
        boolean sends = sender.claimTurn();
        lock.unlock();
        if (sends) {
            sender.beginTurn();
        }
        if (lines != null) {
            health.log(lines);
        }
        dispatcher.pump();
        completions.pump();
    }

    // ---- from the network

    @Override
    public void onView(Network.View view) {
        if (state.observer() != null) {
            state.observe(each -> each.view(view));
        }
        locked(() -> {
            boolean first = state.members().isEmpty();
            roster.onView(view);
            if (first) {
                joining = new Joining(this, state, outbox, repair, environment);
                health.joining();
                environment.timer().after(Joining.TICK_MILLIS, this::joiningTick);
            }
            if (joining != null) {
                joining.onView();
            } else {
                if (!view.sides().isEmpty()) {
                    outbox.userChanged();
                }
                health.update();
            }
            // Once the status is told: whose flush fails for being cut off shall not find itself live.
            messages.flushes().settle();
            viewCheck.onView();
            clocks.onView();
            compaction.onView();
            rekeying.update();
            repair.onView(joining == null ? view.sides() : List.of());
            reception.onView();
        });
    }

    @Override
    public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {
        if (state.observer() != null) {
            state.observe(each -> each.received(from, toAll, bytes, offset, length));
        }
        reception.onFrame(from, toAll, bytes, offset, length);
    }

    @Override
    public void onStrangers(long count, boolean ofThisRoom) {
        locked(() -> health.strangers(count, ofThisRoom));
    }

    // ---- as time goes by

    private void joiningTick() {
        locked(() -> {
            if (joining != null) {
                environment.timer().after(Joining.TICK_MILLIS, this::joiningTick);
                repair.tick(environment.nanos().getAsLong());
                viewCheck.tick(environment.nanos().getAsLong());
                if (joining != null) {
                    joining.tick(environment.nanos().getAsLong());
                }
            }
        });
    }

    private void tick() {
        locked(() -> {
            long now = environment.nanos().getAsLong();
            environment.timer().after(TICK_MILLIS, this::tick);
            repair.tick(now);
            merges.tick(now);
            merges.reports().tick(now);
            messages.tick(now);
            roster.tick(now);
            viewCheck.tick(now);
            clocks.tick(now);
            shortage.tick(now);
            compaction.tick(now);
            health.update();
        });
        dispatcher.tick();
    }

    // ---- leaving

    /** Leaves; see {@link Room#close()}. */
    void close() {
        boolean first;
        lock.lock();
        try {
            first = !closed;
            closed = true;
        } finally {
            lock.unlock();
        }
        try (Interrupts interrupts = new Interrupts(environment.nanos())) {
            if (!first) {
                awaitClosed(interrupts);
                return;
            }
            long deadline = environment.nanos().getAsLong() + options.closeTimeout().toNanos();
            if (isPresent()) {
                new Goodbye(this).say(interrupts);
            } else {
                fail(new JoinException(JoinException.Reason.CANCELLED, "the join of the room \"" + options.room()
                        + "\" was cancelled", null));
            }
            List<Completion<?>> released = end(deadline);
            long releasedBy = environment.nanos().getAsLong() + TimeUnit.MILLISECONDS.toNanos(RELEASE_MILLIS);
            // They end where all futures do; who looks at one after the close finds it ended.
            released.forEach(each -> interrupts.await(each, releasedBy - environment.nanos().getAsLong()));
        }
    }

    /** Ends everything, with or without a word to the others; returns the futures that end by that. */
    List<Completion<?>> end(long deadlineNanos) {
        closed = true;
        sender.stop();
        List<Completion<?>> released;
        try {
            network.close();
        } finally {
            lock.lock();
            try {
                ended = true;
                health.update();
                roster.end();
            } finally {
                unlock();
            }
            dispatcher.close();
            if (environment.ownsEvents()) {
                long left = Math.max(0, deadlineNanos - environment.nanos().getAsLong());
                dispatcher.awaitDelivery(environment.waiting().before(dispatcher::isDelivered, left));
            }
            environment.end().run();
            released = completions.end(() -> new RoomClosedException(options.room()));
            Log.settle(LOG_MILLIS);
            left.countDown();
            offerLast();
        }
        return released;
    }

    /** Tells listeners from now on. */
    void startListeners() {
        dispatcher.start();
        if (closed) {
            // The close had nothing to offer yet.
            offerLast();
        }
    }

    private void offerLast() {
        if (!environment.ownsEvents()) {
            new LastOffers(this).begin();
        }
    }

    /**
     * Waits for a close that another thread has begun: a program that ends when this returns must not cut it short. Not
     * in a listener, for which that other thread may be waiting.
     */
    private void awaitClosed(Interrupts interrupts) {
        if (dispatcher.isDelivering() || lock.isHeldByCurrentThread()) {
            return;
        }
        long most = options.closeTimeout().toNanos() + TimeUnit.MILLISECONDS.toNanos(NETWORK_CLOSE_MILLIS);
        if (!interrupts.await(left, environment.waiting().before(() -> left.getCount() == 0, most))) {
            LOG.debug("another thread is still closing the room \"{}\"", options.room());
        }
    }

    /** Whether the close is done, but for listeners. Under the lock. */
    boolean hasEnded() {
        return ended;
    }

    boolean isClosed() {
        return closed;
    }
}
