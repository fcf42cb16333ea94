package dev.parlor.internal.room;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.EncodingException;
import dev.parlor.JoinException;
import dev.parlor.ParticipantId;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStats;
import dev.parlor.RoomStatus;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.event.Dispatcher;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.HybridClock;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One participant's side of a room: takes writes from callers and frames from the network, applies both to the state
 * under one lock, and hands on what follows from it: keys to the outbox, changes to the dispatcher. Nothing is decoded,
 * sent or listened to under the lock.
 */
final class RoomCore implements Network.Receiver {
    /** How often what takes time is looked at: gaps, rounds, silent members, announcements. */
    private static final long TICK_MILLIS = 200;
    /** How long the goodbye may take to reach the network; it is one small packet. */
    private static final long GOODBYE_MILLIS = 300;
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private final RoomOptions options;
    private final Environment environment;
    private final Network network;
    private final ReentrantLock lock = new ReentrantLock();
    private final RoomState state;
    private final Values values;
    private final Dispatcher dispatcher;
    private final Outbox outbox;
    private final Sender sender;
    private final Repair repair;
    private final Roster roster;
    private final Messages messages;
    private final Set<CompletableFuture<?>> unfinished = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final Consumer<? super SyncProgress> progressListener;
    private final WarningLimit warnings = new WarningLimit();
    private Joining joining;
    private SyncProgress untoldProgress;
    private boolean ended;
    private volatile boolean closed;
    private volatile boolean released;
    private volatile RoomStatus status = RoomStatus.CONNECTING;

