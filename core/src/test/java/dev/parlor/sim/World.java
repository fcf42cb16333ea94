package dev.parlor.sim;

import dev.parlor.Change;
import dev.parlor.OutboxFullException;
import dev.parlor.ParlorException;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.sim.History.Wrong;
import dev.parlor.sim.SimNetwork.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs one schedule: participants on hosts on a network, everything they do and suffer, and the checks at the end. */
final class World {
    private static final long MILLI = Scheduler.MILLI;
    /** So long after the last step all must be the same at the latest. */
    private static final long QUIESCENCE_NANOS = 120_000 * MILLI;
    private static final long LOOK_NANOS = 200 * MILLI;
    private static final int MOST_LOOKS = 3;
    /** A goodbye that took no longer was confirmed by all. */
    private static final long CONFIRMED_NANOS = 300 * MILLI;
    private static final long NETWORK_SEED = 0x5DEECE66DL;

    final Scheduler scheduler = new Scheduler();
    final Kind kind;
    /** Those that schedules write. */
    final List<String> keys;
    final History history;
    final Flaw flaw;
    private final Random random;
    final SimNetwork network;
    final Cuts cuts;
    final Meeting meeting;
    final NewerPrograms newer;
    private final Participant[] slots = new Participant[Schedule.SLOTS];
    final List<Participant> everybody = new ArrayList<>();
    private long skews;
    private long lastStepNanos;
    private int troubles;
    /** Hours that passed on all clocks at once. */
    private long passedMillis;

    World(long seed, Kind kind, Flaw flaw) {
        this.kind = kind;
        this.keys = Stream.concat(IntStream.range(0, Schedule.KEYS).mapToObj(Participant::key),
                IntStream.range(0, kind.counts() ? Schedule.SLOTS : 0).mapToObj(Participant::countKey)).toList();
        this.history = new History(keys);
        this.flaw = flaw;
        this.random = new Random(seed ^ NETWORK_SEED);
        this.network = new SimNetwork(this, random);
        this.cuts = new Cuts(this, network);
        this.meeting = new Meeting(this);
        this.newer = new NewerPrograms(this);
    }

    /** What came of a run. */
    record Result(History history, long trace, long settledMillis, long compactions) {}

    static Result run(Schedule schedule, Flaw flaw) {
        World world = new World(schedule.seed(), schedule.kind(), flaw);
        return world.run(schedule.steps());
    }

    private Result run(List<Step> steps) {
        for (Step step : steps) {
            scheduler.at(step.atMillis() * MILLI, () -> guarded(step, () -> perform(step)));
            lastStepNanos = Math.max(lastStepNanos, step.atMillis() * MILLI);
        }
        scheduler.runUntil(lastStepNanos);
        long settled = settle();
        new FinalChecks(this, network).check();
        meeting.check();
        return new Result(history, network.trace(), settled, survivors().stream()
                .mapToLong(each -> each.peer.room().stats().compactions()).max().orElse(0));
    }

    /** In rooms of little memory some of it may be refused, as it says. */
    private void guarded(Object what, Runnable action) {
        try {
            action.run();
        } catch (ParlorException e) {
            if (kind != Kind.MEMORY || !(e instanceof OutboxFullException || e instanceof PayloadTooLargeException)) {
                history.found(Wrong.VIOLATION, scheduler, what + " was refused: " + e);
            }
        }
    }

    /** The time, which no participant's clock need show. */
    long trueMillis() {
        return SimHost.EPOCH_MILLIS + scheduler.millis() + passedMillis;
    }

    // ---- steps

    private void perform(Step step) {
        switch (step.op()) {
            case JOIN -> join(step.slot());
            case LEAVE -> up(step.slot()).filter(each -> liveOnes() > 1).ifPresent(this::leave);
            case KILL -> at(step).filter(each -> liveOnes() > 1).ifPresent(this::kill);
            case PAUSE -> at(step).ifPresent(each -> pause(each, step.a(), each.host::pause));
            case SLEEP -> at(step).ifPresent(each -> sleep(each, step.a(), step.b()));
            case CLOCK -> at(step).ifPresent(each -> each.host.skew(step.a()));
            case DRIFT -> at(step).ifPresent(each -> each.host.drift(step.a()));
            case BUSY -> at(step).ifPresent(each -> each.host.beBusy(step.a()));
            case STAND -> at(step).ifPresent(each -> each.host.stand(step.a()));
            case REFUSE -> at(step).ifPresent(each -> each.host.refuse(step.a(), step.b() % 2 == 0));
            case PARTITION, ONE_WAY, SPLIT, MEET, HEAL -> cuts.perform(step);
            case LOSE -> network.lose(step.a());
            case DOUBLE -> network.duplicate(step.a());
            default -> up(step.slot()).ifPresent(each -> each.act(step));
        }
    }

