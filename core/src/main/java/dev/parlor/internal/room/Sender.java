package dev.parlor.internal.room;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.FrameCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Drains the outbox into frames, on the room's worker and nowhere else, so that frames to all are numbered in the order
 * of sending. Each turn sends the state that waits, then the messages that waited when the turn began, then frames of
 * other kinds: so no message overtakes state that was written before it, and a flood of writes delays no message for
 * ever. What is taken under the lock is encoded and sent outside of it.
 */
final class Sender {
    /** A frame of session data: one fragment of JGroups (50 KiB) less its headers. */
    static final int MAX_FRAME_BYTES = 48 * 1024;
    /** Kind, request id and length of a message on the wire. */
    private static final int MESSAGE_OVERHEAD_BYTES = 5;
    /** In place of the number of a frame that nobody would hear. */
    private static final long NOBODY = 0;
    private static final Log LOG = Log.of(Sender.class);

    private record Marked(long count, long sentNanos) {}

    private final ReentrantLock lock;
    private final Condition room;
    private final Environment environment;
    private final Network network;
    private final Outbox outbox;
    private final RoomState state;
    private final LongConsumer onLost;
    private boolean scheduled;
    private boolean sending;
    private volatile boolean stopped;
    private long lastNumber;
    private final Map<Long, Long> directCounts = new HashMap<>();
    /** The last frame to each alone, if it is so new that it may still be on its way when the next frame to all arrives. */
    private final Map<Long, Marked> recentDirects = new HashMap<>();

    /** @param onLost told under the lock how many messages could not be sent */
    Sender(ReentrantLock lock, Environment environment, Network network, Outbox outbox, RoomState state,
            LongConsumer onLost) {
        this.onLost = onLost;
        this.lock = lock;
        this.room = lock.newCondition();
        this.environment = environment;
        this.network = network;
        this.outbox = outbox;
        this.state = state;
    }

    /** Sees to it that what is in the outbox is sent. Called without or with the lock. */
    void wake() {
        lock.lock();
        boolean claimed;
        try {
            claimed = claimTurn();
        } finally {
            lock.unlock();
        }
        if (claimed) {
            beginTurn();
        }
    }

    /** Whether {@link #beginTurn} is to be called, which then nobody else does. Under the lock. */
    boolean claimTurn() {
        boolean claimed = !scheduled && !stopped && outbox.hasWork();
        scheduled |= claimed;
        return claimed;
    }

