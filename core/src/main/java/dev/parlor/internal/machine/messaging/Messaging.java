package dev.parlor.internal.machine.messaging;

import dev.parlor.internal.machine.backpressure.Backlog;
import dev.parlor.internal.machine.backpressure.Shortage;
import dev.parlor.internal.machine.flush.Flushes;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.outbox.Pressure;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import java.util.function.BooleanSupplier;

/**
 * All that participants say to each other beside session data: messages, requests, and the questions whether all has come.
 * Guarded by the room's lock.
 */
public final class Messaging {
    /** Listeners that take nothing for so long stand still, and hold up nobody. */
    public static final long STANDING_NANOS = Backlog.STANDING_NANOS;

    private final Pressure pressure;
    private final Requests requests = new Requests();
    private final Messages messages;
    private final Flushes flushes;
    private final Missed missed;
    private final Signals signals;

    /**
     * What participants say.
     *
     * @param cutOff whether this participant is cut off from all others
     * @param hearsOwn whether listeners here hear what is sent to all here
     */
    public Messaging(RoomState state, Outbox outbox, Pressure pressure, Shortage shortage, EventSink events, Warnings warnings,
            Effects effects, Now now, BooleanSupplier cutOff, boolean hearsOwn) {
        this.pressure = pressure;
        this.messages = new Messages(state, outbox, new Backlog(state, outbox, now, effects), requests, shortage, events,
                warnings, now, hearsOwn);
        this.flushes = new Flushes(state, outbox, cutOff);
        this.missed = new Missed(state, events, now);
        this.signals = new Signals(state, events);
    }

    /** App-messages. */
    public Messages messages() {
        return messages;
    }

    /** Requests made here. */
    public Requests requests() {
        return requests;
    }

    /** Questions whether all has come. */
    public Flushes flushes() {
        return flushes;
    }

    /** What did not come. */
    public Missed missed() {
        return missed;
    }

    /** What moves often. */
    public Signals signals() {
        return signals;
    }

    /** A participant has left. */
    public void onLeft(long member) {
        signals.onLeft(member);
        pressure.onLeft(member);
        requests.onLeft(member);
        flushes.onLeft(member);
    }

    /** A member is not in the view any more. Before it is taken out of the state. */
    public void onGone(long member) {
        flushes.onLeft(member);
        messages.onGone(member);
    }

    /** Nobody waits for a member any more. */
    public void onLeftOut(long member) {
        flushes.onLeft(member);
        flushes.settle();
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        pressure.tick(nowNanos);
        messages.tick(nowNanos);
        missed.tick(nowNanos);
    }
}
