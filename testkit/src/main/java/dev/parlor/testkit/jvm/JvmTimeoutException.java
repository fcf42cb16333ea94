package dev.parlor.testkit.jvm;

/** A JVM of a test did not do in time what was awaited of it. It runs on. The message has its last output. */
public final class JvmTimeoutException extends JvmException {
    private static final long serialVersionUID = 1L;

    JvmTimeoutException(String message) {
        super(message, null);
    }
}
