package dev.parlor.internal.machine;

import dev.parlor.Change;
import dev.parlor.Limits;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomEvent;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Watch;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.state.Losses;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Conflict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** A machine alone: no engine, lock, thread, clock, codec or network. What it puts out is given to a test at once. */
final class MachinePeer implements Effects, EventSink, Watch {
    /** How often an engine lets it know that time has gone by. */
    private static final long TICK_MILLIS = 200;
    private static final Duration RETENTION = Duration.ofSeconds(60);
    /** What a participant that leaves waits for confirmations of what it wrote, and of its goodbye. */
    private static final long CLOSE_MILLIS = 1_000;
    private static final long GOODBYE_MILLIS = 300;

    /** Takes what the machine puts out. */
    interface World {
        /** Sends a frame. @param to null for all */
        void send(long from, Long to, Frame.Numbered frame);

        /** Does something after a time. */
        void after(long millis, Runnable action);
    }

    /** Looks at what comes out of a machine, while it does. */
    interface Witness {
        /** A look at the state, after an input. */
        void look();

        /** Listeners are to be told of changes. */
        void changed(List<SessionChange> changes);

        /** Listeners are to be told of a message. */
        void heard(long from, String text);

        /** Something is warned of. */
        void warned(Warning warning);
    }

    /** A message that was heard. */
    record Heard(long from, String text) {}

    final long id;
    final RoomMachine machine;
    final List<Heard> heard = new ArrayList<>();
    final List<SessionChange> changes = new ArrayList<>();
    final List<Warning> warnings = new ArrayList<>();
    final List<Long> expelled = new ArrayList<>();
    /** Of each merge, the keys that it reported. */
    final List<List<String>> merges = new ArrayList<>();
    private final World world;
    private final Now now;
    private boolean joined;
    private boolean ended;
    private Witness witness;

    MachinePeer(long id, World world, LongSupplier millis) {
        this(id, world, millis, RETENTION);
    }

    /** @param retention how long removed keys are remembered */
    MachinePeer(long id, World world, LongSupplier millis, Duration retention) {
        this(id, world, millis, retention, null);
    }

    /** @param keys of a room with a passphrase; null for an open one */
    MachinePeer(long id, World world, LongSupplier millis, Duration retention, Network.Keys keys) {
        this.id = id;
        this.world = world;
        LongSupplier nanos = () -> millis.getAsLong() * 1_000_000;
        this.now = new Now(nanos);
        RoomTime time = new RoomTime(millis, nanos);
        Duration skew = Duration.ofSeconds(10);
        RoomOptions options = new RoomOptions("machine", "p" + id, Limits.defaults(), null, Duration.ofMinutes(1),
                Duration.ofSeconds(1), skew, retention, 2, true, false, Budget.defaultBytes(), 0);
        RoomState state = new RoomState(id, time, new Stamps(time, skew.toMillis()),
                new Losses(now::nanos, retention.toMillis()), new Budget(options.memoryBytes(), 0), retention);
        this.machine = new RoomMachine(options, state, now, keys, this, this, this, new Observation(thrown -> {}));
        input(machine::connecting);
    }

    /** From now on this one looks. */
    void watchedBy(Witness looks) {
        witness = looks;
    }

    /** Applies an input, and puts out what follows; nothing if it has ended. */
    void input(Runnable input) {
        if (ended) {
            return;
        }
        now.begin();
        input.run();
        Departures departures = machine.departures();
        while (departures.claim()) {
            send(departures.begin());
            departures.end();
        }
        if (witness != null && machine.state().isLive()) {
            witness.look();
        }
    }

    private void send(Departures.Turn turn) {
        sendToAll(turn.presence());
        if (turn.number() != Departures.NOBODY) {
            List<KeyedValue> entries = new ArrayList<>();
            turn.singles().forEach((key, value) -> entries.add(new KeyedValue(key, value)));
            sendToAll(new Frame.Numbered(turn.number(), Departures.update(StateDelta.of(entries))));
        }
        while (machine.outbox().hasUnits(turn.mark())) {
            sendToAll(machine.departures().units(turn.mark()));
        }
        for (Outbox.Outgoing each : turn.messages()) {
            List<AppMessage> one = List.of(each.message());
            Frame.Numbered frame = each.to() == null ? machine.departures().messagesToAll(one)
                    : machine.departures().messagesTo(each.to(), one);
            if (frame != null) {
                world.send(id, each.to(), frame);
            }
        }
        for (int i = 0; i < turn.controls(); i++) {
            send(machine.departures().control());
        }
        turn.askers().forEach(asker -> send(machine.departures().answer(asker)));
    }

    private void send(Departures.Addressed made) {
        if (made != null) {
            world.send(id, made.to(), made.frame());
        }
    }

    private void sendToAll(Frame.Numbered frame) {
        if (frame != null) {
            world.send(id, null, frame);
        }
    }

