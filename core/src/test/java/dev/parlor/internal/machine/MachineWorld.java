package dev.parlor.internal.machine;

import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Machines, and what is between them: frames take their time and may be lost, and a cut parts them until it heals. Frames are handed
 * over as they are, without being encoded. All of it follows from a seed.
 */
final class MachineWorld implements MachinePeer.World {
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    private static final int SLOWEST_MILLIS = 40;

    private record Due(long millis, long order, Runnable action) {}

    final Random random;
    final List<MachinePeer> peers = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
    /** When the last frame from one to another arrives: frames between two keep their order. */
    private final Map<List<Long>, Long> arrivals = new HashMap<>();
    private Set<Long> apart = Set.of();
    private long millis = BEGIN_MILLIS;
    private long order;
    /** In a hundred. */
    int lossPercent;

    MachineWorld(long seed) {
        random = new Random(seed);
    }

    long millis() {
        return millis;
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        due.add(new Due(millis + Math.max(1, delayMillis), order++, action));
    }

    @Override
    public void send(long from, Long to, Frame.Numbered frame) {
        for (MachinePeer peer : peers) {
            if (peer.id != from && (to == null || to == peer.id) && sees(from, peer.id)
                    && random.nextInt(100) >= lossPercent) {
                long at = Math.max(arrivals.getOrDefault(List.of(from, peer.id), 0L), millis + 1 + random.nextInt(SLOWEST_MILLIS));
                arrivals.put(List.of(from, peer.id), at);
                due.add(new Due(at, order++, () -> {
                    if (sees(from, peer.id)) {
                        peer.frame(from, to == null, frame);
                    }
                }));
            }
        }
    }

    private boolean sees(long one, long other) {
        return apart.contains(one) == apart.contains(other);
    }

    /** One more begins to join. */
    MachinePeer join(long id) {
        MachinePeer peer = new MachinePeer(id, this, () -> millis);
        peers.add(peer);
        side(apart.contains(id)).forEach(each -> each.view(members(apart.contains(id)), List.of()));
        return peer;
    }

    /** These see the others no more. */
    void cut(Set<Long> those) {
        apart = new HashSet<>(those);
        for (boolean inside : new boolean[] {false, true}) {
            side(inside).forEach(each -> each.view(members(inside), List.of()));
        }
    }

    /** All see all. */
    void heal() {
        List<List<Long>> sides = new ArrayList<>(List.of(members(false), members(true)));
        sides.removeIf(List::isEmpty);
        apart = Set.of();
        List<Long> all = peers.stream().map(each -> each.id).toList();
        peers.forEach(each -> each.view(all, sides.size() > 1 ? sides : List.of()));
    }

    private List<MachinePeer> side(boolean inside) {
        return peers.stream().filter(each -> apart.contains(each.id) == inside).toList();
    }

    private List<Long> members(boolean inside) {
        return side(inside).stream().map(each -> each.id).toList();
    }

    /** Time passes. */
    void pass(long span) {
        long end = millis + span;
        while (!due.isEmpty() && due.peek().millis() <= end) {
            Due next = due.poll();
            millis = Math.max(millis, next.millis());
            next.action().run();
        }
        millis = end;
    }
}
