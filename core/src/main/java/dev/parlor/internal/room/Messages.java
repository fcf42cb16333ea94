package dev.parlor.internal.room;

import dev.parlor.MessageReceived;
import dev.parlor.OutboxFullException;
import dev.parlor.Participant;
import dev.parlor.UnknownParticipantException;
import dev.parlor.Warning;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * App-messages: into the outbox in the order of sending, and out to listeners once all before them has come. Guarded by
 * the room's lock.
 */
final class Messages {
    /** A message is held so long for what was sent before it; longer, and it is delivered without. */
    private static final long HOLD_NANOS = 5_000_000_000L;
    /** Whoever is not looked at for so long has stood still, and may find what it waits for only now. */
    private static final long STOOD_STILL_NANOS = 1_000_000_000L;
    /** A handler waits so long for room for its answer, as long as listeners may stand still before they hold up nobody. */
    private static final long ANSWER_NANOS = Backlog.STANDING_NANOS;
    private static final byte[] NO_PAYLOAD = new byte[0];

    private final RoomCore core;
    private final RoomState state;
    private final Outbox outbox;
    private final Sender sender;
    private final Pressure pressure;
    private final Backlog backlog;
    /** Of each, how many messages were dropped here: it is told when it asks whether all has come. */
    private final Map<Long, Long> dropped = new Bounded<>();
    private final Requests requests;
    private final Flushes flushes;
    private long tickedNanos;
    private long awakeSinceNanos;

    Messages(RoomCore core, RoomState state, Outbox outbox, Sender sender, Pressure pressure) {
        this.pressure = pressure;
        this.backlog = new Backlog(core, state.budget());
        this.core = core;
        this.state = state;
        this.outbox = outbox;
        this.sender = sender;
        this.requests = new Requests(core, state, this);
        this.flushes = new Flushes(core, state, this);
        this.tickedNanos = now();
        this.awakeSinceNanos = tickedNanos;
    }

    Requests requests() {
        return requests;
    }

    Flushes flushes() {
        return flushes;
    }

    /** Who takes no messages for now. */
    Pressure pressure() {
        return pressure;
    }

    /** What waits for the listeners here. */
    Backlog backlog() {
        return backlog;
    }

    /** How many messages of a participant were dropped here. */
    long droppedOf(long member) {
        return dropped.getOrDefault(member, 0L);
    }

    // ---- out; called without the lock

    /** To all others. */
    void sendToAll(byte[] payload) {
        AppMessage message = new AppMessage(AppMessage.Kind.MESSAGE, 0, payload);
        boolean heardHere = core.options().hearOwnMessages();
        makeRoom(heardHere);
        core.lock().lock();
        try {
            awaitRoom(heardHere);
            if (state.hasOthers()) {
                outbox.message(new Outbox.Outgoing(null, message));
            }
            if (heardHere) {
                deliver(state.self(), state.presentOf(state.self()), message, false);
            }
        } finally {
            core.unlock();
        }
    }

    /** To some, this participant perhaps among them; all of them are present or nothing is sent. */
    void sendTo(byte[] payload, List<Participant> to) {
        AppMessage message = new AppMessage(AppMessage.Kind.MESSAGE, 0, payload);
        boolean heardHere = to.stream().anyMatch(each -> each.id().value() == state.self());
        makeRoom(heardHere);
        core.lock().lock();
        try {
            awaitRoom(heardHere);
            to.forEach(this::requirePresent);
            // Who is named twice hears it once.
            to.stream().mapToLong(each -> each.id().value()).distinct().forEach(each -> post(each, message));
        } finally {
            core.unlock();
        }
    }

    void requirePresent(Participant participant) {
        if (state.presentOf(participant.id().value()) == null) {
            throw new UnknownParticipantException(participant);
        }
    }

