package dev.parlor.internal.engine;

import dev.parlor.JoinException;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomNetwork;
import dev.parlor.RoomStats;
import dev.parlor.RoomStatus;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.future.Completion;
import dev.parlor.internal.future.Completions;
import dev.parlor.internal.listener.Conditions;
import dev.parlor.internal.listener.Listening;
import dev.parlor.internal.listener.RoomEvents;
import dev.parlor.internal.listener.RoomNotes;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.outbox.Departures.Lone;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.state.Losses;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkLook;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.Pulse;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link RoomMachine}: applies one input at a time, under the room's lock, and when it has given that back sends,
 * logs, delivers, sets timers and completes futures, as the machine has put in. Thread-safe.
 */
public final class RoomEngine implements Inputs, RoomNotes, Answering.Replies {
    private static final Log LOG = Log.of(Room.class);

    private final RoomOptions options;
    private final Environment environment;
    private final Network network;
    private final Gate gate;
    private final RoomState state;
    private final Values values;
    private final Completions completions;
    private final Listening listening;
    private final Dispatcher dispatcher;
    private final Answering answering;
    private final Observation observation;
    private final Output output;
    private final RoomMachine machine;
    private final Pulse pulse;
    private final Intake intake;
    private final Sender sender;
    private final Waits waits;
    private final Calls calls;
    private final Writing writing;
    private final Closing closing;
    private final CompletableFuture<@Nullable Void> joined = new CompletableFuture<>();

    /**
     * A room that is not joined yet.
     *
     * @param progressListener hears how far the join is; null for nobody
     */
    public RoomEngine(RoomOptions options, ValueCodec codec, Environment environment, Network network,
            @Nullable Consumer<? super SyncProgress> progressListener) {
        this.options = options;
        this.environment = environment;
        this.network = network;
        Budget budget = new Budget(options.memoryBytes(), options.backlogBytes());
        Now now = new Now(environment.nanos());
        RoomTime time = new RoomTime(environment.millis(), environment.nanos());
        this.gate = new Gate(options.room(), now);
        this.state = new RoomState(network.self(), time, new Stamps(time, options.maxClockSkew().toMillis()),
                new Losses(now::nanos, options.retention().toMillis()), budget, options.retention());
        this.values = new Values(codec, state.stats().undecodableValues, this);
        this.completions = new Completions(environment);
        this.listening = new Listening(options.room(), environment.nanos(), this);
        this.dispatcher = new Dispatcher(environment.events(), environment.ownsEvents() ? null : environment.callbacks(),
                environment.nanos(), values::decode, listening, budget);
        this.answering = new Answering(this, codec, options.limits(), values);
        this.observation = new Observation(thrown -> LOG.warn("a recording has ended, as it threw", thrown));
        Conditions conditions = new Conditions(state.session(), values, completions);
        this.output = new Output(environment, network, gate, this, this::joined, this::joinFailed);
        this.machine = new RoomMachine(options, state, now, network.keys(), output,
                new RoomEvents(gate.lock(), dispatcher, values, answering, state.stats(), budget,
                        progress -> listening.tell(progress, progressListener)), conditions,
                observation);
        this.pulse = new Pulse(environment.timer(), output::act, this::tick);
        this.intake = new Intake(this, machine, observation);
        this.sender = new Sender(gate, environment.worker(), network, machine.outbox(), machine.departures(),
                state.stats().bytesSent, observation, machine::onLost);
        this.waits = new Waits(options, environment, gate, this, machine, dispatcher, sender);
        this.calls = new Calls(this, machine, environment, completions, conditions, values, waits, network,
                observation, options);
        this.writing = new Writing(this, gate, machine.writes());
        this.closing = new Closing(this, machine, options, environment, network, gate, dispatcher, completions, sender,
                calls, this::fail);
    }

    // ---- inputs

    @Override
    public void enter() {
        gate.enter();
        pulse.stir();
    }

    @Override
    public void leave() {
        release();
        dispatcher.pump();
        completions.pump();
    }

    @Override
    public void leaveAndSend() {
        Lone lone = sender.claimLone();
        try {
            release();
        } finally {
            if (lone != null) {
                sender.sendHere(lone);
            }
        }
        dispatcher.pump();
        completions.pump();
    }

    private void release() {
        // What is done seldom stands apart: this is compiled into every write.
        if (machine.warnings().hasUnsaid() || output.hasActions()) {
            leaveAndAct();
        } else {
            giveBack();
        }
    }

    private void leaveAndAct() {
        List<String> lines = machine.warnings().takeUnsaid();
        List<Runnable> actions = output.take();
        giveBack();
        lines.forEach(line -> LOG.warn("room \"{}\": {}", options.room(), line));
        actions.forEach(Runnable::run);
    }

    private void giveBack() {
        boolean sends = machine.departures().claim();
        gate.leave();
        if (sends) {
            sender.beginTurn();
        }
    }

    @Override
    public void apply(Runnable input) {
        enter();
        try {
            if (!state.hasEnded()) {
                input.run();
            }
        } finally {
            leave();
        }
    }

