package dev.parlor;

/**
 * The thread was interrupted while it waited, in {@link Room#flush}, {@link Room#awaitParticipants} or {@link
 * SessionData#await}. Whatever was written
 * stays written and is still sent. The thread's interrupt flag is set again.
 *
 * <p>Thread-safety: as {@link ParlorException}.
 */
public final class WaitInterruptedException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception that says what was waited for.
     *
     * @param message what was waited for
     * @param cause the interrupt
     */
    public WaitInterruptedException(String message, InterruptedException cause) {
        super(message, Require.present(cause, "the cause", "pass the interrupt that was caught"));
    }
}
