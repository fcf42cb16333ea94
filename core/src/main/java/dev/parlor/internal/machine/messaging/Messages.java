package dev.parlor.internal.machine.messaging;

import dev.parlor.Participant;
import dev.parlor.UnknownParticipantException;
import dev.parlor.Warning;
import dev.parlor.internal.machine.backpressure.Backlog;
import dev.parlor.internal.machine.backpressure.Shortage;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * App-messages: into the outbox in the order of sending, and out to listeners once all before them has come. Guarded by
 * the room's lock.
 */
public final class Messages {
    /** A message is held so long for what was sent before it; longer, and it is delivered without. */
    private static final long HOLD_NANOS = 5_000_000_000L;
    /** Whoever is not looked at for so long has stood still, and may find what it waits for only now. */
    private static final long STOOD_STILL_NANOS = 1_000_000_000L;

    private final RoomState state;
    private final Outbox outbox;
    private final Backlog backlog;
    private final Requests requests;
    private final Shortage shortage;
    private final EventSink events;
    private final Warnings warnings;
    private final Now now;
    private final boolean hearsOwn;
    /** Of each, how many messages were dropped here: it is told when it asks whether all has come. */
    private final Map<Long, Long> dropped = new Bounded<>();
    private long tickedNanos;
    private long awakeSinceNanos;

    /** @param hearsOwn whether listeners here hear what is sent to all here */
    Messages(RoomState state, Outbox outbox, Backlog backlog, Requests requests, Shortage shortage, EventSink events,
            Warnings warnings, Now now, boolean hearsOwn) {
        this.state = state;
        this.outbox = outbox;
        this.backlog = backlog;
        this.requests = requests;
        this.shortage = shortage;
        this.events = events;
        this.warnings = warnings;
        this.now = now;
        this.hearsOwn = hearsOwn;
        this.tickedNanos = now.nanos();
        this.awakeSinceNanos = tickedNanos;
    }

    /** How many messages of a participant were dropped here. */
    public long droppedOf(long member) {
        return dropped.getOrDefault(member, 0L);
    }

    // ---- out

    /**
     * Whether whoever sends has to wait.
     *
     * @param heardHere whether listeners here are to hear it, and have to be waited for
     */
    public boolean isFull(boolean heardHere) {
        return outbox.isFull() || heardHere && backlog.isFull();
    }

    /** To all others. */
    public void sendToAll(byte[] payload) {
        AppMessage message = new AppMessage(AppMessage.Kind.MESSAGE, 0, payload);
        if (state.hasOthers()) {
            outbox.message(new Outbox.Outgoing(null, message));
        }
        if (hearsOwn) {
            deliver(state.self(), state.presentOf(state.self()), message, false);
        }
    }

    /** To some, this participant perhaps among them; all of them are present or nothing is sent. */
    public void sendTo(byte[] payload, List<Participant> to) {
        AppMessage message = new AppMessage(AppMessage.Kind.MESSAGE, 0, payload);
        to.forEach(this::requirePresent);
        // Who is named twice hears it once.
        to.stream().mapToLong(each -> each.id().value()).distinct().forEach(each -> post(each, message));
    }

    private void requirePresent(Participant participant) {
        if (state.presentOf(participant.id().value()) == null) {
            throw new UnknownParticipantException(participant);
        }
    }

    /** Asks one, who is present. @return the number of the request */
    public long ask(byte[] payload, Participant to, Requests.Reply reply) {
        requirePresent(to);
        long id = requests.begin(to.id().value(), reply);
        post(to.id().value(), new AppMessage(AppMessage.Kind.REQUEST, id, payload));
        return id;
    }

    /** Answers a request that came from one. */
    public void answer(long to, AppMessage answer) {
        post(to, answer);
    }

    private void post(long to, AppMessage message) {
        if (to == state.self()) {
            deliver(to, state.presentOf(to), message, true);
        } else {
            outbox.message(new Outbox.Outgoing(to, message));
        }
    }

    // ---- in

    /** Messages to all may have come, in the frame of this number, after some to us alone. */
    public void holdToAll(long from, long number, Frame.Update update) {
        if (update.messages().isEmpty()) {
            return;
        }
        long afterDirects = update.directs().isEmpty() ? 0 : update.directs().getOrDefault(state.self(), 0L);
        Inbound inbound = state.inbound(from);
        Present sender = state.presentOf(from);
        boolean passes = state.isLive() && sender != null && inbound.passesToAll(number, afterDirects,
                update.userVersion(), state.users().of(from).version());
        hold(from, update.messages(), message -> {
            if (passes && message.kind() != AppMessage.Kind.PING) {
                deliver(from, sender, message, false);
                return true;
            }
            return inbound.holdToAll(message, number, afterDirects, update.userVersion(), now.nanos());
        });
    }

