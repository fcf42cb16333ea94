package dev.parlor;

/**
 * Too many messages wait to be sent (the network is slow, or the listeners of a participant are) and the room was built with
 * {@link RoomBuilder#failWhenOutboxFull()}. The message has not been sent. Session data and user data never meet this
 * limit, since they conflate.
 */
public final class OutboxFullException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with the numbers.
     *
     * @param messages messages waiting
     * @param bytes their bytes
     */
    public OutboxFullException(int messages, long bytes) {
        super(messages + " messages (" + bytes + " bytes) wait to be sent, which is the limit: send less often, "
                + "wait for room.flush(…), or build the room without failWhenOutboxFull() so that send waits");
    }
}
