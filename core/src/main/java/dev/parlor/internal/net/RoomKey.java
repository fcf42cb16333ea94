package dev.parlor.internal.net;

/** The key of a room's passphrase, which may still be on its way. Thread-safe. */
public interface RoomKey extends AutoCloseable {
    /**
     * A copy of the key, for which it waits.
     *
     * @throws IllegalStateException if it was closed
     */
    byte[] get();

    /** It is not needed any more. Calling it again does nothing. */
    @Override
    void close();
}
