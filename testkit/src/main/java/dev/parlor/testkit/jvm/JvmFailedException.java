package dev.parlor.testkit.jvm;

/** A JVM of a test has ended otherwise than the test wanted. The message has its exit code and its last output. */
public final class JvmFailedException extends JvmException {
    private static final long serialVersionUID = 1L;

    /** What it ended with. */
    private final int exitCode;

    JvmFailedException(String message, int exitCode) {
        super(message, null);
        this.exitCode = exitCode;
    }

    /**
     * The exit code of the process.
     *
     * @return 0 if it ended well but too early; on Unix 128 and the number of the signal if it was killed, such as 137 for
     *     SIGKILL
     */
    public int exitCode() {
        return exitCode;
    }
}
