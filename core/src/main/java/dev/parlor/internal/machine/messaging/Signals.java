package dev.parlor.internal.machine.messaging;

import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Signal;
import java.util.HashMap;
import java.util.Map;

/**
 * Signals that have come. Nothing waits for them and they wait for nothing: of those of one sender and type one that is older than
 * what came before is dropped, and so is what comes from somebody who is not present, or while this participant is not. Guarded by the
 * room's lock.
 */
public final class Signals {
    /** The newest numbers that came of one sender: by type, and of all. */
    private static final class Newest {
        private final Map<Integer, Long> byType = new HashMap<>();
        private final long floor;
        private long ofAll;

        Newest(long floor) {
            this.floor = floor;
            this.ofAll = floor;
        }

        /** Whether it is newer than what came before. */
        boolean take(Signal signal) {
            if (signal.type() >= Signal.MAX_TYPES || signal.number() <= byType.getOrDefault(signal.type(), floor)) {
                return false;
            }
            byType.put(signal.type(), signal.number());
            ofAll = Math.max(ofAll, signal.number());
            return true;
        }
    }

    private final RoomState state;
    private final EventSink events;
    private final Map<Long, Newest> newest = new HashMap<>();
    /** Of those who left the newest of all numbers: if one comes back, what it sent before is older than what was told. */
    private final Map<Long, Long> ofThoseGone = new Bounded<>();

    Signals(RoomState state, EventSink events) {
        this.state = state;
        this.events = events;
    }

    /** Some have come from a member, or from somebody who is none. */
    public void onFrame(long from, Frame.Signals frame) {
        for (Signal signal : frame.signals()) {
            onSignal(from, signal);
        }
    }

    /** One has come, or was sent by this participant, which hears its own. */
    public void onSignal(long from, Signal signal) {
        Present sender = state.presentOf(from);
        if (sender == null || !state.isLive()
                || !newest.computeIfAbsent(from, id -> new Newest(ofThoseGone.getOrDefault(id, 0L))).take(signal)) {
            state.stats().signalsDropped.incrementAndGet();
            return;
        }
        state.stats().signalsReceived++;
        events.signal(sender, signal.type(), signal.payload());
    }

    void onLeft(long member) {
        Newest gone = newest.remove(member);
        if (gone != null) {
            ofThoseGone.put(member, gone.ofAll);
        }
    }
}