    private Optional<Participant> at(Step step) {
        return Optional.ofNullable(slots[step.slot()]);
    }

    private Optional<Participant> up(int slot) {
        return Optional.ofNullable(slots[slot]).filter(each -> each.isUp() && !each.host.isPaused());
    }

    private boolean up(long id) {
        return everybody.stream().anyMatch(each -> each.id == id && each.isUp());
    }

    private long liveOnes() {
        return everybody.stream().filter(each -> each.isUp() && !each.host.isPaused()).count();
    }

    void join(int slot) {
        if (slots[slot] != null && !slots[slot].gone && !slots[slot].host.isDead()) {
            return;
        }
        long id = flaw == Flaw.SAME_AUTHOR_AFTER_RESTART ? slot + 1 : 1 + random.nextLong(Stamp.MAX_AUTHOR);
        long skew = random.nextInt(4) > 0 ? random.nextInt(200) - 100 : random.nextInt(172_800_000) - 86_400_000L;
        Participant[] self = new Participant[1];
        SimHost host = new SimHost(scheduler, random, skews++ == 0 || kind.hasRightClocks() ? 0 : skew,
                () -> self[0].look());
        host.pass(passedMillis);
        Member member = network.member(id, host);
        Executor events = host.events();
        SimPeer peer = new SimPeer("p" + slot, Participant.userData(id, 1), kind.retention(), member, host::millis,
                host::nanos, host.worker(), events,
                flaw == Flaw.FUTURES_ON_THE_EVENT_THREAD ? events : host.callbacks(), host::after, kind.memoryBytes(),
                kind.userDataPace());
        member.peer = peer;
        member.newer = NewerPrograms.isAt(slot);
        Participant joining = new Participant(this, id, slot, host, peer, new Witness(this, id, slot, host, peer));
        self[0] = joining;
        slots[slot] = joining;
        JoinCheck check = new JoinCheck(this);
        everybody.add(joining);
        Planted.in(joining, this);
        peer.join().whenComplete((done, thrown) -> {
            if (thrown != null) {
                history.found(Wrong.VIOLATION, scheduler, joining + " could not join: " + thrown);
                joining.gone = true;
                peer.end();
                return;
            }
            joining.joined = true;
            joining.witness.joined();
            check.ended(joining);
            peer.startListeners();
        });
    }

    private void leave(Participant leaver) {
        leaver.leaving = true;
        long beganNanos = scheduler.nanos();
        Map<Long, Integer> views = new HashMap<>();
        leaver.peer.room().participants().stream().map(each -> each.id().value())
                .filter(other -> network.see(leaver.id, other))
                .forEach(other -> views.put(other, network.partings(other, leaver.id)));
        leaver.peer.leave().whenComplete((done, thrown) -> {
            leaver.gone = true;
            if (scheduler.nanos() - beganNanos < CONFIRMED_NANOS) {
                views.forEach((other, apart) -> {
                    // Who leaves as well is not waited for.
                    if (apart == network.partings(other, leaver.id) && up(other)) {
                        leaver.tookLeaveOf.add(other);
                    }
                });
            }
        });
    }

    private void kill(Participant victim) {
        history.kills++;
        victim.host.kill();
        network.membership().killed();
    }

    private void pause(Participant sleeper, int millis, Runnable how) {
        if (!sleeper.host.isPaused() && !sleeper.host.isDead()) {
            troubles++;
            how.run();
            network.membership().paused();
            scheduler.after(millis * MILLI, () -> {
                sleeper.host.resume();
                network.membership().healed();
            });
        }
    }

    /**
     * A machine sleeps for hours. Hours of everybody else would cost as many events: so it sleeps for some seconds, and hours
     * pass at once on all clocks but the one of it that stands still.
     */
    private void sleep(Participant sleeper, int millis, int hoursInMillis) {
        if (!sleeper.host.isPaused() && !sleeper.host.isDead()) {
            pause(sleeper, millis, sleeper.host::sleep);
            everybody.forEach(each -> each.host.pass(hoursInMillis));
            passedMillis += hoursInMillis;
        }
    }

    /** Hours in which machines slept, and nothing happened. */
    long passedMillis() {
        return passedMillis;
    }

    /** Somebody is cut off or stopped. */
    void trouble() {
        troubles++;
    }

    /** How often somebody was cut off or stopped. */
    int troubles() {
        return troubles;
    }

    /** Whether all can reach each other, and have found each other. */
    boolean isCalm() {
        return cuts.isHealed() && everybody.stream().noneMatch(each -> each.host.isPaused() && !each.host.isDead());
    }

