package dev.parlor;

/**
 * A key, value, user data, message or the session data in all is over its limit, or the room remembers so many removed keys
 * that it takes no new ones. Nothing has changed.
 */
public final class PayloadTooLargeException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** Its size in bytes as encoded. */
    private final long bytes;
    /** The limit in bytes. */
    private final long limitBytes;

    /**
     * An exception that names the size and the limit.
     *
     * @param what what is too large, for example {@code value of "plan"}
     * @param bytes its size in bytes as encoded
     * @param limitBytes the limit in bytes
     * @param limitName the component of {@link Limits} that sets the limit
     */
    public PayloadTooLargeException(String what, long bytes, long limitBytes, String limitName) {
        super(what + " has " + bytes + " bytes as encoded, " + (bytes - limitBytes) + " over the limit of "
                + limitBytes + ": share less (a link or an id instead of the content, several keys instead of one), "
                + "or raise Limits." + limitName + " on the builder of the room");
        this.bytes = bytes;
        this.limitBytes = limitBytes;
    }

    /**
     * An exception that says all by itself.
     *
     * @param message what is too large, the limit, and what to do
     * @param bytes its size in bytes
     * @param limitBytes the limit in bytes
     */
    public PayloadTooLargeException(String message, long bytes, long limitBytes) {
        super(message);
        this.bytes = bytes;
        this.limitBytes = limitBytes;
    }

    /**
     * The size of what was refused.
     *
     * @return bytes as encoded
     */
    public long bytes() {
        return bytes;
    }

    /**
     * The limit it is over.
     *
     * @return bytes
     */
    public long limitBytes() {
        return limitBytes;
    }
}
