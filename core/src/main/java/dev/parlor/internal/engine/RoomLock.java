package dev.parlor.internal.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a room. Nothing but memory is worked on under it, for a microsecond or some tens of them: so who finds it taken
 * looks again for about as long before it goes to sleep, since going to sleep and being woken takes longer, and a writer
 * and its sender, which meet here with every frame, would do nothing else.
 */
final class RoomLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    /** Looks before sleeping: 10 to 40 µs, by the machine. More is lost where the holder has no core to go on. */
    private static final int LOOKS = 1_000;

    @Override
    public void lock() {
        for (int i = 0; i < LOOKS; i++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        super.lock();
    }
}
