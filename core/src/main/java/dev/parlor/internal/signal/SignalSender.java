package dev.parlor.internal.signal;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Signal;
import dev.parlor.internal.wire.FrameCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Sends signals, of each type the newest: one that comes while an older one waits takes its place. The first leaves at once, those
 * that follow too soon together when the time is over. Turns run on the pool and not on the room's worker, which may be waiting for
 * the network to take something that must not be lost; one is under way at a time. Thread-safe; a caller waits for nothing but the
 * monitor of this, under which nothing is done but to put into memory.
 */
public final class SignalSender {
    /**
     * An encoded signal. With the head of a frame and the seal it is far below both a datagram of UDP (64 KiB) and a fragment of
     * JGroups (50 KiB), so nothing above IP puts it together from parts of which each may be lost.
     */
    public static final int MAX_SIGNAL_BYTES = 8 * 1024;
    /** No more than one turn in this time: 200 a second, more than any display shows, and a loop without a pause harms nobody. */
    static final long INTERVAL_NANOS = 5_000_000;
    /** Number, type and length of a signal on the wire, at most. */
    private static final int OVERHEAD_BYTES = 9 + 2 + 2;
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final Log LOG = Log.of(SignalSender.class);

    private final Network network;
    private final Environment environment;
    private final BooleanSupplier company;
    private final Stats stats;
    private final Observation observation;
    private final SignalTypes types = new SignalTypes();
    /** By type the newest that waits: no more than {@link Signal#MAX_TYPES}. */
    private final Map<Integer, Signal> waiting = new LinkedHashMap<>();
    private long lastNumber;
    /** Whether a turn is under way, or a timer that begins one. */
    private boolean claimed;
    private boolean sent;
    private long sentNanos;

    /**
     * Sends to a network.
     *
     * @param company whether anybody else is in the room; asked without a lock
     */
    public SignalSender(Network network, Environment environment, BooleanSupplier company, Stats stats, Observation observation) {
        this.network = network;
        this.environment = environment;
        this.company = company;
        this.stats = stats;
        this.observation = observation;
    }

    /**
     * Sends a signal, unless a newer one of its type comes before it has left, or nobody is there.
     *
     * @return the signal with its number and type
     * @throws dev.parlor.InvalidArgumentException if it is of one type more than there may be
     */
    public Signal send(Object payload, byte[] encoded) {
        Object type = SignalTypes.of(payload, encoded);
        boolean somebody = company.getAsBoolean();
        Signal signal;
        long left;
        synchronized (this) {
            int number = types.numberOf(type);
            signal = new Signal(++lastNumber, number, encoded);
            if (!somebody) {
                stats.signalsDropped.incrementAndGet();
                return signal;
            }
            if (waiting.put(number, signal) != null) {
                stats.signalsDropped.incrementAndGet();
            }
            if (claimed) {
                return signal;
            }
            claimed = true;
            left = leftNanos();
        }
        beginIn(left);
        return signal;
    }

    /** How long it takes until the next turn may begin. Under the monitor. */
    private long leftNanos() {
        return sent ? INTERVAL_NANOS - (environment.nanos().getAsLong() - sentNanos) : 0;
    }

    private void beginIn(long nanos) {
        if (nanos <= 0) {
            begin();
        } else {
            environment.timer().after((nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI, this::begin);
        }
    }

    /** If no thread can be had, the next signal tries again. */
    private void begin() {
        try {
            environment.callbacks().execute(this::turn);
        } catch (RuntimeException | Error refused) {
            if (!(refused instanceof RejectedExecutionException)) {
                LOG.warn("no thread to send signals; the next one tries again", refused);
            }
            synchronized (this) {
                claimed = false;
            }
        }
    }

    private void turn() {
        List<Signal> taken;
        synchronized (this) {
            taken = new ArrayList<>(waiting.values());
            waiting.clear();
            sent = true;
            sentNanos = environment.nanos().getAsLong();
        }
        try {
            sendAll(taken);
        } catch (RuntimeException | Error e) {
            LOG.error("signals could not be sent", e);
        }
        long left;
        synchronized (this) {
            claimed = !waiting.isEmpty();
            if (!claimed) {
                return;
            }
            left = leftNanos();
        }
        beginIn(left);
    }

    private void sendAll(List<Signal> signals) {
        if (!company.getAsBoolean()) {
            stats.signalsDropped.addAndGet(signals.size());
            return;
        }
        int from = 0;
        while (from < signals.size()) {
            int to = from;
            int bytes = 0;
            do {
                bytes += OVERHEAD_BYTES + signals.get(to++).payload().length;
            } while (to < signals.size() && bytes + OVERHEAD_BYTES + signals.get(to).payload().length <= MAX_SIGNAL_BYTES);
            transmit(signals.subList(from, to));
            from = to;
        }
    }

    private void transmit(List<Signal> signals) {
        byte[] bytes = FrameCodec.encode(network.self(), new Frame.Numbered(0, new Frame.Signals(signals)));
        try {
            network.sendLossy(bytes);
        } catch (Network.NetworkException e) {
            LOG.debug("{} signals were not sent: {}", signals.size(), String.valueOf(e.getMessage()));
            stats.signalsDropped.addAndGet(signals.size());
            return;
        }
        stats.signalsSent.addAndGet(signals.size());
        stats.bytesSent.addAndGet(bytes.length);
        if (observation.observer() != null) {
            observation.tell(each -> each.sent(Outbox.ALL, true, bytes));
        }
    }
}