    /**
     * Before the lock is taken to send something: where nothing happens by itself, the outbox is not drained under it.
     *
     * @param heardHere whether listeners here hear it too
     */
    void makeRoom(boolean heardHere) {
        if (!core.options().failWhenOutboxFull()) {
            if (core.environment().waiting().before(() -> hasRoom(heardHere), Long.MAX_VALUE) == 0 && !hasRoom(heardHere)) {
                throw new OutboxFullException(outbox.messages(), outbox.messageBytes());
            }
        }
    }

    private boolean hasRoom(boolean heardHere) {
        core.lock().lock();
        try {
            return !isFull(heardHere) || core.isClosed();
        } finally {
            core.lock().unlock();
        }
    }

    /** A listener does not wait for itself. */
    private boolean isFull(boolean heardHere) {
        return outbox.isFull() || heardHere && backlog.isFull() && !core.dispatcher().isDelivering();
    }

    void awaitRoom(boolean heardHere) {
        core.requireOpen();
        if (isFull(heardHere)) {
            if (core.options().failWhenOutboxFull()) {
                throw new OutboxFullException(outbox.messages(), outbox.messageBytes());
            }
            sender.wake();
            sender.awaitRoom(() -> isFull(heardHere), Long.MAX_VALUE / 2);
            core.requireOpen();
        }
    }

    /** Waits for room for an answer, for a while; false if there is none. Called without the lock. */
    boolean awaitRoomForAnswer(int bytes) {
        BooleanSupplier full = () -> outbox.isFullOfAnswers(bytes) && !core.isClosed();
        long most = core.options().failWhenOutboxFull() ? 0 : ANSWER_NANOS;
        long left = core.environment().waiting().before(() -> {
            core.lock().lock();
            try {
                return !full.getAsBoolean();
            } finally {
                core.lock().unlock();
            }
        }, most);
        core.lock().lock();
        try {
            sender.awaitRoom(full, left);
            return !full.getAsBoolean();
        } finally {
            core.lock().unlock();
        }
    }

    /** Puts a message to one on its way. Under the lock. */
    void post(long to, AppMessage message) {
        if (to == state.self()) {
            deliver(to, state.presentOf(to), message, true);
        } else {
            outbox.message(new Outbox.Outgoing(to, message));
        }
    }

    /** Asks everybody to confirm what was sent before. Under the lock. */
    void ping(long token) {
        outbox.message(new Outbox.Outgoing(null, new AppMessage(AppMessage.Kind.PING, token, NO_PAYLOAD)));
    }

    // ---- in; called under the lock

    /** Messages to all may have come, in the frame of this number, after some to us alone. */
    void holdToAll(long from, long number, Frame.Update update) {
        if (update.messages().isEmpty()) {
            return;
        }
        long afterDirects = update.directs().isEmpty() ? 0 : update.directs().getOrDefault(state.self(), 0L);
        Inbound inbound = state.inbound(from);
        Present sender = state.presentOf(from);
        boolean passes = core.isLive() && sender != null && inbound.passesToAll(number, afterDirects,
                update.userVersion(), state.users().of(from).version());
        hold(from, update.messages(), message -> {
            if (passes && message.kind() != AppMessage.Kind.PING) {
                deliver(from, sender, message, false);
                return true;
            }
            return inbound.holdToAll(message, number, afterDirects, update.userVersion(), now());
        });
    }

    /** Messages to us alone have come, after the frame to all of this number. */
    void holdToUs(long from, long afterNumber, Frame.Direct direct) {
        hold(from, direct.messages(), message ->
                state.inbound(from).holdToUs(message, afterNumber, direct.count(), direct.userVersion(), now()));
    }

    private void hold(long from, List<AppMessage> messages, Predicate<AppMessage> hold) {
        if (core.isLive()) {
            core.dispatcher().together(() -> {
                for (AppMessage message : messages) {
                    if (!hold.test(message)) {
                        dropped(from, 1, "too many wait for what was sent before them");
                    }
                }
            });
        } else {
            // Those present get messages. We get all state by our join, so nobody need wait for us.
            messages.stream().filter(message -> message.kind() == AppMessage.Kind.PING)
                    .forEach(ping -> deliver(from, null, ping, false));
        }
    }

