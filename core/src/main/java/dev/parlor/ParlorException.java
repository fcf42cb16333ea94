package dev.parlor;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Parlor throws. Unchecked; each case is a subclass with a name of its own. An exception
 * thrown by a call is thrown before the call has changed anything.
 *
 * <p>Thread-safety: immutable but for what {@link Throwable} itself keeps.
 */
public class ParlorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message that says what happened and what to do.
     *
     * @param message what happened, the value, the limit, and what to do
     */
    protected ParlorException(String message) {
        super(Require.message(message));
    }

    /**
     * An exception with a message and the exception behind it.
     *
     * @param message what happened, the value, the limit, and what to do
     * @param cause what was thrown below, or null
     */
    @SuppressWarnings("exports") // of the annotation, which no user needs
    protected ParlorException(String message, @Nullable Throwable cause) {
        super(Require.message(message), cause);
    }
}
