package dev.parlor.internal.machine.join;

import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame.Presence;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From whom one who joins gets the state: one that surely had all of it when the join began. Guarded by the room's lock. */
final class Sources {
    /**
     * Who was lost is back by then, most often: until then the state is not taken from those that were met later. Where the join's own
     * time would be over by then, half of what is left of it: a join that fails and is tried anew would find them at once.
     */
    private static final long LOST_NANOS = 10_000_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;

    private final RoomState state;
    private final Now now;
    private final long beganNanos;
    private final Duration timeout;
    /** Rounds with each that failed. */
    private final Map<Long, Integer> failures = new HashMap<>();
    /** All who were members before somebody was lost: only they have surely been in one room with whom we lost. */
    private final Set<Long> met = new HashSet<>();
    /** Those who were in the room before our join began. What others hold may lack what is on its way to them still. */
    private final Set<Long> older = new HashSet<>();
    /** Those who vanished without a word and may have had the room. */
    private final Set<Long> lost = new HashSet<>();
    /** Until then they are waited for. */
    private long backByNanos;

    /**
     * From nobody yet.
     *
     * @param beganNanos when the join began
     * @param timeout how long it may take
     */
    Sources(RoomState state, Now now, long beganNanos, Duration timeout) {
        this.state = state;
        this.now = now;
        this.beganNanos = beganNanos;
        this.timeout = timeout;
    }

    /** Members have changed. @param vanished those who may have had the room and have vanished without a word */
    void onView(List<Long> vanished) {
        if (!vanished.isEmpty()) {
            lost.addAll(vanished);
            long leftNanos = timeout.toNanos() - (now.nanos() - beganNanos);
            backByNanos = now.nanos() + Math.min(LOST_NANOS, Math.max(0, leftNanos / 2));
        } else if (lost.isEmpty()) {
            met.addAll(state.members());
        }
    }

    /** Whether somebody that may have had the room has vanished without a word. */
    boolean lostSomebody() {
        return !lost.isEmpty();
    }

    /**
     * A member tells all that it joins: it has never had the room, though it may have vanished before it could say so. Not if it tells us
     * alone: what was sent so before a cut comes after it, and meanwhile its sender may have come in.
     */
    void joins(long member) {
        if (lost.remove(member) && lost.isEmpty()) {
            met.addAll(state.members());
        }
    }

    /** One who is in the room says who it is. */
    void onPresence(long from, Presence presence) {
        // By its own clock, and ours: when it said so we had been joining for no longer than we have now.
        if (presence.roomMillis() - presence.joinedAtMillis() >= (now.nanos() - beganNanos) / NANOS_A_MILLI) {
            older.add(from);
        }
    }

    /** A round with one failed, or did not bring what it was begun for. */
    void failed(long peer) {
        failures.merge(peer, 1, Integer::sum);
    }

    int failures(long peer) {
        return failures.getOrDefault(peer, 0);
    }

    /**
     * One of those who answered, at random among those who failed least, or 0. Until the state is here, not at once one that may have
     * got, or begun, the room after our join began: where somebody was lost one that was met later may have begun alone while
     * those who have the room were out of its sight too.
     *
     * @param live those who are in the room
     * @param synced whether the state is here
     * @param allAnswered whether no other answer is waited for
     */
    long pick(List<Long> live, boolean synced, boolean allAnswered) {
        boolean all = synced || lost.isEmpty() || now.nanos() - backByNanos > 0;
        List<Long> eligible = live.stream().filter(id -> all || met.contains(id)).toList();
        List<Long> elder = synced ? eligible : eligible.stream().filter(older::contains).toList();
        List<Long> from = elder.isEmpty() && allAnswered ? eligible : elder;
        int fewest = from.stream().mapToInt(this::failures).min().orElse(0);
        List<Long> best = from.stream().filter(id -> failures(id) == fewest).toList();
        return best.isEmpty() ? 0 : best.get((int) Math.floorMod(state.self(), (long) best.size()));
    }
}