    private long now() {
        return core.environment().nanos().getAsLong();
    }

    void release(long from) {
        Present sender = state.presentOf(from);
        if (core.isLive() && sender != null) {
            long now = now();
            state.inbound(from).release(state.users().of(from).version(), now, awakeSince(now),
                    (message, direct) -> deliver(from, sender, message, direct));
        }
    }

    /** Since when we have not stood still; just now if nobody has looked for too long. */
    private long awakeSince(long nowNanos) {
        return nowNanos - tickedNanos > STOOD_STILL_NANOS ? nowNanos : awakeSinceNanos;
    }

    /** @param sender who it is from, if it is present; only a question whether all is here may come of somebody who is not */
    private void deliver(long from, Present sender, AppMessage message, boolean direct) {
        switch (message.kind()) {
            case MESSAGE -> {
                if (core.dispatcher().submitMessage(() -> received(message.payload(), sender, direct),
                        message.payload().length)) {
                    backlog.grown();
                } else {
                    dropped(from, 1, "the listeners here are too slow");
                }
            }
            case REQUEST -> requests.onRequest(from, message);
            case PING -> outbox.control(from, () -> new Frame.Pong(message.requestId(), droppedOf(from)));
            default -> requests.onAnswer(from, message);
        }
    }

    /** On the event thread, without the lock. */
    private MessageReceived received(byte[] payload, Present from, boolean direct) {
        Optional<Object> decoded = core.values().decode(payload,
                () -> "a message from \"" + from.name() + "\"");
        return decoded.map(object -> new MessageReceived(object, core.roster().participant(from), direct)).orElse(null);
    }

    /** Messages were dropped: their sender is told when it asks, and the user here now and then. */
    void dropped(long from, int count, String why) {
        dropped.merge(from, (long) count, Long::sum);
        core.shortage().dropped(count, why);
    }

    /** It is no member any more. Of one that never said who it was messages may be held as well. */
    void onGone(long member) {
        Inbound inbound = state.inbounds().get(member);
        if (inbound != null && inbound.heldMessages() > 0) {
            // Not told to who sent them, who is gone: messages are for those present.
            core.shortage().dropped(inbound.heldMessages(), "their sender left before all that it wrote before them had arrived");
        }
    }

    void onLeft(long member) {
        pressure.onLeft(member);
        requests.onLeft(member);
        flushes.onLeft(member);
    }

    void tick(long nowNanos) {
        awakeSinceNanos = awakeSince(nowNanos);
        tickedNanos = nowNanos;
        pressure.tick(nowNanos);
        backlog.tick(nowNanos);
        state.inbounds().forEach((member, inbound) -> {
            if (Math.min(inbound.heldNanos(nowNanos), nowNanos - awakeSinceNanos) > HOLD_NANOS
                    && state.presentOf(member) != null) {
                inbound.excuse();
                core.health().warn(Warning.Kind.MESSAGES_LATE, "something that \"" + state.presentOf(member).name()
                        + "\" sent before a message has not arrived within " + HOLD_NANOS / 1_000_000_000L
                        + " s; the message is delivered without it");
            }
            long lost = inbound.giveUpLostDirects(nowNanos);
            if (lost > 0 && state.presentOf(member) != null) {
                core.shortage().dropped((int) lost, "the network lost them on their way from \"" + state.presentOf(member).name()
                        + "\" to this participant alone");
            } else if (inbound.lacksDirects(nowNanos)) {
                // Its answer comes to us alone, after what was lost.
                outbox.control(member, Frame.WhoIsThere::new);
            }
            release(member);
            if (inbound.lacksUserData(state.users().of(member).version())) {
                outbox.control(member, Frame.WhoIsThere::new);
            }
        });
    }
}
