package dev.parlor.internal.listener;

import dev.parlor.RoomEvent;
import dev.parlor.SignalReceived;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.dispatch.PendingEvents;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Signals that wait for listeners: of each sender and type one, the newest, at the place of the first. Where nobody listens none
 * waits. Guarded by the room's lock.
 */
final class WaitingSignals {
    private record Slot(long from, int type) {}

    private final Lock lock;
    private final Dispatcher dispatcher;
    private final Values values;
    private final Stats stats;
    private final Budget budget;
    private final Map<Slot, Waiting> slots = new HashMap<>();

    /** @param lock the room's */
    WaitingSignals(Lock lock, Dispatcher dispatcher, Values values, Stats stats, Budget budget) {
        this.lock = lock;
        this.dispatcher = dispatcher;
        this.values = values;
        this.stats = stats;
        this.budget = budget;
    }

    /** A signal is to be told, unless a newer one comes before its turn. */
    void add(Present from, int type, byte[] payload) {
        if (!dispatcher.hears(SignalReceived.class)) {
            return;
        }
        Slot slot = new Slot(from.id(), type);
        Waiting waiting = slots.get(slot);
        if (waiting != null) {
            stats.signalsDropped.incrementAndGet();
            if (waiting.registrations == dispatcher.registrations()) {
                waiting.replace(from, payload);
                return;
            }
            // Who listens since then would not hear it.
            waiting.giveUp();
            slots.remove(slot);
        }
        long bytes = Budget.EVENT_OVERHEAD_BYTES + (long) payload.length;
        if (!budget.admits(Use.EVENTS, bytes)) {
            stats.signalsDropped.incrementAndGet();
            return;
        }
        Waiting added = new Waiting(slot, from, payload, dispatcher.registrations());
        budget.add(Use.EVENTS, bytes);
        slots.put(slot, added);
        dispatcher.submit(added);
    }

    /** What waits at one place of the queue. */
    private final class Waiting implements PendingEvents {
        private final Slot slot;
        private final int registrations;
        private Present from;
        /** Null once it is told, or another waits in its place. */
        private byte @Nullable [] payload;
        private long bytes;

        Waiting(Slot slot, Present from, byte[] payload, int registrations) {
            this.slot = slot;
            this.from = from;
            this.payload = payload;
            this.registrations = registrations;
            this.bytes = Budget.EVENT_OVERHEAD_BYTES + (long) payload.length;
        }

        void replace(Present now, byte[] newer) {
            long more = newer.length - (payload == null ? 0L : payload.length);
            from = now;
            payload = newer;
            bytes += more;
            budget.add(Use.EVENTS, more);
        }

        void giveUp() {
            budget.add(Use.EVENTS, -(payload == null ? 0L : payload.length));
            payload = null;
            bytes = Budget.EVENT_OVERHEAD_BYTES;
        }

        @Override
        public List<RoomEvent> take() {
            byte[] newest;
            Present sender;
            lock.lock();
            try {
                newest = payload;
                sender = from;
                slots.remove(slot, this);
            } finally {
                lock.unlock();
            }
            if (newest == null) {
                return List.of();
            }
            return values.decode(newest, () -> "a signal from \"" + sender.name() + "\"")
                    .<List<RoomEvent>>map(object -> List.of(new SignalReceived(object, values.participant(sender)))).orElse(List.of());
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }
}
