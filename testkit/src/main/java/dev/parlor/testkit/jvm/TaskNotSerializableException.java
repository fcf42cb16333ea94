package dev.parlor.testkit.jvm;

import org.jspecify.annotations.Nullable;

/**
 * A task captures something that cannot travel to another JVM. No process was started. The message names what it is and
 * what to do.
 */
public final class TaskNotSerializableException extends JvmException {
    private static final long serialVersionUID = 1L;

    TaskNotSerializableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
