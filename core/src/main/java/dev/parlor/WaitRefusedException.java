package dev.parlor;

/**
 * A call that waits was made where waiting would hold up others: {@link SessionData#await} in a listener or handler, during which no
 * other listener of the room is called. Nothing has changed.
 *
 * <p>Thread-safety: as {@link ParlorException}.
 */
public final class WaitRefusedException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what to do instead.
     *
     * @param message what was to be waited for, where, and what to do instead
     */
    public WaitRefusedException(String message) {
        super(message);
    }
}
