package dev.parlor.internal.room;

import dev.parlor.internal.net.Network;

/**
 * Hears what passes between a room and its network, for recordings. Called on the threads that send and receive, without the
 * room's lock; must not block.
 */
public interface RoomObserver {
    /** A frame has come. The bytes must not be kept. */
    void received(long from, boolean toAll, byte[] bytes, int offset, int length);

    /** A frame was handed to the network. The bytes must not be changed. */
    void sent(long to, boolean toAll, byte[] frame);

    /** Members have come or gone. */
    void view(Network.View view);
}
