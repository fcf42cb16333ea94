package dev.parlor.sim;

import dev.parlor.RoomStatus;
import dev.parlor.sim.History.Wrong;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What is asked of those who are left when all is over: that they answer, are quiet, and that nothing is left. */
final class Aftermath {
    /** Held messages, requests and repairs have ended after this. */
    static final long AFTERWARDS_NANOS = 6_500 * Scheduler.MILLI;
    private static final long QUIET_NANOS = 60_000 * Scheduler.MILLI;
    /**
     * Frames that one participant of a room at rest gets in a minute: the digest of the coordinator, its own agreement with others
     * if it is the coordinator, and the questions and answers of those who make sure that they are seen, each about four times.
     */
    private static final int MAX_QUIET_FRAMES = 20;
    /** The tick of the room, and what looks after views and keys now and then. */
    private static final int MAX_TIMERS = 3;
    /** By then a room has found out that the application's executor has dropped what it was given. */
    private static final long SERVED_NANOS = 12_000 * Scheduler.MILLI;
    private static final int STANDS_MILLIS = 60_000;

    private final World world;
    private final Scheduler scheduler;
    private final SimNetwork network;

    Aftermath(World world, SimNetwork network) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.network = network;
    }

    void check() {
        pass(world.kind.hasSlowListeners() ? SERVED_NANOS : 0);
        if (world.kind == Kind.MEMORY) {
            // The first to ask are told of the messages that were dropped.
            world.survivors().forEach(Participant::lastCalls);
            pass(AFTERWARDS_NANOS);
        }
        lastCalls();
        if (world.kind.signals()) {
            lastSignals();
        }
        if (world.kind == Kind.QUIET) {
            quiet();
        }
        if (world.kind == Kind.QUIET || world.kind.hasSlowListeners()) {
            // By now a join would have been given up, and the answers to repairs are forgotten.
            leftovers();
        }
    }

    /**
     * Everybody is at rest: whatever is asked is answered, also if the listeners of the asker stand still. A participant that has
     * just lost all others is not sure of its flushes.
     */
    private void lastCalls() {
        List<Participant> callers = world.survivors().stream()
                .filter(each -> each.peer.room().status() != RoomStatus.RECONNECTING)
                .limit(world.kind.hasSlowListeners() ? 1 : Schedule.SLOTS).toList();
        if (world.kind.hasSlowListeners()) {
            callers.forEach(each -> each.host.stand(STANDS_MILLIS));
        }
        Map<CompletableFuture<?>, Participant> calls = new LinkedHashMap<>();
        callers.forEach(each -> each.lastCalls().forEach(call -> calls.put(call, each)));
        pass(AFTERWARDS_NANOS);
        calls.forEach((call, caller) -> {
            if (!call.isDone() || call.isCompletedExceptionally()) {
                found(caller + " flushed or asked at rest, and it failed: " + call.handle((done, thrown) -> thrown).getNow(null));
            }
        });
        callers.forEach(each -> each.host.beQuick());
        // Also what was put off until the listener would go on.
        pass(world.kind.hasSlowListeners() ? STANDS_MILLIS * Scheduler.MILLI : 0);
    }

    /** Where nothing is lost any more the last signal of each is heard by all. */
    private void lastSignals() {
        List<Participant> left = world.survivors();
        left.forEach(each -> each.signals.checkLast());
        pass(AFTERWARDS_NANOS);
        left.forEach(each -> left.stream().filter(other -> other != each).forEach(each.signals::heardLastOf));
    }

    private void quiet() {
        pass(QUIET_NANOS);
        long before = network.framesSent;
        pass(QUIET_NANOS);
        long frames = network.framesSent - before;
        int left = world.survivors().size();
        if (frames > (long) MAX_QUIET_FRAMES * left) {
            found(frames + " frames in a minute in which nobody did anything, at " + left + " participants");
        }
    }

    private void leftovers() {
        for (Participant each : world.everybody) {
            if (each.host.isDead()) {
                continue;
            }
            int timers = each.peer.timersSet();
            if (timers > (each.gone ? 0 : MAX_TIMERS)) {
                found(each + (each.gone ? " has left" : " is at rest") + " and has " + timers + " timers");
            }
            Map<String, Integer> left = each.gone ? new TreeMap<>() : each.peer.leftovers();
            if (!left.isEmpty()) {
                found(each + " is at rest and has left " + left);
            }
        }
    }

    private void pass(long nanos) {
        scheduler.runUntil(scheduler.nanos() + nanos);
    }

    private void found(String text) {
        world.history.found(Wrong.VIOLATION, scheduler, text);
    }
}
