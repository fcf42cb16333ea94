package dev.parlor.testkit.jvm;

import dev.parlor.ParlorException;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of a test could not be started, or did not do what the test asked of it. The message names the JVM. Unchecked;
 * the cases that a test may want to tell apart are subclasses.
 *
 * <p>Thread-safety: immutable but for what {@link Throwable} itself keeps.
 */
public class JvmException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message and the exception behind it.
     *
     * @param message what happened, to which JVM, and what to do
     * @param cause what was thrown below, or null
     */
    @SuppressWarnings("exports") // of the annotation, which no user needs
    protected JvmException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
