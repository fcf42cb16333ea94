package dev.parlor;

/** A listener's registration. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /**
     * Ends the registration. After it returns no further event is handed to the listener, but one that is being
     * delivered at this moment on another thread may still be running. Calling it again does nothing.
     */
    @Override
    void close();
}
