package dev.parlor.internal.engine;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Departures.Addressed;
import dev.parlor.internal.machine.outbox.Departures.Lone;
import dev.parlor.internal.machine.outbox.Departures.Turn;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.FrameCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the outbox holds, in turns, of which one is under way at a time, so that frames to all are numbered in the order
 * of sending ({@link Departures}). What is taken under the lock is encoded and sent outside of it. Turns run on the room's worker;
 * but one that is a small frame alone runs on the thread that wrote it, if the network takes it without waiting, which saves waking
 * another.
 */
final class Sender {
    /** Kind, request id and length of a message on the wire. */
    private static final int MESSAGE_OVERHEAD_BYTES = 5;
    private static final Log LOG = Log.of(Sender.class);

    private final Gate gate;
    private final Executor worker;
    private final Network network;
    private final Outbox outbox;
    private final Departures departures;
    private final AtomicLong bytesSent;
    private final Observation observation;
    private final LongConsumer onLost;
    private final boolean offers;
    private volatile boolean stopped;

    /**
     * Sends to a network.
     *
     * @param worker where turns run
     * @param bytesSent counts
     * @param onLost told under the lock how many messages could not be sent
     */
    Sender(Gate gate, Executor worker, Network network, Outbox outbox, Departures departures, AtomicLong bytesSent,
            Observation observation, LongConsumer onLost) {
        this.gate = gate;
        this.worker = worker;
        this.network = network;
        this.outbox = outbox;
        this.departures = departures;
        this.bytesSent = bytesSent;
        this.observation = observation;
        this.onLost = onLost;
        this.offers = network.takesOffers();
    }

    /** Begins the turn that was claimed. If no thread can be had the next input tries again, or the room's tick. */
    void beginTurn() {
        try {
            worker.execute(this::turn);
        } catch (RuntimeException | Error refused) {
            if (!(refused instanceof RejectedExecutionException)) {
                LOG.warn("no thread to send what was written; it is tried again", refused);
            }
            gate.quietly(departures::unclaim);
        }
    }

    /** A turn for {@link #sendHere}, or null. Under the lock. */
    @Nullable Lone claimLone() {
        return offers ? departures.claimLone() : null;
    }

    /** Runs a turn on this thread, which may be a caller's; on the worker if the network would have to be waited for. Without the lock. */
    void sendHere(Lone lone) {
        boolean done = true;
        try {
            byte[] bytes = FrameCodec.encode(network.self(), lone.frame());
            try {
                if (network.offerToAll(bytes)) {
                    sent(null, bytes);
                } else {
                    worker.execute(() -> sendRefused(lone, bytes));
                    done = false;
                }
            } catch (Network.NetworkException e) {
                notSent(lone.frame().number(), null, e);
                lost(lone.messages());
            }
        } catch (RuntimeException | Error e) {
            if (!(e instanceof RejectedExecutionException)) {
                LOG.error("a frame could not be sent; what it held is sent by repair", e);
            }
            lost(lone.messages());
        } finally {
            if (done) {
                endTurn();
            }
        }
    }

    private void sendRefused(Lone lone, byte[] bytes) {
        try {
            if (!transmit(null, lone.frame().number(), bytes)) {
                lost(lone.messages());
            }
        } finally {
            endTurn();
        }
    }

    /** Sends nothing more. */
    void stop() {
        stopped = true;
        gate.quietly(() -> {
            departures.stop();
            gate.roomChanged();
        });
    }

    boolean isStopped() {
        return stopped;
    }

    private void turn() {
        try {
            Turn taken = gate.read(() -> {
                Turn begun = departures.begin();
                if (!begun.messages().isEmpty()) {
                    gate.roomChanged();
                }
                return begun;
            });
            repaired(() -> {
                transmitToAll(taken.presence());
                if (taken.number() != Departures.NOBODY) {
                    sendSingles(taken.singles(), taken.number());
                }
                if (taken.more()) {
                    sendUnits(taken.mark());
                }
            });
            sendMessages(taken.messages());
            repaired(() -> {
                // As many as there are when it begins: those that come meanwhile must not hold up what is written here.
                for (int left = taken.controls(); left > 0 && !stopped; left--) {
                    sendAddressed(departures::control);
                }
                for (long asker : taken.askers()) {
                    if (!stopped) {
                        sendAddressed(() -> departures.answer(asker));
                    }
                }
            });
        } catch (RuntimeException | Error e) {
            LOG.error("what waits to be sent could not be taken; it is tried again", e);
        } finally {
            endTurn();
        }
    }

    private void endTurn() {
        boolean again = gate.read(() -> {
            departures.end();
            return departures.claim();
        });
        if (again) {
            beginTurn();
        }
    }

    /** Sends what is repaired if it is not sent, so that nothing else is kept from being sent. */
    private void repaired(Runnable sends) {
        try {
            sends.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a frame could not be made; what it held is sent by repair", e);
            // A number that nobody gets: whatever is sent from now on waits until what is missing is repaired.
            gate.read(departures::nextNumber);
        }
    }