    /** Begins the turn that was claimed. If no thread can be had the next call tries again, or the room's tick. */
    void beginTurn() {
        try {
            environment.worker().execute(this::turn);
        } catch (RuntimeException | Error refused) {
            if (!(refused instanceof RejectedExecutionException)) {
                LOG.warn("no thread to send what was written; it is tried again", refused);
            }
            lock.lock();
            try {
                scheduled = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sends nothing more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /**
     * Waits, under the lock, while there is no room or until nothing is sent any more.
     *
     * @param nanos how long at most
     */
    void awaitRoom(BooleanSupplier full, long nanos) {
        long deadline = environment.nanos().getAsLong() + nanos;
        boolean interrupted = false;
        long left = nanos;
        while (full.getAsBoolean() && !stopped && left > 0) {
            try {
                room.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline - environment.nanos().getAsLong();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** There may be room for messages. Under the lock. */
    void roomChanged() {
        room.signalAll();
    }

    /** The number of the last frame to all. Under the lock. */
    long lastNumber() {
        return lastNumber;
    }

    /** Whether what was written here is still on its way to the network. Under the lock. */
    boolean isBusy() {
        return sending || outbox.hasState();
    }

    /**
     * A member has come, or is back: what was on its way to it alone before is lost, so that nothing waits for it. Not when it
     * goes, since it may not notice, and still hear what is sent to all. The count of frames to it alone stays: it goes on
     * counting. Under the lock.
     */
    void forgetRecent(long member) {
        recentDirects.remove(member);
    }

    /** The others in the view do not see us. Under the lock. */
    void lookForOthers() {
        environment.worker().execute(network::lookForOthers);
    }

    /** These do not hear us any more. Under the lock. */
    void expel(List<Long> members) {
        if (!members.isEmpty()) {
            // Not on the worker, which may be waiting for just these to give credits back.
            environment.background().execute(() -> network.expel(members));
        }
    }

    /** Sends what is repaired if it is not sent, so that nothing else is kept from being sent. */
    private void repaired(Runnable sends) {
        try {
            sends.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a frame could not be made; what it held is sent by repair", e);
            // A number that nobody gets: whatever is sent from now on waits until what is missing is repaired.
            lockedNextNumber();
        }
    }

    /**
     * What waited when a turn began.
     *
     * @param number of the first frame of single writes
     * @param more whether there are units too
     * @param controls frames of other kinds
     */
    private record Turn(long mark, Frame.Numbered presence, Map<String, VersionedValue> singles, long number, boolean more,
            int controls, List<Long> askers, List<Outbox.Outgoing> messages) {}

    private Turn take() {
        lock.lock();
        try {
            sending = true;
            long mark = outbox.mark();
            Frame.Numbered presence = outbox.takeUserChanged() ? numbered(state.presence()) : null;
            Map<String, VersionedValue> singles = outbox.takeSingles();
            Turn taken = new Turn(mark, presence, singles, singles.isEmpty() ? NOBODY : nextNumber(), outbox.hasUnits(mark),
                    outbox.controls(), outbox.takeAskers(), outbox.takeMessages());
            if (!taken.messages().isEmpty()) {
                room.signalAll();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void turn() {
        boolean again = false;
        try {
            Turn taken = take();
            repaired(() -> {
                transmitToAll(taken.presence());
                if (taken.number() != NOBODY) {
                    sendSingles(taken.singles(), taken.number());
                }
                if (taken.more()) {
                    sendUnits(taken.mark());
                }
            });
            sendMessages(taken.messages());
            repaired(() -> {
                sendControls(taken.controls());
                answer(taken.askers());
            });
        } catch (RuntimeException | Error e) {
            LOG.error("what waits to be sent could not be taken; it is tried again", e);
        } finally {
            lock.lock();
            try {
                sending = false;
                scheduled = false;
                again = claimTurn();
            } finally {
                lock.unlock();
            }
        }
        if (again) {
            beginTurn();
        }
    }

    /** Without the lock but for the numbers of further frames: nobody else has what was taken, and values never change. */
    private void sendSingles(Map<String, VersionedValue> singles, long firstNumber) {
        long number = firstNumber;
        List<KeyedValue> entries = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, VersionedValue> single : singles.entrySet()) {
            long cost = Outbox.costOf(single.getKey(), single.getValue());
            if (!entries.isEmpty() && bytes + cost > MAX_FRAME_BYTES) {
                transmit(null, new Frame.Numbered(number, update(StateDelta.of(entries))));
                number = lockedNextNumber();
                if (number == NOBODY) {
                    return;
                }
                entries = new ArrayList<>(entries.size());
                bytes = 0;
            }
            entries.add(new KeyedValue(single.getKey(), single.getValue()));
            bytes += cost;
        }
        transmit(null, new Frame.Numbered(number, update(StateDelta.of(entries))));
    }

    private void sendUnits(long mark) {
        boolean more = true;
        while (more && !stopped) {
            Frame.Numbered frame;
            lock.lock();
            try {
                StateDelta delta = outbox.takeUnits(mark, MAX_FRAME_BYTES);
                frame = delta == null ? null : numbered(update(delta));
                more = outbox.hasUnits(mark);
            } finally {
                lock.unlock();
            }
            transmitToAll(frame);
        }
    }

    private static Frame update(StateDelta delta) {
        return new Frame.Update(delta, 0, Map.of(), List.of());
    }

    private void sendMessages(List<Outbox.Outgoing> messages) {
        int from = 0;
        while (from < messages.size() && !stopped) {
            Long to = messages.get(from).to();
            List<AppMessage> packed = new ArrayList<>();
            long bytes = 0;
            int next = from;
            while (next < messages.size() && Objects.equals(to, messages.get(next).to())
                    && (packed.isEmpty() || bytes + messages.get(next).message().payload().length < MAX_FRAME_BYTES)) {
                AppMessage message = messages.get(next++).message();
                packed.add(message);
                bytes += MESSAGE_OVERHEAD_BYTES + message.payload().length;
            }
            if (holdsBack(messages.subList(from, messages.size()))) {
                return;
            }
            boolean sent = false;
            try {
                sent = to == null ? sendToAll(packed) : sendDirect(to, packed);
            } catch (RuntimeException | Error e) {
                LOG.error("a frame of {} messages could not be made", packed.size(), e);
            }
            if (!sent) {
                lost(packed);
            }
            from = next;
        }
    }

    /** Whether the next message is held back by now, in the middle of a turn; then all that are left go back. */
    private boolean holdsBack(List<Outbox.Outgoing> left) {
        if (!outbox.holdsBackAny()) {
            return false;
        }
        lock.lock();
        try {
            boolean held = outbox.holdsBack(left.get(0));
            if (held) {
                outbox.putBack(left);
            }
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Messages are not repaired. */
    private void lost(List<AppMessage> messages) {
        long lost = messages.stream().filter(each -> each.kind() != AppMessage.Kind.PING).count();
        lock.lock();
        try {
            if (lost > 0 && !stopped) {
                onLost.accept(lost);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return false if they were lost; not if there is nobody to hear them */
    private boolean sendToAll(List<AppMessage> messages) {
        Frame.Numbered frame = messagesToAll(messages);
        return frame == null || transmit(null, frame);
    }

    private Frame.Numbered messagesToAll(List<AppMessage> messages) {
        lock.lock();
        try {
            return numbered(new Frame.Update(StateDelta.of(List.of()), ownUserVersion(), directsToTellOf(), messages));
        } finally {
            lock.unlock();
        }
    }

    /** Not once, but for as long as they may take: the frame that says so first may be lost. */
    private Map<Long, Long> directsToTellOf() {
        if (recentDirects.isEmpty()) {
            return Map.of();
        }
        long now = environment.nanos().getAsLong();
        recentDirects.values().removeIf(direct -> now - direct.sentNanos() > Inbound.ARRIVAL_NANOS);
        Map<Long, Long> directs = new HashMap<>();
        recentDirects.forEach((to, direct) -> directs.put(to, direct.count()));
        return directs;
    }

    private long ownUserVersion() {
        return state.users().of(state.self()).version();
    }

    private boolean sendDirect(long to, List<AppMessage> messages) {
        Frame.Numbered frame;
        lock.lock();
        try {
            if (!state.isMember(to)) {
                // Who is gone hears nothing any more, which is told otherwise.
                return true;
            }
            long count = directCounts.merge(to, 1L, Long::sum);
            recentDirects.put(to, new Marked(count, environment.nanos().getAsLong()));
            frame = follows(new Frame.Direct(count, ownUserVersion(), messages));
        } finally {
            lock.unlock();
        }
        return transmit(to, frame);
    }

    /** As many as there are when it begins: those that come meanwhile must not hold up what is written here. */
    private void sendControls(int count) {
        for (int left = count; left > 0 && !stopped; left--) {
            sendControl(outbox::takeControl);
        }
    }

    /** Who we are. */
    private void answer(List<Long> askers) {
        for (long asker : askers) {
            if (!stopped) {
                sendControl(() -> new Outbox.Control(asker == Outbox.ALL ? null : asker, state::presence));
            }
        }
    }

    /** @param next gives what is to be sent, or null; called under the lock */
    private void sendControl(Supplier<Outbox.Control> next) {
        Outbox.Control control;
        Frame.Numbered frame;
        lock.lock();
        try {
            control = next.get();
            Frame made = control == null ? null : control.frame().get();
            frame = made == null ? null : control.to() == null ? numbered(made) : follows(made);
        } finally {
            lock.unlock();
        }
        if (frame != null) {
            transmit(control.to(), frame);
        }
    }

    /** A frame to all with its number, or null if there is nobody to hear it. Under the lock. */
    private Frame.Numbered numbered(Frame frame) {
        long number = nextNumber();
        return number == NOBODY ? null : new Frame.Numbered(number, frame);
    }

    /** The number of the next frame to all, or {@link #NOBODY}. Under the lock. */
    private long nextNumber() {
        if (stopped) {
            return NOBODY;
        }
        lastNumber++;
        state.stats().framesSent++;
        return state.hasOthers() ? lastNumber : NOBODY;
    }

    private long lockedNextNumber() {
        lock.lock();
        try {
            return nextNumber();
        } finally {
            lock.unlock();
        }
    }

    /** A frame to one with the number of the last frame to all. Under the lock. */
    private Frame.Numbered follows(Frame frame) {
        state.stats().framesSent++;
        return new Frame.Numbered(lastNumber, frame);
    }

    private void transmitToAll(Frame.Numbered frame) {
        if (frame != null) {
            transmit(null, frame);
        }
    }

    /**
     * @param to whom; null for all
     * @return false if the network did not take it
     */
    private boolean transmit(Long to, Frame.Numbered frame) {
        byte[] bytes = FrameCodec.encode(network.self(), frame);
        try {
            if (to == null) {
                network.sendToAll(bytes);
            } else {
                network.send(to, bytes);
            }
            state.stats().bytesSent.addAndGet(bytes.length);
            if (state.observer() != null) {
                state.observe(each -> each.sent(to == null ? NOBODY : to, to == null, bytes));
            }
        } catch (Network.NetworkException e) {
            // Of a frame to all the number is missing at the others, who ask for what it held.
            LOG.debug("frame {} to {} was not sent: {}", frame.number(), to == null ? "all" : to, e.getMessage());
            return false;
        }
        return true;
    }
}
