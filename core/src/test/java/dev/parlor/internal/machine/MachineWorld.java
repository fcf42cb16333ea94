package dev.parlor.internal.machine;

import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Machines, and what is between them: frames take their time, those of one sender in order (to all and to one apart) and those of
 * several in any, may be lost or come twice; the network falls into parts that meet again; members come, leave, vanish, or never
 * say who they are. Frames are handed over as they are, without being encoded. All of it follows from a seed.
 */
final class MachineWorld implements MachinePeer.World {
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    private static final int SLOWEST_MILLIS = 40;

    private record Due(long millis, long order, Runnable action) {}

    private record Channel(long from, long to, boolean toAll) {}

    final Random random;
    /** Those that neither have left nor vanished, the longest first. */
    final List<MachinePeer> peers = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
    /** When the last frame of a channel arrives. */
    private final Map<Channel, Long> arrivals = new HashMap<>();
    /** Of each member, silent ones among them, the part of the network that it is in. */
    private final Map<Long, Integer> parts = new LinkedHashMap<>();
    private long millis = BEGIN_MILLIS;
    private long order;
    private int views;
    /** In a hundred. */
    int lossPercent;
    int doublePercent;
    /** From whom to whom nothing comes. */
    BiPredicate<Long, Long> loses = (from, to) -> false;

    MachineWorld(long seed) {
        random = new Random(seed);
    }

    long millis() {
        return millis;
    }

    /** How often members have come, gone, parted or met. */
    int views() {
        return views;
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        due.add(new Due(millis + Math.max(1, delayMillis), order++, action));
    }

    @Override
    public void send(long from, Long to, Frame.Numbered frame) {
        for (MachinePeer peer : peers) {
            if (peer.id != from && (to == null || to == peer.id) && sees(from, peer.id)
                    && random.nextInt(100) >= lossPercent && !loses.test(from, peer.id)) {
                for (int copies = random.nextInt(100) < doublePercent ? 2 : 1; copies > 0; copies--) {
                    carry(from, to == null, peer, frame);
                }
            }
        }
    }

    private void carry(long from, boolean toAll, MachinePeer peer, Frame.Numbered frame) {
        Channel channel = new Channel(from, peer.id, toAll);
        long at = Math.max(arrivals.getOrDefault(channel, 0L), millis + 1 + random.nextInt(SLOWEST_MILLIS));
        arrivals.put(channel, at);
        due.add(new Due(at, order++, () -> {
            if (sees(from, peer.id)) {
                peer.frame(from, toAll, frame);
            }
        }));
    }

    private boolean sees(long one, long other) {
        return parts.containsKey(one) && parts.get(one).equals(parts.get(other));
    }

    // ---- members

    /** One more begins to join, in the part that the first is in. */
    MachinePeer join(long id) {
        return join(new MachinePeer(id, this, this::millis));
    }

    MachinePeer join(MachinePeer peer) {
        peers.add(peer);
        enter(peer.id);
        return peer;
    }

    /** A member comes in that never says who it is. */
    void enter(long id) {
        int part = parts.values().stream().findFirst().orElse(0);
        parts.put(id, part);
        show(part, List.of());
    }

    /** A member is gone, with or without a word. */
    void gone(MachinePeer peer) {
        peers.remove(peer);
        Integer part = parts.remove(peer.id);
        if (part != null) {
            show(part, List.of());
        }
    }

    /** The network falls into so many parts, some of which may be empty. */
    void part(int count) {
        parts.replaceAll((id, part) -> random.nextInt(count));
        parts.values().stream().distinct().forEach(part -> show(part, List.of()));
    }

    /** These see the others no more. */
    void cut(Long... those) {
        parts.replaceAll((id, part) -> List.of(those).contains(id) ? 1 : 0);
        parts.values().stream().distinct().forEach(part -> show(part, List.of()));
    }

    /** The parts meet, all at once, or two of them. */
    void meet(boolean all) {
        Map<Integer, List<Long>> sides = new TreeMap<>();
        parts.forEach((id, part) -> sides.computeIfAbsent(part, each -> new ArrayList<>()).add(id));
        List<Integer> meeting = new ArrayList<>(sides.keySet());
        Collections.shuffle(meeting, random);
        meeting = all ? meeting : meeting.subList(0, Math.min(2, meeting.size()));
        if (meeting.size() < 2) {
            return;
        }
        int into = meeting.get(0);
        List<List<Long>> met = meeting.stream().map(sides::get).toList();
        List<Integer> parted = meeting;
        parts.replaceAll((id, part) -> parted.contains(part) ? into : part);
        show(into, met);
    }

    /** All see all. */
    void heal() {
        meet(true);
    }

    /** The members of a part get a view: those of the first side first. */
    private void show(int part, List<List<Long>> sides) {
        views++;
        List<Long> members = sides.isEmpty()
                ? parts.keySet().stream().filter(id -> parts.get(id) == part).toList()
                : sides.stream().flatMap(List::stream).toList();
        List.copyOf(peers).stream().filter(peer -> members.contains(peer.id)).forEach(peer -> peer.view(members, sides));
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
