package dev.parlor.sim;

import dev.parlor.sim.SimNetwork.Channel;
import dev.parlor.sim.SimNetwork.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * What JGroups sends again, where frames that a cut has stopped are not lost. Frames to one (UNICAST3) arrive once the cut is over, in
 * their order, also if sender and receiver lost sight of each other meanwhile; before, with, or after what was sent since to all.
 * Frames to all (NAKACK2) do so if neither lost sight of the other. And a program that sends across a cut may be stuck in that: by TCP
 * it waits until its connection is given up.
 */
final class Resending {
    /** So often it is tried. */
    private static final long AGAIN_NANOS = 100 * Scheduler.MILLI;
    private static final int STUCK_ONE_IN = 4;
    private static final int SHORTEST_STUCK_MILLIS = 1_000;
    /** Less than after which whoever waits for a message gives up. */
    private static final int LONGEST_STUCK_MILLIS = 4_000;
    private static final int LATE_ONE_IN = 10;
    /** More than that. */
    private static final int LATEST_MILLIS = 7_000;

    /** @param partings how often sender and receiver had lost sight of each other by then */
    private record Stopped(byte[] frame, int partings) {}

    private final SimNetwork network;
    private final Scheduler scheduler;
    private final Random random;
    private final boolean on;
    private final Map<Channel, Deque<Stopped>> stopped = new HashMap<>();

    Resending(SimNetwork network, Scheduler scheduler, Random random, boolean on) {
        this.network = network;
        this.scheduler = scheduler;
        this.random = random;
        this.on = on;
    }

    /** Whether frames to one are handed over to who does not see their sender yet, as it gets its view by another thread. */
    boolean comesBeforeTheView(boolean toAll) {
        return on && !toAll;
    }

    /** Whether a frame is not sent now, as it is cut off or others before it are. */
    boolean stops(Channel channel, boolean cut, byte[] frame) {
        if (!on || !cut && !stopped.containsKey(channel)) {
            return false;
        }
        if (cut && !channel.toAll() && random.nextInt(STUCK_ONE_IN) == 0) {
            network.members.get(channel.from()).host.beStuck(
                    SHORTEST_STUCK_MILLIS + random.nextInt(LONGEST_STUCK_MILLIS - SHORTEST_STUCK_MILLIS));
        }
        stopped.computeIfAbsent(channel, first -> {
            scheduler.after(AGAIN_NANOS, () -> tryAgain(channel, false));
            return new ArrayDeque<>();
        }).add(new Stopped(frame, network.partings(channel.from(), channel.to())));
        return true;
    }

    /** Frames that are still to be sent. */
    int frames() {
        return stopped.values().stream().mapToInt(Deque::size).sum();
    }

    /** @param late whether it was to succeed before, and took longer */
    private void tryAgain(Channel channel, boolean late) {
        Member from = network.members.get(channel.from());
        Member to = network.members.get(channel.to());
        Deque<Stopped> left = stopped.get(channel);
        int partings = network.partings(from.id, to.id);
        boolean ended = !from.isUp() || !to.isUp();
        left.removeIf(each -> (ended || channel.toAll() && each.partings() != partings) && forget(channel, each));
        if (!left.isEmpty() && (network.isStopped(channel) || !from.view.contains(to.id))) {
            scheduler.after(AGAIN_NANOS, () -> tryAgain(channel, late));
            return;
        }
        if (!late && !channel.toAll() && !left.isEmpty() && random.nextInt(LATE_ONE_IN) == 0) {
            scheduler.after(random.nextInt(LATEST_MILLIS) * Scheduler.MILLI, () -> tryAgain(channel, true));
            return;
        }
        stopped.remove(channel);
        left.forEach(each -> network.transmit(from, to, channel, each.frame()));
    }

    private boolean forget(Channel channel, Stopped lost) {
        network.drop(channel.from(), channel.to(), lost.frame());
        return true;
    }
}