    /** Messages to us alone have come, after the frame to all of this number. */
    public void holdToUs(long from, long afterNumber, Frame.Direct direct) {
        Inbound inbound = state.inbound(from);
        boolean overtaken = state.isLive() && inbound.isOvertaken(afterNumber);
        hold(from, direct.messages(), message -> {
            if (overtaken && message.kind() == AppMessage.Kind.MESSAGE) {
                // Not a request or an answer, for which somebody waits. Not told to who sent it: the network was cut.
                shortage.dropped(1, "the network delivered them when messages that were sent after them had been delivered");
                return true;
            }
            return inbound.holdToUs(message, afterNumber, direct.count(), direct.userVersion(), now.nanos());
        });
    }

    private void hold(long from, List<AppMessage> messages, Predicate<AppMessage> hold) {
        if (state.isLive()) {
            events.together(() -> {
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

    /** What was missing may be here now. */
    public void releaseAll() {
        state.members().forEach(this::release);
    }

    /** What one has sent may have been waiting for what has come now. */
    public void release(long from) {
        Present sender = state.presentOf(from);
        if (state.isLive() && sender != null) {
            long nowNanos = now.nanos();
            state.inbound(from).release(state.users().of(from).version(), nowNanos, awakeSince(nowNanos),
                    (message, direct) -> deliver(from, sender, message, direct));
        }
    }

    /** Since when we have not stood still; just now if nobody has looked for too long. */
    private long awakeSince(long nowNanos) {
        return nowNanos - tickedNanos > STOOD_STILL_NANOS ? nowNanos : awakeSinceNanos;
    }

    /** @param sender who it is from, if it is present; only a question whether all is here may come of somebody who is not */
    private void deliver(long from, @Nullable Present sender, AppMessage message, boolean direct) {
        switch (message.kind()) {
            case MESSAGE -> {
                if (sender != null && events.message(sender, message.payload(), direct)) {
                    backlog.grown();
                } else {
                    dropped(from, 1, "the listeners here are too slow");
                }
            }
            case REQUEST -> {
                if (sender != null && events.request(sender, message)) {
                    backlog.grown();
                } else {
                    dropped(from, 1, "the handlers here are too slow");
                    post(from, new AppMessage(AppMessage.Kind.BUSY, message.requestId(), new byte[0]));
                }
            }
            case PING -> outbox.control(from, () -> new Frame.Pong(message.requestId(), droppedOf(from)));
            default -> requests.onAnswer(from, message);
        }
    }

    /** Messages were dropped: their sender is told when it asks, and the user here now and then. */
    private void dropped(long from, int count, String why) {
        dropped.merge(from, (long) count, Long::sum);
        shortage.dropped(count, why);
    }

    /** It is no member any more. Of one that never said who it was messages may be held as well. */
    public void onGone(long member) {
        Inbound inbound = state.inbounds().get(member);
        if (inbound != null && inbound.heldMessages() > 0) {
            // Not told to who sent them, who is gone: messages are for those present.
            shortage.dropped(inbound.heldMessages(), "their sender left before all that it wrote before them had arrived");
        }
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        awakeSinceNanos = awakeSince(nowNanos);
        tickedNanos = nowNanos;
        backlog.tick(nowNanos);
        state.inbounds().forEach((member, inbound) -> tick(member, inbound, nowNanos));
    }

    private void tick(long member, Inbound inbound, long nowNanos) {
        Present sender = state.presentOf(member);
        if (Math.min(inbound.heldNanos(nowNanos), nowNanos - awakeSinceNanos) > HOLD_NANOS && sender != null) {
            inbound.excuse();
            warnings.warn(Warning.Kind.MESSAGES_LATE, "something that \"" + sender.name()
                    + "\" sent before a message has not arrived within " + HOLD_NANOS / 1_000_000_000L
                    + " s; the message is delivered without it");
        }
        long lost = inbound.giveUpLostDirects(nowNanos);
        if (lost > 0 && sender != null) {
            shortage.dropped((int) lost, "the network lost them on their way from \"" + sender.name()
                    + "\" to this participant alone");
        } else if (inbound.lacksDirects(nowNanos)) {
            // Its answer comes to us alone, after what was lost.
            outbox.control(member, Frame.WhoIsThere::new);
        }
        release(member);
        if (inbound.lacksUserData(state.users().of(member).version())) {
            outbox.control(member, Frame.WhoIsThere::new);
        }
    }
}
