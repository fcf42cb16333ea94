package dev.parlor.internal.machine;

import dev.parlor.JoinException;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.machine.backpressure.Shortage;
import dev.parlor.internal.machine.clocksync.Clocks;
import dev.parlor.internal.machine.compaction.Compaction;
import dev.parlor.internal.machine.join.Joining;
import dev.parlor.internal.machine.join.Outcome;
import dev.parlor.internal.machine.lifetime.Lifetimes;
import dev.parlor.internal.machine.members.Roster;
import dev.parlor.internal.machine.members.Standing;
import dev.parlor.internal.machine.members.UserDataPace;
import dev.parlor.internal.machine.members.ViewCheck;
import dev.parlor.internal.machine.messaging.Messaging;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.outbox.Pressure;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.output.Watch;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.rekey.Rekeying;
import dev.parlor.internal.machine.repair.Repair;
import dev.parlor.internal.machine.repair.RoundListener;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.write.SessionUpdates;
import dev.parlor.internal.machine.write.Writes;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Versions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One participant's side of a room, without I/O: inputs change the {@link RoomState}, and what follows from them is put into
 * the {@link Outbox}, the {@link EventSink} and the {@link Effects}. It knows no lock, thread, logger or network; the engine
 * around it applies one input at a time, and sends, delivers and waits once the input has been applied.
 */
public final class RoomMachine implements RoundListener, Outcome {
    private final RoomOptions options;
    private final Effects effects;
    private final EventSink events;
    private final Watch watch;
    private final Now now;
    private final RoomState state;
    private final Warnings warnings;
    private final Outbox outbox;
    private final Pressure pressure = new Pressure();
    private final Departures departures;
    private final Shortage shortage;
    private final Writes writes;
    private final Lifetimes lifetimes;
    private final Messaging messaging;
    private final Repair repair;
    private final Clocks clocks;
    private final Compaction compaction;
    private final ViewCheck viewCheck;
    private final Roster roster;
    private final Standing standing;
    private final UserDataPace userDataPace;
    private final Rekeying rekeying;
    private final Reception reception;
    private long joinBeganNanos;
    private @Nullable Joining joining;

    /**
     * Begins.
     *
     * @param state of a participant that is in no view yet
     * @param keys the network's, or null for an open room
     */
    public RoomMachine(RoomOptions options, RoomState state, Now now, Network.@Nullable Keys keys, Effects effects, EventSink events,
            Watch watch, Observation observation) {
        this.options = options;
        this.effects = effects;
        this.events = events;
        this.watch = watch;
        this.now = now;
        this.state = state;
        this.warnings = new Warnings(now, state.stats(), events);
        this.outbox = new Outbox(state.session(), state.budget(), pressure);
        this.departures = new Departures(state, outbox, now);
        this.shortage = new Shortage(state.budget(), state.stats(), warnings);
        SessionUpdates updates = new SessionUpdates(state, events, watch, observation, warnings);
        this.writes = new Writes(state, updates, outbox, options.room(), options.limits().sessionDataBytes());
        this.lifetimes = new Lifetimes(state, updates, writes, effects, now, options.retention());
        this.messaging = new Messaging(state, outbox, pressure, shortage, events, warnings, effects, now, this::isCutOff,
                options.hearOwnMessages());
        this.repair = new Repair(state, outbox, departures, updates, messaging.messages(), events, effects, now, this);
        this.clocks = new Clocks(state, outbox, warnings, now, options.maxClockSkew());
        this.compaction = new Compaction(state, outbox, effects, now, observation, options.retention(), options.maxClockSkew(),
                options.minTombstones());
        this.viewCheck = new ViewCheck(state, outbox, warnings, effects, now);
        this.roster = new Roster(state, outbox, messaging, compaction, viewCheck, events, warnings, effects, lifetimes, now,
                options.maxClockSkew(), options.retention());
        this.standing = new Standing(state, roster, repair, events, warnings, now);
        this.userDataPace = new UserDataPace(outbox, departures, effects, options.userDataPace());
        this.rekeying = new Rekeying(state, outbox, roster, effects, now, keys, options.room());
        this.reception = new Reception(this, state, updates, outbox, pressure, messaging, repair, clocks, compaction, roster,
                viewCheck, standing, rekeying, now);
    }

    private boolean isCutOff() {
        return roster.isCutOff();
    }

    // ---- inputs

    /** The network is about to be connected: nobody can have taken this participant for a member before. */
    public void connecting() {
        joinBeganNanos = now.nanos();
    }

    /** Members have come or gone. */
    public void onView(Network.View view) {
        boolean first = state.members().isEmpty();
        roster.onView(view);
        if (first) {
            joining = new Joining(state, outbox, repair, roster, standing, warnings, now, options.room(), joinBeganNanos,
                    options.joinTimeout(), this);
            state.joining(true);
            standing.joining();
            effects.after(Joining.TICK_MILLIS, this::joiningTick);
        }
        if (state.isJoining()) {
            joining().onView(!view.sides().isEmpty());
        } else {
            if (!view.sides().isEmpty()) {
                outbox.userChanged();
            }
            standing.update();
        }
        // Once the status is told: whose flush fails for being cut off shall not find itself live.
        messaging.flushes().settle();
        viewCheck.onView();
        clocks.onView();
        compaction.onView();
        rekeying.update();
        repair.onView(state.isJoining() ? List.of() : view.sides());
        // Last: what came before the view is from those whom it brings.
        reception.onView();
    }

