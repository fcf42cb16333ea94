package dev.parlor.internal.engine;

import dev.parlor.InvalidArgumentException;
import dev.parlor.OutboxFullException;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.WaitInterruptedException;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.messaging.Messaging;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Has callers wait: for participants, and for room in the outbox. Thread-safe. */
final class Waits {
    private final RoomOptions options;
    private final Environment environment;
    private final Gate gate;
    private final Inputs inputs;
    private final RoomState state;
    private final Outbox outbox;
    private final Messaging messaging;
    private final Dispatcher dispatcher;
    private final Sender sender;

    Waits(RoomOptions options, Environment environment, Gate gate, Inputs inputs, RoomMachine machine,
            Dispatcher dispatcher, Sender sender) {
        this.options = options;
        this.environment = environment;
        this.gate = gate;
        this.inputs = inputs;
        this.state = machine.state();
        this.outbox = machine.outbox();
        this.messaging = machine.messaging();
        this.dispatcher = dispatcher;
        this.sender = sender;
    }

    /** Waits until so many are here. */
    void participants(int count, Duration timeout) {
        if (count < 1) {
            throw new InvalidArgumentException("count must be at least 1 (yourself), got " + count);
        }
        long left = environment.waiting().before(() -> gate.isClosed() || state.inJoiningOrder().size() >= count,
                timeout.toNanos());
        gate.enter();
        try {
            while (state.inJoiningOrder().size() < count) {
                if (gate.isClosed()) {
                    throw new RoomClosedException(options.room());
                }
                if (left <= 0) {
                    throw new RoomTimeoutException("waited " + timeout + " for " + count + " participants in the room \""
                            + options.room() + "\", there are " + state.inJoiningOrder().size() + ": "
                            + state.inJoiningOrder().stream().map(Present::name).toList());
                }
                left = gate.awaitParticipants(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("interrupted while waiting for " + count + " participants in the room \""
                    + options.room() + "\"", e);
        } finally {
            gate.leave();
        }
    }

    /**
     * Sends something once there is room for it in the outbox.
     *
     * @param heardHere whether listeners here hear it too
     * @param input sends it
     */
    <T> T withRoom(boolean heardHere, Supplier<T> input) {
        // A listener does not wait for itself.
        boolean waitsForListeners = heardHere && !dispatcher.isDelivering();
        BooleanSupplier full = () -> messaging.messages().isFull(waitsForListeners);
        if (!options.failWhenOutboxFull()) {
            makeRoom(full);
        }
        return inputs.call(() -> {
            if (full.getAsBoolean()) {
                if (options.failWhenOutboxFull()) {
                    throw new OutboxFullException(outbox.messages(), outbox.messageBytes());
                }
                sendWhatWaits();
                await(full, Long.MAX_VALUE / 2);
                gate.requireOpen();
            }
            return input.get();
        });
    }

    /** Begins a turn, if no thread could be had for one before. Under the lock, which is given back for it: nothing has changed yet. */
    private void sendWhatWaits() {
        gate.leave();
        try {
            inputs.apply(() -> {});
        } finally {
            gate.enter();
        }
    }

    /** Where nothing happens by itself, the outbox is not drained under the lock. */
    private void makeRoom(BooleanSupplier full) {
        BooleanSupplier hasRoom = () -> gate.read(() -> !full.getAsBoolean() || gate.isClosed());
        if (environment.waiting().before(hasRoom, Long.MAX_VALUE) == 0 && !hasRoom.getAsBoolean()) {
            throw gate.read(() -> new OutboxFullException(outbox.messages(), outbox.messageBytes()));
        }
    }

    /** Waits for room for an answer, as long as listeners may stand still; false if there is none. */
    boolean roomForAnswer(int bytes) {
        BooleanSupplier full = () -> outbox.isFullOfAnswers(bytes) && !gate.isClosed();
        long left = environment.waiting().before(() -> gate.read(() -> !full.getAsBoolean()),
                options.failWhenOutboxFull() ? 0 : Messaging.STANDING_NANOS);
        return gate.read(() -> {
            await(full, left);
            return !full.getAsBoolean();
        });
    }

    /** Waits, under the lock, while there is no room or until nothing is sent any more; at most so long. */
    private void await(BooleanSupplier full, long nanos) {
        boolean interrupted = false;
        long deadline = environment.nanos().getAsLong() + nanos;
        long left = nanos;
        while (full.getAsBoolean() && !sender.isStopped() && left > 0) {
            try {
                gate.awaitRoom(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline - environment.nanos().getAsLong();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