    @Override
    public <T extends @Nullable Object> T call(Supplier<T> input) {
        enter();
        try {
            gate.requireOpen();
            return input.get();
        } finally {
            leave();
        }
    }

    @Override
    public void warn(Warning.Kind kind, String message) {
        enter();
        try {
            machine.warnings().warn(kind, message);
        } finally {
            leave();
        }
    }

    /** How it is on the network. */
    public RoomNetwork network() {
        NetworkLook look = network.describe();
        return new RoomNetwork(look.reach(), look.networkInterface(), look.address(), look.reason(), look.interfaces());
    }

    @Override
    public String nameOf(long id) {
        return gate.read(() -> state.shownNameOf(id));
    }

    /** Looks at the state. */
    public <T extends @Nullable Object> T read(Supplier<T> look) {
        return gate.read(look);
    }

    // ---- joining

    /** Begins to join; the future ends when the room is in sync, or with why it cannot be. */
    public CompletableFuture<@Nullable Void> join() {
        apply(machine::connecting);
        environment.timer().after(options.joinTimeout().toMillis(), this::joinExpired);
        environment.worker().execute(() -> {
            try {
                if (!gate.isClosed()) {
                    network.connect(intake);
                }
                if (gate.isClosed()) {
                    // It may have been closed before there was a connection to close.
                    network.close();
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        });
        return joined;
    }

    private void joinExpired() {
        if (joined.isDone()) {
            return;
        }
        boolean cutOff = gate.read(machine::isJoinCutOff);
        fail(new JoinException(JoinException.Reason.TIMEOUT, "the room \"" + options.room()
                + "\" did not hand over its state within " + options.joinTimeout() + " (" + machine.standing().status()
                + (cutOff ? "; all who were in it vanished meanwhile" : "")
                + "): try again, or give more time with joinTimeout(…)", null));
    }

    /** The join cannot be. Without the lock. */
    private void fail(Throwable why) {
        joinFailed(why);
        completions.pump();
    }

    private void joinFailed(Throwable why) {
        completions.later(() -> joined.completeExceptionally(why));
    }

    /** Under the lock. */
    private void joined() {
        pulse.next();
        completions.later(() -> joined.complete(null));
    }

    private void tick(long beat) {
        // No input, which would have the pulse go on as fast.
        gate.enter();
        try {
            if (pulse.isAwaited(beat) && !state.hasEnded()) {
                pulse.next();
                machine.tick();
                // What is asked is asked again soon, if it is not answered.
                pulse.went(machine.outbox().hasWork());
            }
        } finally {
            leave();
        }
        dispatcher.tick();
    }

    /** Tells listeners from now on. */
    public void startListeners() {
        dispatcher.start();
        closing.listenersStarted();
    }

    // ---- leaving

    /** Leaves; see {@link Room#close()}. */
    public void close() {
        closing.close();
    }

    /** Ends everything without a word to the others; returns the futures that end by that. */
    public List<Completion<?>> end(long deadlineNanos) {
        return closing.end(deadlineNanos);
    }

    /** The last words, without waiting: done, in whatever way, when there is nothing more to say. */
    public CompletableFuture<Void> sayGoodbye() {
        return closing.sayGoodbye();
    }

    /** @throws RoomClosedException if it is */
    public void requireOpen() {
        gate.requireOpen();
    }

    // ---- for the room and the door

    /** This participant's id. */
    public long self() {
        return state.self();
    }

    /** How the room is to be. */
    public RoomOptions options() {
        return options;
    }

    /** Its time and threads. */
    public Environment environment() {
        return environment;
    }

    /** What is run here, for the tests of this package. */
    RoomMachine machine() {
        return machine;
    }

    /** What it knows, for what is read without the lock. */
    public RoomState state() {
        return state;
    }

    /** Decodes what readers ask for. */
    public Values values() {
        return values;
    }

    /** Where listeners are registered. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Who hears what passes between the room and its network. */
    public Observation observation() {
        return observation;
    }

    /** Answers requests. */
    public Answering answering() {
        return answering;
    }

    /** Takes writes of session data. */
    public Writing writing() {
        return writing;
    }

    /** How this participant stands. */
    public RoomStatus status() {
        return machine.standing().status();
    }

    /** What was counted. */
    public RoomStats stats() {
        return gate.read(() -> StatsSnapshot.of(machine, listening));
    }

    /** Whether nothing written or said here waits to be sent. */
    public boolean isIdle() {
        return gate.read(() -> !machine.departures().isBusy() && machine.outbox().isEmpty());
    }

    /** What callers begin here. */
    public Calls calls() {
        return calls;
    }

    Network.Receiver intake() {
        return intake;
    }

    @Override
    public boolean hasRoom(long to, int bytes) {
        return to == self() || waits.roomForAnswer(bytes);
    }

    @Override
    public void post(long to, AppMessage answer) {
        apply(() -> machine.messaging().messages().answer(to, answer));
    }

    /** Waits until so many participants are here. */
    public void awaitParticipants(int count, Duration timeout) {
        waits.participants(count, timeout);
    }
}
