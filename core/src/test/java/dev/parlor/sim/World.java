package dev.parlor.sim;

import dev.parlor.Change;
import dev.parlor.ParlorException;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomStatus;
import dev.parlor.internal.room.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.sim.History.Wrong;
import dev.parlor.sim.SimNetwork.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Runs one schedule: participants on hosts on a network, everything they do and suffer, and the checks at the end. */
final class World {
    private static final long MILLI = Scheduler.MILLI;
    /** So long after the last step all must be the same at the latest. */
    private static final long QUIESCENCE_NANOS = 120_000 * MILLI;
    private static final long LOOK_NANOS = 200 * MILLI;
    /** Held messages and requests have ended after this. */
    private static final long AFTERWARDS_NANOS = 6_500 * MILLI;
    /** Nobody is cut off for longer: beyond the retention removed keys may come back, as documented. */
    private static final long LONGEST_CUT_NANOS = 12_500 * MILLI;
    /** Within this time after a healing all have found each other; a cut before prolongs the one before. */
    private static final long HEALED_NANOS = 3_500 * MILLI;
    /** A goodbye that took no longer was confirmed by all. */
    private static final long CONFIRMED_NANOS = 300 * MILLI;
    private static final long NETWORK_SEED = 0x5DEECE66DL;

    final Scheduler scheduler = new Scheduler();
    final History history = new History();
    final Kind kind;
    final Flaw flaw;
    private final Random random;
    final SimNetwork network;
    private final Participant[] slots = new Participant[Schedule.SLOTS];
    final List<Participant> everybody = new ArrayList<>();
    private long skews;
    private long lastStepNanos;
    private long cutSinceNanos;
    private long healedNanos = -HEALED_NANOS;
    private boolean cut;
    private int troubles;

    World(long seed, Kind kind, Flaw flaw) {
        this.kind = kind;
        this.flaw = flaw;
        this.random = new Random(seed ^ NETWORK_SEED);
        this.network = new SimNetwork(this, random);
    }

    /** What came of a run. */
    record Result(History history, long trace, long settledMillis, long compactions) {}

    static Result run(Schedule schedule, Flaw flaw) {
        World world = new World(schedule.seed(), schedule.kind(), flaw);
        return world.run(schedule.steps());
    }

    private Result run(List<Step> steps) {
        for (Step step : steps) {
            scheduler.at(step.atMillis() * MILLI, () -> guarded(step));
            lastStepNanos = Math.max(lastStepNanos, step.atMillis() * MILLI);
        }
        scheduler.runUntil(lastStepNanos);
        long settled = settle();
        new FinalChecks(this, network).check();
        return new Result(history, network.trace(), settled, survivors().stream()
                .mapToLong(each -> each.peer.room().stats().compactions()).max().orElse(0));
    }

    private void guarded(Step step) {
        try {
            perform(step);
        } catch (ParlorException e) {
            history.found(Wrong.VIOLATION, scheduler, step + " was refused: " + e);
        }
    }

    /** The time, which no participant's clock need show. */
    long trueMillis() {
        return SimHost.EPOCH_MILLIS + scheduler.millis();
    }

    // ---- steps

