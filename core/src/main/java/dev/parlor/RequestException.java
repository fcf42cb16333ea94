package dev.parlor;

/** A request got no answer. The future returned by {@link Room#request} completes with it. */
public final class RequestException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Reason {
        /** No answer came within the timeout. The request may or may not have been carried out. */
        TIMEOUT,
        /** The participant left. The request may or may not have been carried out. */
        PARTICIPANT_LEFT,
        /** The participant has no handler for the class of the request. */
        NO_HANDLER,
        /** The handler threw, or returned what cannot be sent; the message says what. */
        HANDLER_FAILED,
        /** The answer is of another class than the one asked for, or of one not registered here. */
        UNEXPECTED_ANSWER,
        /**
         * So much waits for the participant's handlers, or to be sent by it, that the request or its answer was dropped. In the
         * first case it was not carried out.
         */
        BUSY
    }

    /** Why. */
    private final Reason reason;

    /**
     * An exception with a reason.
     *
     * @param reason why, for a program
     * @param message why and what to do, for a person
     */
    public RequestException(Reason reason, String message) {
        super(message);
        this.reason = Require.reason(reason);
    }

    /**
     * Why there is no answer.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
