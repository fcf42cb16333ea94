package dev.parlor;

/** What was waited for did not come in time. Whatever was written stays written. */
public final class RoomTimeoutException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what was waited for.
     *
     * @param message what was waited for, how long, and what was seen instead
     */
    public RoomTimeoutException(String message) {
        super(message);
    }
}