    void view(List<Long> members, List<List<Long>> sides) {
        input(() -> machine.onView(new Network.View(members, sides)));
    }

    void frame(long from, boolean toAll, Frame.Numbered frame) {
        input(() -> machine.onFrame(from, toAll, frame, 1));
    }

    /** Leaves as a room that is closed does: once all have what was written here, or after a while. */
    void leave(Runnable gone) {
        input(machine::leaving);
        flush(CLOSE_MILLIS, () -> confirm(GOODBYE_MILLIS, machine.messaging().flushes()::beginGoodbye, done -> {
            input(machine::end);
            vanish();
            gone.run();
        }));
    }

    /** Asks all whether they have what was written here; done in either case. */
    void flush(long patienceMillis, Runnable done) {
        confirm(patienceMillis, machine.messaging().flushes()::begin, confirmed -> done.run());
    }

    /** @param done told, once, whether all have confirmed */
    void confirm(long patienceMillis, ToLongFunction<Promise<Void>> begin, Consumer<Boolean> done) {
        boolean[] told = new boolean[1];
        Consumer<Boolean> once = confirmed -> {
            if (!told[0]) {
                told[0] = true;
                world.after(1, () -> done.accept(confirmed));
            }
        };
        input(() -> begin.applyAsLong(new Promise<>() {
            @Override
            public void succeed(Void value) {
                once.accept(true);
            }

            @Override
            public void fail(Throwable why) {
                once.accept(false);
            }
        }));
        world.after(patienceMillis, () -> once.accept(false));
    }

    /** Does nothing any more, without a word. */
    void vanish() {
        ended = true;
    }

    boolean hasJoined() {
        return joined;
    }

    private void tick() {
        if (!ended) {
            world.after(TICK_MILLIS, this::tick);
            input(machine::tick);
        }
    }

    // ---- effects

    @Override
    public void after(long millis, Runnable input) {
        world.after(millis, () -> input(input));
    }

    @Override
    public Runnable soon(Runnable input) {
        return () -> world.after(1, () -> input(input));
    }

    @Override
    public <R> void compute(String what, Callable<R> work, Consumer<R> input) {
        world.after(1, () -> {
            R result;
            try {
                result = work.call();
            } catch (Exception e) {
                // As an engine does: nothing is applied.
                return;
            }
            input(() -> input.accept(result));
        });
    }

    @Override
    public void lookForOthers() {
        // The world has no views that differ for long.
    }

    @Override
    public void expel(List<Long> members) {
        expelled.addAll(members);
    }

    @Override
    public void participantsChanged() {
        // Nobody waits.
    }

    @Override
    public void roomChanged() {
        // Nobody waits.
    }

    @Override
    public void joined() {
        joined = true;
        world.after(TICK_MILLIS, this::tick);
    }

    @Override
    public void joinFailed(RuntimeException why) {
        throw new AssertionError(why);
    }

    // ---- events

    @Override
    public boolean hearsChanges() {
        return true;
    }

    @Override
    public boolean hearsChanges(String key) {
        return true;
    }

    @Override
    public void change(String key, VersionedValue before, VersionedValue value, Change.Cause cause) {
        SessionChanges one = SessionChanges.run();
        one.append(key, before, value);
        changes(one, cause);
    }

    @Override
    public void changes(SessionChanges told, Change.Cause cause) {
        List<SessionChange> some = SessionChange.listOf(told);
        changes.addAll(some);
        if (witness != null) {
            witness.changed(some);
        }
    }

    @Override
    public void joined(Present present) {}

    @Override
    public void left(Present gone, ParticipantLeft.Reason reason) {}

    @Override
    public void updated(Present before, Present after) {}

    @Override
    public void hostChanged(Present host) {}

    @Override
    public void statusChanged(StatusChanged change, boolean wasInSync) {}

    @Override
    public void merged(List<Conflict> conflicts, int omitted) {
        merges.add(conflicts.stream().map(Conflict::key).toList());
    }

    @Override
    public void passing(RoomEvent event, int bytes) {
        if (event instanceof Warning warning) {
            warnings.add(warning);
            if (witness != null) {
                witness.warned(warning);
            }
        }
    }

    @Override
    public void joinProgress(SyncProgress progress) {}

    @Override
    public boolean message(Present from, byte[] payload, boolean direct) {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (witness != null) {
            witness.heard(from.id(), text);
        }
        return heard.add(new Heard(from.id(), text));
    }

    @Override
    public boolean request(Present from, AppMessage request) {
        return true;
    }

    @Override
    public void signal(Present from, int type, byte[] payload) {
        // Nothing follows from it.
    }

    @Override
    public void together(Runnable action) {
        action.run();
    }

    // ---- waits for values

    @Override
    public void written(String key, VersionedValue value) {}

    @Override
    public void merged(StateDelta delta) {}

    @Override
    public void lookAgain() {}
}
