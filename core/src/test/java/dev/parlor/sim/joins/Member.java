package dev.parlor.sim.joins;

import dev.parlor.internal.net.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program on a host of its own: a member of the group once it is connected. It may be stopped for a while, or die. */
final class Member implements Network {
    final long id;
    private final VirtualTime time;
    private final LossyNetwork network;
    /** The view that has been handed to it. */
    private List<Long> view = List.of();
    /** Since when each member of that view has been in it. */
    private final Map<Long, Long> sinceNanos = new HashMap<>();
    private boolean connected;
    private boolean dead;
    private long stoppedUntilNanos;
    private Receiver receiver;
    /** When the view that was agreed on last is handed to it: none overtakes another. */
    private long lastViewNanos;

    Member(long id, VirtualTime time, LossyNetwork network) {
        this.id = id;
        this.time = time;
        this.network = network;
    }

    // ---- the host

    /** Does something at a time, unless it is dead by then; once it is not stopped any more. */
    void at(long nanos, Runnable action) {
        time.at(nanos, () -> {
            if (time.nanos() < stoppedUntilNanos) {
                at(stoppedUntilNanos, action);
            } else if (!dead) {
                action.run();
            }
        });
    }

    void stopUntil(long nanos) {
        stoppedUntilNanos = Math.max(stoppedUntilNanos, nanos);
    }

    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    boolean isStopped() {
        return time.nanos() < stoppedUntilNanos;
    }

    boolean sees(long other) {
        return view.contains(other);
    }

    /** Whether that other has been in its view for so long. */
    boolean hasSeenFor(long other, long nanos) {
        return sees(other) && time.nanos() - sinceNanos.get(other) >= nanos;
    }

    // ---- the network

    /** A view was agreed on, and takes so long to come here. */
    void show(List<Long> agreed, List<List<Long>> sides, long delayNanos) {
        lastViewNanos = Math.max(lastViewNanos, time.nanos() + delayNanos);
        at(lastViewNanos, () -> {
            if (connected) {
                view = agreed;
                sinceNanos.keySet().retainAll(agreed);
                agreed.forEach(other -> sinceNanos.putIfAbsent(other, time.nanos()));
                network.shown(this, agreed);
                receiver.onView(new View(agreed, sides));
            }
        });
    }

    void hear(Member from, boolean toAll, byte[] frame) {
        // What is sent to all is for the members of one view; what is sent to one may come before the view that both are in.
        if (connected && (!toAll || sees(from.id))) {
            receiver.onFrame(from.id, toAll, frame, 0, frame.length);
        }
    }

    @Override
    public long self() {
        return id;
    }

    @Override
    public void connect(Receiver to) {
        receiver = to;
        connected = true;
        network.connected(this);
    }

    @Override
    public void sendToAll(byte[] frame) {
        view.stream().filter(other -> other != id).forEach(other -> network.carry(this, other, true, frame));
    }

    @Override
    public void send(long member, byte[] frame) {
        if (sees(member)) {
            network.carry(this, member, false, frame);
        }
    }

    @Override
    public void lookForOthers() {
        network.exclude(this);
    }

    @Override
    public void close() {
        if (connected) {
            connected = false;
            network.gone(this, 0);
        }
    }
}