    private void perform(Step step) {
        switch (step.op()) {
            case JOIN -> join(step.slot());
            case LEAVE -> up(step.slot()).filter(each -> liveOnes() > 1).ifPresent(this::leave);
            case KILL -> Optional.ofNullable(slots[step.slot()]).filter(each -> liveOnes() > 1).ifPresent(this::kill);
            case PAUSE -> Optional.ofNullable(slots[step.slot()]).ifPresent(each -> pause(each, step.a()));
            case CLOCK -> Optional.ofNullable(slots[step.slot()]).ifPresent(each -> each.host.skew(step.a()));
            case PARTITION -> cut(() -> partition(step.a()));
            case ONE_WAY -> cut(() -> oneWay(step.a(), step.b()));
            case HEAL -> heal();
            case LOSE -> network.lose(step.a());
            case DOUBLE -> network.duplicate(step.a());
            default -> up(step.slot()).ifPresent(each -> each.act(step));
        }
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
        SimHost host = new SimHost(scheduler, random, skews++ == 0 ? 0 : skew, () -> self[0].witness.look());
        Member member = network.member(id, host);
        SimPeer peer = new SimPeer("p" + slot, Participant.userData(id, 1), kind.retention(), member, host::millis,
                scheduler::nanos, host.executor(), host.executor(), host.executor(), host::after);
        Participant joining = new Participant(this, id, slot, host, peer, new Witness(this, id, peer));
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

    private void pause(Participant sleeper, int millis) {
        if (!sleeper.host.isPaused() && !sleeper.host.isDead()) {
            troubles++;
            sleeper.host.pause();
            network.membership().paused();
            scheduler.after(millis * MILLI, () -> {
                sleeper.host.resume();
                network.membership().healed();
            });
        }
    }

    private void cut(Runnable how) {
        long now = scheduler.nanos();
        if (!cut && now - healedNanos >= HEALED_NANOS) {
            cutSinceNanos = now;
        }
        long left = cutSinceNanos + LONGEST_CUT_NANOS - now;
        if (left > 0) {
            cut = true;
            troubles++;
            history.partitions++;
            how.run();
            scheduler.after(left, this::heal);
        }
    }

    /** How often somebody was cut off or stopped. */
    int troubles() {
        return troubles;
    }

    /** Whether all can reach each other, and have found each other. */
    boolean isCalm() {
        return !cut && scheduler.nanos() - healedNanos >= HEALED_NANOS
                && everybody.stream().noneMatch(each -> each.host.isPaused() && !each.host.isDead());
    }

    /** Cuts the network in two by slots. */
    private void partition(int mask) {
        List<Member> all = network.connected();
        for (Member one : all) {
            for (Member other : all) {
                if ((mask >> slotOf(one.id) & 1) != (mask >> slotOf(other.id) & 1)) {
                    network.cut(one.id, other.id);
                }
            }
        }
        network.membership().cut(kind == Kind.FORGETTING);
    }

    private int slotOf(long id) {
        return everybody.stream().filter(each -> each.id == id).findFirst().orElseThrow().slot;
    }

    private void oneWay(int from, int to) {
        List<Member> all = network.connected();
        if (all.size() > 1) {
            network.cut(all.get(from % all.size()).id, all.get(to % all.size()).id);
            network.membership().cut(kind == Kind.FORGETTING);
        }
    }

    private void heal() {
        if (cut) {
            cut = false;
            healedNanos = scheduler.nanos();
        }
        network.healAll();
        network.membership().healed();
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
                reason == ParticipantLeft.Reason.CLOSED ? each.leaving : !each.tookLeaveOf.contains(told));
    }

    /** A listener that writes: k0 has its echo in k9, written by whoever hears it first. */
    void answer(long id, Change change) {
        if (change.key().equals("k0") && change.cause() == Change.Cause.REMOTE && id % 3 == 0) {
            everybody.stream().filter(each -> each.id == id && each.isUp()).findFirst()
                    .ifPresent(each -> each.put("k" + (Schedule.KEYS - 1)));
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
        everybody.forEach(each -> each.host.resume());
        heal();
        long settled = awaitSettled();
        scheduler.runUntil(scheduler.nanos() + AFTERWARDS_NANOS);
        // A compaction may be on its way from one to the others just now.
        awaitSettled();
        if (isSettled()) {
            lastCalls();
            awaitSettled();
        }
        return settled / MILLI;
    }

    /** Everybody is at rest: whatever is asked is answered. Who has just lost all others is not sure of its flushes. */
    private void lastCalls() {
        Map<CompletableFuture<?>, Participant> calls = new LinkedHashMap<>();
        survivors().stream().filter(each -> each.peer.room().status() != RoomStatus.RECONNECTING)
                .forEach(each -> each.lastCalls().forEach(call -> calls.put(call, each)));
        scheduler.runUntil(scheduler.nanos() + AFTERWARDS_NANOS);
        calls.forEach((call, caller) -> {
            if (!call.isDone() || call.isCompletedExceptionally()) {
                history.found(Wrong.VIOLATION, scheduler, caller + " flushed or asked at rest, and it failed: "
                        + call.handle((done, thrown) -> thrown).getNow(null));
            }
        });
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
        return left.stream().allMatch(each -> each.peer.isIdle() && each.peer.room().stats().inSync() && knowsAll(each, left)
                && each.peer.room().participants().size() == left.size()
                && each.peer.digest().equals(left.get(0).peer.digest()));
    }
}
