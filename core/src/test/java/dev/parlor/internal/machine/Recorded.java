package dev.parlor.internal.machine;

import dev.parlor.Change;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomEvent;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.outbox.Pressure;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.output.Watch;
import dev.parlor.internal.machine.state.Losses;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Conflict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real state, outbox and clock for a test of one story of the machine, and what the story puts out, written down: its frames, its
 * events, and what it asks of the world outside.
 */
public final class Recorded implements Effects, EventSink, Watch {
    public static final long SELF = 5;
    public static final Duration RETENTION = Duration.ofSeconds(20);
    public static final Duration SKEW = Duration.ofSeconds(10);
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000;

    /** A frame that waits to be sent; to null for all. */
    public record Sent(Long to, Frame frame) {}

    private final Queue<Runnable> computing = new ArrayDeque<>();
    private long millis = BEGIN_MILLIS;
    private long leaptMillis;
    public final Now now = new Now(this::nanos);
    public final RoomTime time = new RoomTime(() -> millis + leaptMillis, this::nanos);
    public final RoomState state;
    public final Pressure pressure = new Pressure();
    public final Outbox outbox;
    public final Warnings warnings;
    /** Warned of. */
    public final List<Warning.Kind> warned = new ArrayList<>();
    /** What was asked of the world outside, by the names of its methods. */
    public final List<String> asked = new ArrayList<>();

    /** A participant that is alone in the room. */
    public Recorded() {
        this(Budget.defaultBytes());
    }

    /** The same, with so much memory. */
    public Recorded(long memoryBytes) {
        state = new RoomState(SELF, time, new Stamps(time, SKEW.toMillis()), new Losses(now::nanos, RETENTION.toMillis()),
                new Budget(memoryBytes, 0), RETENTION);
        outbox = new Outbox(state.session(), state.budget(), pressure);
        warnings = new Warnings(now, state.stats(), this);
        members(SELF);
        present(SELF);
    }

    /** These are the members of the view, the first of which speaks. */
    public void members(Long... ids) {
        state.members(List.of(ids));
    }

    /** These are members, and present. */
    public Recorded with(Long... ids) {
        members(ids);
        Arrays.stream(ids).filter(id -> id != SELF).forEach(this::present);
        return this;
    }

    private void present(long id) {
        state.present(new Present(id, "p" + id, millis, UserValue.NONE, id == SELF));
    }

    public long nanos() {
        return millis * NANOS_A_MILLI;
    }

    /** The clock of a participant that is alone is set forward, which the room's time follows. */
    public void leap(Duration by) {
        time.alone(true);
        leaptMillis += by.toMillis();
    }

    /** So much later. */
    public Recorded later(Duration span) {
        millis += span.toMillis();
        now.begin();
        return this;
    }

    /** Takes the frames of other kinds than state and messages that wait. */
    public List<Sent> sent() {
        return Stream.generate(outbox::takeControl).takeWhile(each -> each != null)
                .map(each -> new Sent(each.to(), each.frame().get())).toList();
    }

    // ---- effects

    @Override
    public void after(long delayMillis, Runnable input) {
        asked.add("after " + delayMillis);
    }

    @Override
    public Runnable soon(Runnable input) {
        return input;
    }

    @Override
    public <R> void compute(String what, Callable<R> work, Consumer<R> input) {
        asked.add("compute");
        computing.add(() -> {
            try {
                input.accept(work.call());
            } catch (Exception e) {
                throw new AssertionError(what, e);
            }
        });
    }

    /** Does what was asked to be computed, and what follows from that. */
    public void compute() {
        while (!computing.isEmpty()) {
            computing.remove().run();
        }
    }

    @Override
    public void lookForOthers() {
        asked.add("lookForOthers");
    }

    @Override
    public void expel(List<Long> members) {
        asked.add("expel " + members);
    }

    @Override
    public void participantsChanged() {
        asked.add("participantsChanged");
    }

    @Override
    public void roomChanged() {
        asked.add("roomChanged");
    }

    @Override
    public void joined() {
        asked.add("joined");
    }

    @Override
    public void joinFailed(RuntimeException why) {
        asked.add("joinFailed " + why);
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
    public void change(String key, VersionedValue before, VersionedValue now, Change.Cause cause) {
        asked.add("changes 1");
    }

    @Override
    public void changes(SessionChanges changes, Change.Cause cause) {
        asked.add("changes " + changes.size());
    }

    @Override
    public void joined(Present present) {
        asked.add("joined " + present.id());
    }

    @Override
    public void left(Present gone, ParticipantLeft.Reason reason) {
        asked.add("left " + gone.id() + " " + reason);
    }

    @Override
    public void updated(Present before, Present after) {
        asked.add("updated " + after.id());
    }

    @Override
    public void hostChanged(Present host) {
        asked.add("hostChanged " + host.id());
    }

    @Override
    public void statusChanged(StatusChanged change, boolean wasInSync) {
        asked.add("statusChanged " + change.newStatus());
    }

    @Override
    public void merged(List<Conflict> conflicts, int omitted) {
        asked.add("merged " + conflicts.size());
    }

    @Override
    public void passing(RoomEvent event, int bytes) {
        if (event instanceof Warning warning) {
            warned.add(warning.kind());
        }
    }

    @Override
    public void joinProgress(SyncProgress progress) {
        asked.add("joinProgress");
    }

    @Override
    public boolean message(Present from, byte[] payload, boolean direct) {
        return asked.add("message of " + from.id());
    }

    @Override
    public boolean request(Present from, AppMessage request) {
        return asked.add("request of " + from.id());
    }

    @Override
    public void signal(Present from, int type, byte[] payload) {
        asked.add("signal of " + from.id());
    }

    @Override
    public void together(Runnable action) {
        action.run();
    }

    // ---- waits for values

    @Override
    public void written(String key, VersionedValue value) {
        asked.add("written " + key);
    }

    @Override
    public void merged(StateDelta delta) {
        asked.add("merged");
    }

    @Override
    public void lookAgain() {
        asked.add("lookAgain");
    }
}