    /** Without the lock but for the numbers of further frames: nobody else has what was taken, and values never change. */
    private void sendSingles(Map<String, VersionedValue> singles, long firstNumber) {
        long number = firstNumber;
        List<KeyedValue> entries = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, VersionedValue> single : singles.entrySet()) {
            long cost = Outbox.costOf(single.getKey(), single.getValue());
            if (!entries.isEmpty() && bytes + cost > Departures.MAX_FRAME_BYTES) {
                transmit(null, new Frame.Numbered(number, Departures.update(StateDelta.of(entries))));
                number = gate.read(departures::nextNumber);
                if (number == Departures.NOBODY) {
                    return;
                }
                entries = new ArrayList<>(entries.size());
                bytes = 0;
            }
            entries.add(new KeyedValue(single.getKey(), single.getValue()));
            bytes += cost;
        }
        transmit(null, new Frame.Numbered(number, Departures.update(StateDelta.of(entries))));
    }

    private record Units(Frame.@Nullable Numbered frame, boolean more) {}

    private void sendUnits(long mark) {
        boolean more = true;
        while (more && !stopped) {
            Units next = gate.read(() -> new Units(departures.units(mark), outbox.hasUnits(mark)));
            transmitToAll(next.frame());
            more = next.more();
        }
    }

    private void sendMessages(List<Outbox.Outgoing> messages) {
        int from = 0;
        while (from < messages.size() && !stopped) {
            List<AppMessage> packed = packed(messages, from);
            if (holdsBack(messages.subList(from, messages.size()))) {
                return;
            }
            if (!send(messages.get(from).to(), packed)) {
                lost(packed);
            }
            from += packed.size();
        }
    }

    /** What follows that goes to the same, up to a frame. A loop of its own, so that the JIT compiler need not take the network with it. */
    private static List<AppMessage> packed(List<Outbox.Outgoing> messages, int from) {
        Long to = messages.get(from).to();
        List<AppMessage> packed = new ArrayList<>();
        long bytes = 0;
        int next = from;
        while (next < messages.size() && Objects.equals(to, messages.get(next).to())
                && (packed.isEmpty() || bytes + messages.get(next).message().payload().length < Departures.MAX_FRAME_BYTES)) {
            AppMessage message = messages.get(next++).message();
            packed.add(message);
            bytes += MESSAGE_OVERHEAD_BYTES + message.payload().length;
        }
        return packed;
    }

    /**
     * @param to whom; null for all
     * @return false if they are lost
     */
    private boolean send(@Nullable Long to, List<AppMessage> packed) {
        try {
            Frame.Numbered frame = gate.read(() -> to == null ? departures.messagesToAll(packed)
                    : departures.messagesTo(to, packed));
            // Where there is nobody to hear them none are lost.
            return frame == null || transmit(to, frame);
        } catch (RuntimeException | Error e) {
            LOG.error("a frame of {} messages could not be made", packed.size(), e);
            return false;
        }
    }

    /** Whether the next message is held back by now, in the middle of a turn; then all that are left go back. */
    private boolean holdsBack(List<Outbox.Outgoing> left) {
        return outbox.holdsBackAny() && gate.read(() -> {
            boolean held = outbox.holdsBack(left.get(0));
            if (held) {
                outbox.putBack(left);
            }
            return held;
        });
    }

    /** Messages are not repaired. */
    private void lost(List<AppMessage> messages) {
        long lost = messages.stream().filter(each -> each.kind() != AppMessage.Kind.PING).count();
        if (lost > 0 && !stopped) {
            gate.quietly(() -> onLost.accept(lost));
        }
    }

    /** @param next gives what is to be sent, or null; called under the lock */
    private void sendAddressed(Supplier<@Nullable Addressed> next) {
        Addressed made = gate.read(next);
        if (made != null) {
            transmit(made.to(), made.frame());
        }
    }

    private void transmitToAll(Frame.@Nullable Numbered frame) {
        if (frame != null) {
            transmit(null, frame);
        }
    }

    /**
     * @param to whom; null for all
     * @return false if the network did not take it
     */
    private boolean transmit(@Nullable Long to, Frame.Numbered frame) {
        return transmit(to, frame.number(), FrameCodec.encode(network.self(), frame));
    }

    private boolean transmit(@Nullable Long to, long number, byte[] bytes) {
        try {
            if (to == null) {
                network.sendToAll(bytes);
            } else {
                network.send(to, bytes);
            }
            sent(to, bytes);
        } catch (Network.NetworkException e) {
            notSent(number, to, e);
            return false;
        }
        return true;
    }

    private void sent(@Nullable Long to, byte[] bytes) {
        bytesSent.addAndGet(bytes.length);
        if (observation.observer() != null) {
            observation.tell(each -> each.sent(to == null ? Outbox.ALL : to, to == null, bytes));
        }
    }

    /** Of a frame to all the number is missing at the others, who ask for what it held. */
    private static void notSent(long number, @Nullable Long to, Network.NetworkException why) {
        LOG.debug("frame {} to {} was not sent: {}", number, to == null ? "all" : to, String.valueOf(why.getMessage()));
    }
}
