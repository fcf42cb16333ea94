package dev.parlor.internal.engine;

import dev.parlor.InvalidArgumentException;
import dev.parlor.OutboxFullException;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.WaitInterruptedException;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.messaging.Messaging;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Has callers wait: for participants, and for room in the outbox. Thread-safe. */
final class Waits {
    private final RoomOptions options;
    private final Environment environment;
    private final Gate gate;
    private final Inputs inputs;
    private final RoomState state;
    private final Outbox outbox;
    private final Departures departures;
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
        this.departures = machine.departures();
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
     * Takes the lock, once there is room in the outbox, for one input that sends; {@link Inputs#leave} follows. Without an object
     * where there is room, as nearly always.
     *
     * @param heardHere whether listeners here hear it too
     * @throws OutboxFullException if there is none, and the room does not wait for it
     * @throws RoomClosedException if the room is closed
     */
    void enterWithRoom(boolean heardHere) {
        inputs.enter();
        try {
            gate.requireOpen();
            if (isFull(heardHere)) {
                awaitRoom(heardHere);
            }
        } catch (RuntimeException | Error e) {
            inputs.leave();
            throw e;
        }
    }

    private boolean isFull(boolean heardHere) {
        // A listener does not wait for itself.
        return messaging.messages().isFull(heardHere && !dispatcher.isDelivering());
    }

    /** Under the lock, which is given back meanwhile: nothing has changed yet. */
    private void awaitRoom(boolean heardHere) {
        if (options.failWhenOutboxFull()) {
            throw new OutboxFullException(outbox.messages(), outbox.messageBytes());
        }
        BooleanSupplier full = () -> isFull(heardHere);
        if (!departures.isClaimed() || environment.waiting() != Environment.Waiting.REALLY) {
            // By leaving a turn begins, if no thread could be had for one before.
            inputs.leave();
            try {
                makeRoom(full);
            } finally {
                inputs.enter();
            }
        }
        await(full, Long.MAX_VALUE / 2);
        gate.requireOpen();
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
