package dev.parlor;

/** An argument that can never be right, such as a null key or a blank room name. Nothing has changed. */
public final class InvalidArgumentException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception for one argument.
     *
     * @param message which argument, its value, and what to pass instead
     */
    public InvalidArgumentException(String message) {
        super(message);
    }
}
