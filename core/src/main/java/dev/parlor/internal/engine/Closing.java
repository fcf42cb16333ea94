package dev.parlor.internal.engine;

import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.future.Completion;
import dev.parlor.internal.future.Completions;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.Interrupts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How a room ends: the last words of a participant that leaves of its own will, and the end of all that it used. Thread-safe. */
final class Closing {
    /** How long the others may take to confirm the goodbye; longer, and some may take us for lost. */
    private static final Duration GOODBYE = Duration.ofMillis(300);
    /** The timer of the room ends both waits; only if it does not run does the caller's patience. */
    private static final Duration GRACE = Duration.ofMillis(100);
    /** What a close may take beside the time for confirmations: JGroups waits up to half a second for its own leave. */
    private static final long NETWORK_CLOSE_MILLIS = 2_000;
    /** What a close waits for the futures that it ends: a hand-over to another thread, on a busy machine. */
    private static final long RELEASE_MILLIS = 500;
    /** What has been logged may be written for so long, so that a program that ends after a close does not lose it. */
    private static final long LOG_MILLIS = 100;
    private static final Log LOG = Log.of(Room.class);

    private final Inputs inputs;
    private final RoomMachine machine;
    private final RoomOptions options;
    private final Environment environment;
    private final Network network;
    private final Gate gate;
    private final Dispatcher dispatcher;
    private final Completions completions;
    private final Sender sender;
    private final Calls calls;
    private final Consumer<JoinException> joinFails;
    private final CountDownLatch left = new CountDownLatch(1);

    /** @param joinFails ends the join, if it is still under way */
    Closing(Inputs inputs, RoomMachine machine, RoomOptions options, Environment environment, Network network, Gate gate,
            Dispatcher dispatcher, Completions completions, Sender sender, Calls calls, Consumer<JoinException> joinFails) {
        this.inputs = inputs;
        this.machine = machine;
        this.joinFails = joinFails;
        this.options = options;
        this.environment = environment;
        this.network = network;
        this.gate = gate;
        this.dispatcher = dispatcher;
        this.completions = completions;
        this.sender = sender;
        this.calls = calls;
    }

    void close() {
        boolean first = gate.close();
        try (Interrupts interrupts = new Interrupts(environment.nanos())) {
            if (!first) {
                awaitClosed(interrupts);
                return;
            }
            long deadline = environment.nanos().getAsLong() + options.closeTimeout().toNanos();
            if (gate.read(machine.state()::hasJoined)) {
                sayGoodbye(interrupts);
            } else {
                joinFails.accept(new JoinException(JoinException.Reason.CANCELLED, "the join of the room \"" + options.room()
                        + "\" was cancelled", null));
            }
            List<Completion<?>> released = end(deadline);
            long releasedBy = environment.nanos().getAsLong() + TimeUnit.MILLISECONDS.toNanos(RELEASE_MILLIS);
            // They end where all futures do; who looks at one after the close finds it ended.
            released.forEach(each -> interrupts.await(each, releasedBy - environment.nanos().getAsLong()));
        }
    }

    /**
     * Waits until the others have what was written here, at most the time for a close, and tells them. An interrupt of the
     * caller ends neither: it would cost what was written.
     */
    private void sayGoodbye(Interrupts interrupts) {
        if (!interrupts.await(sayGoodbye(), options.closeTimeout().plus(GOODBYE).plus(GRACE).toNanos())) {
            LOG.debug("not everybody confirmed the goodbye");
        }
    }

    /** The same without waiting: done, in whatever way, when there is nothing more to say. */
    CompletableFuture<Void> sayGoodbye() {
        inputs.apply(machine::leaving);
        return calls.flush(options.closeTimeout()).handle((done, late) -> {
            if (late != null) {
                LOG.info("left the room \"{}\" before everybody confirmed what was written here", options.room());
            }
            // Of its own time, or a slow confirmation would make us look lost.
            return calls.goodbye(GOODBYE);
        }).thenCompose(said -> said).handle((done, late) -> null);
    }

    /** Ends everything, with or without a word to the others; returns the futures that end by that. */
    List<Completion<?>> end(long deadlineNanos) {
        gate.close();
        sender.stop();
        List<Completion<?>> released;
        try {
            network.close();
        } finally {
            inputs.apply(machine::end);
            dispatcher.close();
            if (environment.ownsEvents()) {
                long most = Math.max(0, deadlineNanos - environment.nanos().getAsLong());
                dispatcher.awaitDelivery(environment.waiting().before(dispatcher::isDelivered, most));
            }
            environment.end().run();
            released = completions.end(() -> new RoomClosedException(options.room()));
            Log.settle(LOG_MILLIS);
            left.countDown();
            offerLast();
        }
        return released;
    }

    /** Listeners are told from now on. */
    void listenersStarted() {
        if (gate.isClosed()) {
            // The close had nothing to offer yet.
            offerLast();
        }
    }

    private void offerLast() {
        if (!environment.ownsEvents()) {
            new LastOffers(options.room(), environment, dispatcher).begin();
        }
    }

    /**
     * Waits for a close that another thread has begun: a program that ends when this returns must not cut it short. Not
     * in a listener, for which that other thread may be waiting.
     */
    private void awaitClosed(Interrupts interrupts) {
        if (dispatcher.isDelivering() || gate.isHeldHere()) {
            return;
        }
        long most = options.closeTimeout().toNanos() + TimeUnit.MILLISECONDS.toNanos(NETWORK_CLOSE_MILLIS);
        if (!interrupts.await(left, environment.waiting().before(() -> left.getCount() == 0, most))) {
            LOG.debug("another thread is still closing the room \"{}\"", options.room());
        }
    }
}