    int slotOf(long id) {
        return everybody.stream().filter(each -> each.id == id).findFirst().orElseThrow().slot;
    }

    /** Somebody whom a participant sees, for a message. */
    Optional<Participant> pick(Participant asker, int number) {
        List<Participant> others = everybody.stream().filter(each -> each != asker
                && asker.peer.room().participant(new ParticipantId(each.id)).isPresent()).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(number % others.size()));
    }

    /** Whether somebody has ever had this user data. */
    boolean setUserData(long owner, String data) {
        return everybody.stream().filter(each -> each.id == owner).anyMatch(each ->
                IntStream.rangeClosed(1, each.userCount).anyMatch(n -> Participant.userData(owner, n).equals(data)));
    }

    /** Whether somebody can be told so of who has left. */
    boolean leftSo(long who, long told, ParticipantLeft.Reason reason) {
        return everybody.stream().filter(each -> each.id == who).anyMatch(each ->
                reason == ParticipantLeft.Reason.CLOSED ? each.leaving
                        : kind.hasSlowListeners() || !each.tookLeaveOf.contains(told));
    }

    /** A listener that writes: k0 has its echo in k9, written by whoever hears it first. */
    void answer(long id, Change change) {
        if (change.key().equals("k0") && change.cause() == Change.Cause.REMOTE && id % 3 == 0) {
            everybody.stream().filter(each -> each.id == id && each.isUp()).findFirst()
                    .ifPresent(each -> guarded(change, () -> each.put("k" + (Schedule.KEYS - 1))));
        }
    }

    /** Somebody's flush has ended well: who was present then has all of it. */
    void flushed(Participant writer, long present, Map<String, Stamp> wrote, Stamp cleared) {
        for (Participant each : everybody) {
            if (each.id == present && each.isUp() && writer.peer.room().participant(
                    new ParticipantId(present)).isPresent() && !each.witness.isLate()) {
                wrote.forEach((key, stamp) -> {
                    if (!each.witness.holds(key, stamp)) {
                        history.found(Wrong.VIOLATION, scheduler, each + " lacks " + key + " that " + writer + " flushed");
                    }
                });
                if (cleared.after(each.peer.clear())) {
                    history.found(Wrong.VIOLATION, scheduler, each + " lacks a clear that " + writer + " flushed");
                }
            }
        }
    }

    // ---- the end

    /** Ends all faults and waits until all are the same. */
    private long settle() {
        network.lose(0);
        network.duplicate(0);
        network.beQuick();
        everybody.forEach(each -> each.host.beQuick());
        everybody.forEach(each -> each.host.resume());
        cuts.heal();
        long settled = awaitSettled();
        scheduler.runUntil(scheduler.nanos() + Aftermath.AFTERWARDS_NANOS);
        // A compaction may be on its way from one to the others just now.
        awaitSettled();
        if (isSettled()) {
            new Aftermath(this, network).check();
            awaitSettled();
        }
        // What has come to be so at this very look is told to listeners within one more.
        for (int i = 0; i < MOST_LOOKS; i++) {
            scheduler.runUntil(scheduler.nanos() + LOOK_NANOS);
            // Time alone makes it so as well, as that who was cut off counts as alone.
            if (isSettled() && survivors().stream().allMatch(each -> each.peer.hasTold())) {
                break;
            }
            awaitSettled();
        }
        return settled / MILLI;
    }

    private long awaitSettled() {
        long begin = scheduler.nanos();
        while (scheduler.nanos() - begin < QUIESCENCE_NANOS && !isSettled()) {
            scheduler.runUntil(scheduler.nanos() + LOOK_NANOS);
        }
        return scheduler.nanos() - begin;
    }

    List<Participant> survivors() {
        return everybody.stream().filter(each -> !each.gone && !each.host.isDead()).toList();
    }

    /** Whether it has everybody's user data. */
    private static boolean knowsAll(Participant one, List<Participant> left) {
        return left.stream().allMatch(other -> one.peer.room().participant(new ParticipantId(other.id))
                .flatMap(each -> each.userData())
                .filter(Participant.userData(other.id, other.userCount)::equals).isPresent());
    }

    private boolean isSettled() {
        List<Participant> left = survivors();
        if (network.inFlight() > 0 || left.stream().anyMatch(each -> !each.joined || each.leaving)) {
            return false;
        }
        return left.stream().allMatch(each -> each.peer.isIdle() && each.peer.isEqualToThosePresent() && knowsAll(each, left)
                && each.peer.room().participants().size() == left.size()
                && each.peer.digest().equals(left.get(0).peer.digest()));
    }
}
