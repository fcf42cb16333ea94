package dev.parlor.sim;

import dev.parlor.sim.SimNetwork.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongPredicate;

/** Cuts the network: in two by slots, one way, or into several parts that meet at once or one after the other. */
final class Cuts {
    /** Nobody is cut off for longer: beyond the retention removed keys may come back, as documented. */
    private static final long LONGEST_CUT_NANOS = 12_500 * Scheduler.MILLI;
    /** Within this time after a healing all have found each other; a cut before prolongs the one before. */
    private static final long HEALED_NANOS = 3_500 * Scheduler.MILLI;

    private final World world;
    private final SimNetwork network;
    private final Scheduler scheduler;
    /** The part of each slot, while the network is in several. */
    private final Map<Integer, Integer> parts = new HashMap<>();
    private long cutSinceNanos;
    private long healedNanos = -HEALED_NANOS;
    private boolean cut;

    Cuts(World world, SimNetwork network) {
        this.world = world;
        this.network = network;
        this.scheduler = world.scheduler;
    }

    void perform(Step step) {
        switch (step.op()) {
            case PARTITION -> begin(() -> partition(step.a()));
            case ONE_WAY -> begin(() -> oneWay(step.a(), step.b()));
            case SPLIT -> begin(() -> split(step.a(), step.b()));
            case MEET -> meet(step.a(), step.b());
            default -> heal();
        }
    }

    /** The part of a slot while the network is in several, or null. */
    Integer partOf(int slot) {
        return parts.get(slot);
    }

    /** Whether all can reach each other, and have found each other. */
    boolean isHealed() {
        return !cut && scheduler.nanos() - healedNanos >= HEALED_NANOS;
    }

    private void begin(Runnable how) {
        long now = scheduler.nanos();
        if (!cut && now - healedNanos >= HEALED_NANOS) {
            cutSinceNanos = now;
        }
        long left = cutSinceNanos + LONGEST_CUT_NANOS - now;
        if (left > 0) {
            cut = true;
            world.trouble();
            world.history.partitions++;
            how.run();
            scheduler.after(left, this::heal);
        }
    }

    /** Cuts the network in two by slots. */
    private void partition(int mask) {
        cutBetween(slot -> mask >> slot & 1);
    }

    /** Cuts the network into so many parts. */
    private void split(int count, int seed) {
        Random random = new Random(seed);
        for (int slot = 0; slot < Schedule.SLOTS; slot++) {
            parts.put(slot, random.nextInt(count));
        }
        cutBetween(slot -> parts.get((int) slot));
    }

    /** Two parts meet; the others are still to come. */
    private void meet(int one, int other) {
        if (!cut || parts.isEmpty()) {
            return;
        }
        List<Integer> there = parts.values().stream().distinct().sorted().toList();
        int kept = there.get(one % there.size());
        int joined = there.get(other % there.size());
        parts.replaceAll((slot, part) -> part == joined ? kept : part);
        LongPredicate met = id -> parts.get(world.slotOf(id)) == kept;
        network.heal(met, met);
        network.membership().healed();
    }

    private void cutBetween(java.util.function.LongUnaryOperator partOf) {
        List<Member> all = network.connected();
        for (Member one : all) {
            for (Member other : all) {
                if (partOf.applyAsLong(world.slotOf(one.id)) != partOf.applyAsLong(world.slotOf(other.id))) {
                    network.cut(one.id, other.id);
                }
            }
        }
        network.membership().cut(world.kind.forgetsSoon());
    }

    private void oneWay(int from, int to) {
        List<Member> all = network.connected();
        if (all.size() > 1) {
            network.cut(all.get(from % all.size()).id, all.get(to % all.size()).id);
            network.membership().cut(world.kind.forgetsSoon());
        }
    }

    /**
     * Whoever sees no more than half of those whom it has met and who are there is not in sync, and knows that it may not be. Only
     * who vanished within half a minute counts (docs/decisions/0031), so not where hours have passed between two losses.
     */
    private void checkClaims() {
        if (world.passedMillis() > 0) {
            return;
        }
        for (Participant each : world.everybody) {
            if (!each.isUp() || each.host.isPaused() || !each.witness.isInFor(0)) {
                continue;
            }
            long present = each.peer.room().participants().size();
            long missed = each.witness.missedTogether(world.everybody.stream().filter(Participant::isUp).map(other -> other.id).toList());
            if (missed >= present && each.peer.room().stats().inSync()) {
                world.history.found(History.Wrong.VIOLATION, scheduler, each + " claims to be in sync, sees " + present
                        + " and misses " + missed);
            }
        }
    }

    void heal() {
        if (cut) {
            checkClaims();
            cut = false;
            healedNanos = scheduler.nanos();
        }
        parts.clear();
        network.healAll();
        network.membership().healed();
    }
}