    /** A frame has come. @param length of it, encoded */
    public void onFrame(long from, boolean toAll, Frame.Numbered numbered, int length) {
        reception.onFrame(from, toAll, numbered, length);
    }

    /** Something has come that is no frame. @param why for a person */
    public void onMalformed(long from, String why) {
        state.stats().framesRefused++;
        warnings.warn(Warning.Kind.UNDECODABLE_FRAME, "from " + state.shownNameOf(from) + ": " + why);
    }

    /** A frame has come that can be read in other versions of the protocol only. @param why it cannot, for a person */
    public void onOtherVersion(long from, Versions theirs, String why) {
        if (speaksOther(from, theirs)) {
            state.stats().framesRefused++;
        } else {
            onMalformed(from, why);
        }
    }

    /** @return false if that is not believed of it */
    boolean speaksOther(long from, Versions theirs) {
        boolean believed = roster.speaksOther(from, theirs);
        if (believed && state.isJoining()) {
            joining().onOtherVersion(from);
        } else if (believed) {
            standing.update();
        }
        return believed;
    }

    /** Something has come from those who have not the passphrase. */
    public void onStrangers(long count, boolean ofThisRoom) {
        standing.strangers(count, ofThisRoom);
    }

    /** Somebody was away for a moment, so that something may be missing of which no view tells. */
    public void onHeardAgain() {
        repair.digests().soon();
    }

    /** Messages could not be sent. */
    public void onLost(long messages) {
        shortage.dropped(messages, "they could not be sent: see the log");
    }

    /** Time goes by, for a participant that is in the room. */
    public void tick() {
        long nowNanos = now.nanos();
        repair.tick(nowNanos);
        repair.merges().tick(nowNanos);
        messaging.tick(nowNanos);
        roster.tick(nowNanos);
        viewCheck.tick(nowNanos);
        clocks.tick(nowNanos);
        shortage.tick(nowNanos);
        compaction.tick(nowNanos);
        lifetimes.tick(nowNanos);
        standing.update();
    }

    private void joiningTick() {
        if (state.isJoining()) {
            effects.after(Joining.TICK_MILLIS, this::joiningTick);
            repair.tick(now.nanos());
            viewCheck.tick(now.nanos());
        }
        if (state.isJoining()) {
            joining().tick(now.nanos());
        }
    }

    /** This participant's user data is another. */
    public void updateUserData(byte[] bytes) {
        roster.updateOwn(bytes);
        userDataPace.changed();
    }

    /** This participant is about to leave: what is held back for slow listeners is said now or never, and what it began is given up. */
    public void leaving() {
        pressure.end();
        rekeying.leaving();
    }

    /** It has left. */
    public void end() {
        state.end();
        standing.update();
        effects.participantsChanged();
    }

    // ---- what the parts hear of each other

    @Override
    public void progress(SyncProgress progress) {
        if (state.isJoining()) {
            events.joinProgress(progress);
        } else {
            events.passing(progress, 0);
        }
    }

    @Override
    public void ended(long peer, boolean complete) {
        if (state.isJoining()) {
            joining().onRoundEnded(peer, complete);
        }
    }

    @Override
    public void joined(Map<Long, Frame.Presence> answers) {
        joining = null;
        state.joining(false);
        state.inbounds().values().forEach(Inbound::begin);
        roster.enter(options.displayName(), options.userData(), answers);
        outbox.userChanged();
        standing.update();
        watch.lookAgain();
        effects.joined();
    }

    @Override
    public void failed(JoinException why) {
        effects.joinFailed(why);
    }

    /** The join that is under way. */
    Joining joining() {
        return Objects.requireNonNull(joining, "no join is under way");
    }

    /** Whether the join waits for those who were in the room, and have all vanished. */
    public boolean isJoinCutOff() {
        return state.isJoining() && joining().isCutOff();
    }

    // ---- the parts that inputs of callers go to, and the engine takes from

    /** What this participant knows. */
    public RoomState state() {
        return state;
    }

    /** What is wrong. */
    public Warnings warnings() {
        return warnings;
    }

    /** What waits to be sent. */
    public Outbox outbox() {
        return outbox;
    }

    /** What leaves. */
    public Departures departures() {
        return departures;
    }

    /** Takes writes of session data. */
    public Writes writes() {
        return writes;
    }

    /** Takes what is said beside. */
    public Messaging messaging() {
        return messaging;
    }

    /** Mends what replicas lack. */
    public Repair repair() {
        return repair;
    }

    /** Takes a change of the passphrase. */
    public Rekeying rekeying() {
        return rekeying;
    }

    /** How this participant stands. */
    public Standing standing() {
        return standing;
    }
}