    RoomCore(RoomOptions options, Environment environment, Network network,
            Consumer<? super SyncProgress> progressListener) {
        this.options = options;
        this.environment = environment;
        this.network = network;
        this.progressListener = progressListener;
        this.state = new RoomState(network.self(),
                new HybridClock(environment.millis(), options.maxClockSkew().toMillis()));
        this.values = new Values(options.codec(), this);
        this.dispatcher = new Dispatcher(environment.events(), this::decode, this::listenerFailed);
        this.outbox = new Outbox(state.session());
        this.sender = new Sender(lock, environment, network, outbox, state);
        this.repair = new Repair(this, state, outbox, sender, environment);
        this.roster = new Roster(this, state, lock.newCondition());
        this.messages = new Messages(this, state, outbox, sender);
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

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Roster roster() {
        return roster;
    }

    Messages messages() {
        return messages;
    }

    Outbox outbox() {
        return outbox;
    }

    Repair repair() {
        return repair;
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
        environment.timer().after(options.joinTimeout().toMillis(), () -> fail(new JoinException(
                JoinException.Reason.TIMEOUT, "the room \"" + options.room() + "\" did not hand over its state within "
                + options.joinTimeout() + " (" + status + "): try again, or give more time with joinTimeout(…)", null)));
        environment.worker().execute(() -> {
            try {
                network.connect(this);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        });
        return joined;
    }

    /** The join cannot be. */
    void fail(Throwable why) {
        joined.completeExceptionally(why);
    }

    /** The join is done: this participant is in the room, and everybody hears of it. Under the lock. */
    void joined(Map<Long, Frame.Presence> answers) {
        joining = null;
        state.inbounds().values().forEach(Inbound::begin);
        roster.enter(options.displayName(), options.userData(), answers);
        outbox.userChanged();
        updateStatus();
        environment.timer().after(TICK_MILLIS, this::tick);
        environment.worker().execute(() -> joined.complete(null));
    }

    boolean isLive() {
        return joining == null && joined() && !ended;
    }

    /** Whether the others may know us by now. */
    private boolean isPresent() {
        lock.lock();
        try {
            return joined();
        } finally {
            lock.unlock();
        }
    }

    private boolean joined() {
        return state.presentOf(state.self()) != null;
    }

    void progress(SyncProgress progress) {
        if (joining == null) {
            dispatcher.submit(progress);
        } else if (progressListener != null) {
            untoldProgress = progress;
        }
    }

    /** Tells how far the join is, the only thing told before it ends. Without the lock. */
    private void tellProgress(SyncProgress progress) {
        environment.events().execute(() -> {
            try {
                progressListener.accept(progress);
            } catch (RuntimeException | Error e) {
                LOG.warn("the listener of onSyncProgress threw", e);
            }
        });
    }

    void roundEnded(long peer, boolean complete) {
        if (joining != null) {
            joining.onRoundEnded(peer, complete);
        }
    }

    // ---- writing

    /** One write of session data: whether all is cleared first, and values by key, null for a removed one. */
    void write(boolean clears, Map<String, byte[]> encoded) {
        List<SessionChange> changes;
        lock.lock();
        try {
            requireOpen();
            requireWithinLimit(clears, encoded);
            SessionReplica session = state.session();
            long floor = clears ? session.newestTime() : session.newestTime(encoded.keySet());
            Stamp stamp = new Stamp(state.clock().next(floor), state.self());
            if (stamp.time() > Stamp.MAX_TIME) {
                throw new EncodingException("what is overwritten carries a time beyond all times (" + floor
                        + "), which no correct program writes: begin a new room", null);
            }
            List<KeyedValue> entries = new ArrayList<>(encoded.size());
            encoded.forEach((key, bytes) -> entries.add(new KeyedValue(key,
                    bytes == null ? VersionedValue.tombstone(stamp) : VersionedValue.of(stamp, bytes))));
            changes = session.apply(new StateDelta(clears ? stamp : Stamp.ZERO, entries));
            markDirty(clears, encoded.keySet());
            announceChanges(changes, Change.Cause.LOCAL);
        } finally {
            unlock();
        }
    }

    private void markDirty(boolean clears, Collection<String> keys) {
        if (clears) {
            outbox.clear(keys);
        } else if (keys.size() == 1) {
            outbox.put(keys.iterator().next());
        } else {
            outbox.putTogether(keys);
        }
    }

    private void requireWithinLimit(boolean clears, Map<String, byte[]> encoded) {
        SessionReplica session = state.session();
        long total = clears ? 0 : session.liveBytes();
        boolean grows = false;
        for (Map.Entry<String, byte[]> entry : encoded.entrySet()) {
            VersionedValue held = clears ? null : session.liveEntry(entry.getKey());
            long before = held == null ? 0 : SessionReplica.costOf(entry.getKey(), held.bytes());
            long after = entry.getValue() == null ? 0 : SessionReplica.costOf(entry.getKey(), entry.getValue());
            total += after - before;
            grows |= after > before;
        }
        long limit = options.limits().sessionDataBytes();
        if (grows && total > limit) {
            throw new PayloadTooLargeException("the session data of the room \"" + options.room() + "\" with this write",
                    total, limit, "sessionDataBytes");
        }
    }

    /** Under the lock. */
    void announceChanges(List<SessionChange> changes, Change.Cause cause) {
        if (joining == null) {
            dispatcher.submitChanges(changes, cause);
        }
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
        SyncProgress progress = untoldProgress;
        untoldProgress = null;
        lock.unlock();
        if (lock.isHeldByCurrentThread()) {
            untoldProgress = progress;
            return;
        }
        if (progress != null) {
            tellProgress(progress);
        }
        sender.wake();
        dispatcher.pump();
    }

    /** A future that a user may wait for: it ends with the room, if not before. */
    void track(CompletableFuture<?> future) {
        unfinished.add(future);
        future.whenComplete((value, thrown) -> unfinished.remove(future));
        if (released) {
            releaseWaiting();
        }
    }

    private void releaseWaiting() {
        released = true;
        unfinished.forEach(future -> future.completeExceptionally(new RoomClosedException(options.room())));
    }

    // ---- receiving

    @Override
    public void onView(Network.View view) {
        locked(() -> {
            boolean first = state.members().isEmpty();
            roster.onView(view);
            if (first) {
                joining = new Joining(this, state, outbox, repair, environment);
                status = state.hasOthers() ? RoomStatus.SYNCING : RoomStatus.CONNECTING;
                environment.timer().after(Joining.TICK_MILLIS, this::joiningTick);
            }
            if (joining != null) {
                joining.onView();
            } else {
                if (!view.representatives().isEmpty()) {
                    outbox.userChanged();
                }
                updateStatus();
            }
            repair.onView(joining == null ? view.representatives() : List.of());
        });
    }

    @Override
    public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {
        Frame.Numbered numbered;
        try {
            numbered = FrameCodec.decode(from, bytes, offset, length);
        } catch (MalformedFrameException e) {
            locked(() -> {
                state.stats().framesRefused++;
                warn(Warning.Kind.UNDECODABLE_FRAME, "from " + nameOf(from) + ": " + e.getMessage());
            });
            return;
        }
        locked(() -> {
            if (!state.isMember(from)) {
                state.stats().framesRefused++;
                return;
            }
            state.stats().framesReceived++;
            receive(from, toAll, numbered.number(), numbered.frame());
        });
    }

    private void receive(long from, boolean toAll, long number, Frame frame) {
        Inbound inbound = state.inbound(from);
        boolean news = true;
        if (toAll) {
            long missing = inbound.frameToAll(number, environment.nanos().getAsLong());
            news = missing >= 0;
            if (missing > 0 && isLive()) {
                state.stats().framesMissed += missing;
                // Its user data may have been in one of them, and is believed of nobody else.
                outbox.control(from, Frame.WhoIsThere::new);
            }
        }
        if (frame instanceof Frame.Update update) {
            apply(update.delta());
            if (news) {
                messages.holdToAll(from, number, update.directs().getOrDefault(state.self(), 0L), update.messages());
            }
        } else if (frame instanceof Frame.Direct direct) {
            if (inbound.frameToUs(direct.count())) {
                messages.holdToUs(from, number, direct.count(), direct.messages());
            }
        } else if (frame instanceof Frame.Presence presence) {
            if (joining != null) {
                joining.onPresence(from, number, presence);
            } else {
                roster.onPresence(from, presence);
            }
        } else if (frame instanceof Frame.WhoIsThere) {
            outbox.control(from, state::presence);
        } else if (frame instanceof Frame.Goodbye) {
            if (joining != null) {
                joining.onGoodbye(from);
            }
            roster.onGoodbye(from);
            updateStatus();
        } else if (frame instanceof Frame.Announce announce) {
            if (joining == null) {
                repair.onAnnounce(from, announce);
            }
        } else if (frame instanceof Frame.SyncRequest request) {
            repair.onRequest(from, request);
        } else if (frame instanceof Frame.SyncChunk chunk) {
            repair.onChunk(from, chunk);
        } else if (frame instanceof Frame.SyncAck ack) {
            repair.onAck(from, ack);
        } else if (frame instanceof Frame.Pong pong) {
            messages.flushes().onPong(from, pong.token());
        }
        messages.release(from);
    }

    private void apply(StateDelta delta) {
        long newest = delta.clear().time();
        for (KeyedValue entry : delta.entries()) {
            newest = Math.max(newest, entry.value().stamp().time());
        }
        state.clock().observe(newest);
        announceChanges(state.session().apply(delta), Change.Cause.REMOTE);
    }

    /** What was missing may be here now. Under the lock. */
    void releaseMessages() {
        state.members().forEach(messages::release);
    }

    // ---- as time goes by

    private void joiningTick() {
        locked(() -> {
            if (joining != null) {
                environment.timer().after(Joining.TICK_MILLIS, this::joiningTick);
                repair.tick(environment.nanos().getAsLong());
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
            messages.tick(now);
            roster.tick(now);
            updateStatus();
        });
    }

    // ---- what the user sees

    RoomStatus status() {
        return status;
    }

    /** Under the lock. */
    void updateStatus() {
        RoomStatus now = ended ? RoomStatus.CLOSED : roster.status(environment.nanos().getAsLong());
        if (now != status && (joined() || ended)) {
            dispatcher.submit(new StatusChanged(status, now));
            status = now;
        }
    }

    RoomStats stats() {
        lock.lock();
        try {
            Stats counted = state.stats();
            SessionReplica session = state.session();
            return new RoomStats(session.size(), session.tombstones(), session.liveBytes(), counted.framesSent,
                    counted.framesReceived, counted.framesRefused, counted.framesMissed, counted.repairs,
                    counted.entriesRepaired, session.stampDefects(), counted.messagesReceived, counted.messagesDropped,
                    counted.undecodableValues, counted.warnings, outbox.keys(), outbox.messages(), repair.inSync(),
                    session.digest().root());
        } finally {
            lock.unlock();
        }
    }

    Author author(long id) {
        ParticipantId author = new ParticipantId(id);
        return new Author(author, nameOf(id));
    }

    private String nameOf(long id) {
        lock.lock();
        try {
            return state.nameOf(id).orElseGet(() -> new ParticipantId(id).toString());
        } finally {
            lock.unlock();
        }
    }

    private Change decode(SessionChange change, Change.Cause cause) {
        return new Change(change.key(), decoded(change.key(), change.before()), decoded(change.key(), change.after()),
                author(change.stamp().author()), cause);
    }

    private Optional<Object> decoded(String key, VersionedValue value) {
        return value == null ? Optional.empty() : values.of(key, value);
    }

    /** Says something that is nobody's exception. With or without the lock. */
    void warn(Warning.Kind kind, String message) {
        lock.lock();
        try {
            state.stats().warnings++;
            if (kind == Warning.Kind.UNDECODABLE_VALUE) {
                state.stats().undecodableValues++;
            }
            String text = warnings.admit(kind, message, environment.nanos().getAsLong());
            if (text != null) {
                LOG.warn("room \"{}\": {}: {}", options.room(), kind, text);
                dispatcher.submit(new Warning(kind, text));
            }
        } finally {
            unlock();
        }
    }

    private void listenerFailed(Throwable thrown, RoomEvent event) {
        LOG.error("a listener of the room \"{}\" threw; the others were served", options.room(), thrown);
        if (!(event instanceof Warning)) {
            // A warning of a listener of warnings would have no end.
            warn(Warning.Kind.LISTENER_FAILED, "a listener threw " + thrown + "; the others were served");
        }
    }

    // ---- leaving

    /** Leaves; see {@link Room#close()}. */
    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        long deadline = environment.nanos().getAsLong() + options.closeTimeout().toNanos();
        if (isPresent()) {
            sayGoodbye(deadline);
        } else {
            fail(new JoinException(JoinException.Reason.CANCELLED, "the join of the room \"" + options.room()
                    + "\" was cancelled", null));
        }
        sender.stop();
        try {
            network.close();
        } finally {
            lock.lock();
            try {
                ended = true;
                updateStatus();
                roster.end();
            } finally {
                unlock();
            }
            dispatcher.close(Math.max(0, deadline - environment.nanos().getAsLong()));
            environment.end().run();
            releaseWaiting();
        }
    }

    private void sayGoodbye(long deadline) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        CompletableFuture<Void> arrived = messages.flushes().begin(options.closeTimeout());
        try {
            arrived.get(Math.max(1, deadline - environment.nanos().getAsLong()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.info("left the room \"{}\" before everybody confirmed what was written here", options.room());
        }
        locked(() -> {
            outbox.control(null, Frame.Goodbye::new);
            outbox.control(null, () -> {
                said.complete(null);
                return null;
            });
        });
        try {
            // Of its own time, or a slow confirmation would make us look lost.
            said.get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.debug("the network is too slow for a goodbye");
        }
    }

    boolean isClosed() {
        return closed;
    }
}
