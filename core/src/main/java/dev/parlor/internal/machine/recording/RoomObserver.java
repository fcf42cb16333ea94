package dev.parlor.internal.machine.recording;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.StateDelta;

/**
 * Hears what makes a room hold what it holds, for recordings: what passes between it and its network, on the threads that send
 * and receive, without the room's lock; and what is done to its session data here, under the lock. Must not block.
 */
public interface RoomObserver {
    /** A frame has come. The bytes must not be kept. */
    void received(long from, boolean toAll, byte[] bytes, int offset, int length);

    /** A frame was handed to the network. The bytes must not be changed. */
    void sent(long to, boolean toAll, byte[] frame);

    /** Members have come or gone. */
    void view(Network.View view);

    /**
     * Session data was merged into what the room holds. Under the lock.
     *
     * @param here whether it was written here
     */
    void applied(StateDelta delta, boolean here);

    /** Keys removed up to a time were forgotten here. Under the lock. */
    void compacted(long time);
}
