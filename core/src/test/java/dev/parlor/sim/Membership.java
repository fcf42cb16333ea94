package dev.parlor.sim;

import dev.parlor.sim.SimNetwork.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Who is in whose view: found out late, as by JGroups' failure detection, and told to each member at a moment of its own.
 * Times are those of the stacks that Parlor ships, scaled so that short cuts go unnoticed and longer ones do not.
 */
final class Membership {
    private static final long MILLI = Scheduler.MILLI;
    /** A stopped program is expelled after this time. */
    static final long EXPELLED_NANOS = 7_000 * MILLI;

    private static final int LATE_MILLIS = 5_000;
    private static final int FINDS_NOBODY_ONE_IN = 6;
    private static final int FORGETS_ONE_IN = 6;

    private final SimNetwork network;
    private final Scheduler scheduler;
    private final Random random;
    private boolean slow;
    private long unnoticedUntilNanos;

    Membership(SimNetwork network, Scheduler scheduler, Random random, boolean slow) {
        this.slow = slow;
        this.network = network;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** From now on all find all, and none is left out. */
    void beFair() {
        slow = false;
    }

    /** Finds the others, or, on a slow network, at first nobody. */
    void joined(Member joiner) {
        if (slow && random.nextInt(FINDS_NOBODY_ONE_IN) == 0) {
            install(List.of(joiner), List.of(joiner.id), List.of());
            reconcileWithin(300, 2_500);
        } else {
            reconcileWithin(5, 60);
        }
    }

    void left() {
        reconcileWithin(1, 20);
    }

    void killed() {
        reconcileWithin(300, 1_500);
    }

    /** @param late whether nobody notices at once, though somebody join or leave meanwhile */
    void cut(boolean late) {
        if (late) {
            unnoticedUntilNanos = scheduler.nanos() + LATE_MILLIS * MILLI;
        }
        reconcileWithin(late ? LATE_MILLIS : 1_000, late ? LATE_MILLIS + 200 : 7_000);
    }

    void healed() {
        reconcileWithin(300, 2_500);
    }

    void paused() {
        scheduler.after(EXPELLED_NANOS, this::reconcile);
    }

    /** Gives up its view, as {@link dev.parlor.internal.net.Network#lookForOthers()}. */
    void alone(Member member) {
        member.forgotten = false;
        install(List.of(member), List.of(member.id), List.of());
        healed();
    }

    private void reconcileWithin(int least, int most) {
        scheduler.after((least + random.nextInt(most - least)) * MILLI, this::reconcile);
    }

    /** Sees who can talk to whom by now, and has each group agree on a view if it is another than before. */
    private void reconcile() {
        for (List<Member> group : groups()) {
            Map<List<Long>, List<Member>> sides = new LinkedHashMap<>();
            List<Member> fresh = new ArrayList<>();
            for (Member member : group) {
                if (member.agreed.isEmpty()) {
                    fresh.add(member);
                } else {
                    sides.computeIfAbsent(member.agreed, view -> new ArrayList<>()).add(member);
                }
            }
            List<List<Member>> ordered = new ArrayList<>(sides.values());
            Collections.shuffle(ordered, random);
            Set<Long> view = new LinkedHashSet<>();
            for (List<Member> side : ordered) {
                side.sort((a, b) -> Integer.compare(a.agreed.indexOf(a.id), b.agreed.indexOf(b.id)));
                side.forEach(member -> view.add(member.id));
            }
            fresh.forEach(member -> view.add(member.id));
            if (ordered.size() > 1) {
                forgetSomebody(group, view, ordered.stream().map(side -> side.get(0).id).toList());
            }
            List<List<Long>> merged = ordered.stream()
                    .map(side -> side.stream().map(member -> member.id).filter(view::contains).toList()).toList();
            install(group, new ArrayList<>(view), merged.size() > 1 ? merged : List.of());
        }
    }

    /** One that is not the first of its side may be left out, as happens when it has only just joined that side. */
    private void forgetSomebody(List<Member> group, Set<Long> view, List<Long> representatives) {
        if (slow && random.nextInt(FORGETS_ONE_IN) == 0) {
            group.stream().filter(each -> !representatives.contains(each.id) && !each.agreed.isEmpty()).findFirst()
                    .ifPresent(each -> {
                        each.forgotten = true;
                        group.remove(each);
                        view.remove(each.id);
                    });
        }
    }

    private void install(List<Member> group, List<Long> view, List<List<Long>> sides) {
        if (group.stream().allMatch(member -> member.agreed.equals(view))) {
            return;
        }
        for (Member member : group) {
            boolean same = member.agreed.size() == view.size() && member.agreed.containsAll(view);
            if (same && sides.isEmpty()) {
                continue;
            }
            member.agreed = view;
            long delay = member.view.isEmpty() ? 0 : random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(20);
            long at = Math.max(member.lastViewNanos, scheduler.nanos() + delay * MILLI);
            member.lastViewNanos = at;
            member.host.at(at, () -> {
                if (member.connected) {
                    member.installView(view, sides);
                }
            });
        }
    }

    /** Groups in which everybody reaches everybody. */
    private List<List<Member>> groups() {
        List<List<Member>> groups = new ArrayList<>();
        for (Member member : network.connected()) {
            if (member.forgotten) {
                continue;
            }
            List<Member> found = null;
            for (List<Member> group : groups) {
                if (group.stream().noneMatch(other -> apart(member, other))) {
                    found = group;
                    break;
                }
            }
            if (found == null) {
                found = new ArrayList<>();
                groups.add(found);
            }
            found.add(member);
        }
        return groups;
    }

    private boolean apart(Member one, Member other) {
        return scheduler.nanos() >= unnoticedUntilNanos && network.isCut(one.id, other.id) || one.host.isSilentFor(EXPELLED_NANOS)
                || other.host.isSilentFor(EXPELLED_NANOS);
    }
}
