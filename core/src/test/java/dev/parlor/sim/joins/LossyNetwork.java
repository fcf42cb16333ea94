package dev.parlor.sim.joins;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What JGroups gives where packets are lost: between members of one view every frame arrives, those of one sender in order (to all
 * and to one apart), and some very late. Views come late as well, to each member at a time of its own; members are excluded by
 * mistake, and groups that were parted meet again.
 */
final class LossyNetwork {
    private static final long MILLI = VirtualTime.MILLI;
    private static final int VIEW_BYTES = 200;
    private static final int LONGEST_APART_MILLIS = 6_000;
    private static final int DOUBLED_ONE_IN = 50;

    private record Channel(long from, long to, boolean toAll) {}

    private final VirtualTime time;
    private final Random random;
    private final Loss loss;
    private final Map<Long, Member> members = new LinkedHashMap<>();
    private final Map<Channel, Long> arrivals = new HashMap<>();
    /** Who is in one view, or will be; the longest there first. */
    private final List<List<Member>> groups = new ArrayList<>();
    /** By member all that were in a view that it had. */
    private final Map<Long, Set<Long>> seen = new HashMap<>();
    private final Set<Long> alone = new HashSet<>();
    /** No packet is lost. */
    private boolean calm = true;

    LossyNetwork(VirtualTime time, Random random, Loss loss) {
        this.time = time;
        this.random = random;
        this.loss = loss;
    }

    Member member(long id) {
        Member member = new Member(id, time, this);
        members.put(id, member);
        return member;
    }

    private long delay(int bytes) {
        return (calm ? new Loss(0) : loss).delayNanos(random, bytes);
    }

    /** A time that is as long as this more often than not, and sometimes much longer. */
    private long within(int millis) {
        return (1 + random.nextInt(millis)) * MILLI + delay(VIEW_BYTES);
    }

    /** From now on packets are lost. */
    void lose() {
        calm = false;
    }

    /** No packet is lost any more, and all meet. */
    void calmDown() {
        calm = true;
        meet();
    }

    // ---- frames

    void carry(Member from, long to, boolean toAll, byte[] frame) {
        Member receiver = members.get(to);
        Channel channel = new Channel(from.id, to, toAll);
        for (int copies = random.nextInt(DOUBLED_ONE_IN) == 0 ? 2 : 1; copies > 0; copies--) {
            long at = Math.max(arrivals.getOrDefault(channel, 0L), time.nanos() + delay(frame.length));
            arrivals.put(channel, at);
            // Of what a member that dies has sent last, some arrives.
            boolean survives = random.nextBoolean();
            receiver.at(at, () -> {
                if (survives || !from.isDead()) {
                    receiver.hear(from, toAll, frame);
                }
            });
        }
    }

    // ---- who is in whose view

    /** It finds a group after a while, or none. */
    void connected(Member joiner) {
        // All of some questions and answers may be lost.
        boolean findsNobody = groups.isEmpty() || !calm && random.nextDouble() < loss.share() / 4;
        joiner.at(time.nanos() + (groups.isEmpty() ? 0 : within(30)), () -> {
            if (findsNobody || groups.isEmpty()) {
                groups.add(new ArrayList<>(List.of(joiner)));
                show(List.of(joiner), List.of());
                meetSoon();
            } else {
                List<Member> group = groups.get(random.nextInt(groups.size()));
                group.add(joiner);
                show(group, List.of());
            }
        });
    }

    /** It is no member any more, which is noticed after so long at least. */
    void gone(Member member, long noticedAfterNanos) {
        time.after(noticedAfterNanos + within(20), () -> {
            groups.stream().filter(group -> group.remove(member)).toList().forEach(left -> show(left, List.of()));
            groups.removeIf(List::isEmpty);
        });
    }

    /** The others take it for gone, by mistake, and it them a while later; they meet again. */
    void exclude(Member member) {
        part(List.of(member));
    }

    /** These and the others take each other for gone, and meet again. */
    void part(List<Member> some) {
        for (List<Member> group : List.copyOf(groups)) {
            List<Member> side = new ArrayList<>(group);
            side.retainAll(some);
            if (!side.isEmpty() && side.size() < group.size()) {
                group.removeAll(side);
                groups.add(side);
                show(group, List.of());
                time.after(within(3_000), () -> {
                    if (groups.contains(side)) {
                        show(side, List.of());
                    }
                });
            }
        }
        meetSoon();
    }

    private void meetSoon() {
        time.after(within(LONGEST_APART_MILLIS), this::meet);
    }

    private void meet() {
        List<List<Member>> sides = new ArrayList<>(groups);
        Collections.shuffle(sides, random);
        if (sides.size() > 1) {
            List<List<Long>> merged = sides.stream().map(LossyNetwork::ids).toList();
            groups.clear();
            groups.add(new ArrayList<>(sides.stream().flatMap(List::stream).toList()));
            show(groups.get(0), merged);
        }
    }

    private void show(List<Member> group, List<List<Long>> sides) {
        List<Long> view = ids(group);
        group.forEach(each -> each.show(view, sides, within(10)));
    }

    private static List<Long> ids(List<Member> group) {
        return group.stream().map(each -> each.id).toList();
    }

    void shown(Member member, List<Long> view) {
        if (!seen.containsKey(member.id) && view.size() == 1) {
            alone.add(member.id);
        }
        seen.computeIfAbsent(member.id, id -> new HashSet<>()).addAll(view);
    }

    /** Whether the first view of a member was of itself alone. */
    boolean beganAlone(long id) {
        return alone.contains(id);
    }

    /** Whether one was ever in a view that the other had. */
    boolean hasSeen(long one, long other) {
        return seen.getOrDefault(one, Set.of()).contains(other);
    }
}
