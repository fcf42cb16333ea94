package dev.parlor;

/**
 * A key, value, user data, message or the session data in all is over its limit, a batch is more than a quarter of the
 * program's heap, or the room remembers so many removed keys that it takes no new ones. Nothing has changed. Encoding ends at
 * the limit, so that the size named is the least that it can be: what is far too large takes no more memory than the limit.
 */
public final class PayloadTooLargeException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** How many bytes it has as encoded, at least. */
    private final long bytes;
    /** The limit in bytes. */
    private final long limitBytes;

    /**
     * An exception that names the size and the limit.
     *
     * @param what what is too large, for example {@code value of "plan"}
     * @param bytes how many bytes it has as encoded, at least
     * @param limitBytes the limit in bytes
     * @param limitName the component of {@link Limits} that sets the limit
     */
    public PayloadTooLargeException(String what, long bytes, long limitBytes, String limitName) {
        super(named(what, "what is too large") + " has at least " + bytes + " bytes as encoded, " + (bytes - limitBytes)
                + " over the limit of "
                + limitBytes + ": share less (a link or an id instead of the content, several keys instead of one), "
                + "or raise Limits." + named(limitName, "the name of the limit") + " on the builder of the room");
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

    private static String named(String text, String what) {
        return Require.present(text, what, "name it, such as \"value of plan\" and \"valueBytes\"");
    }

    /**
     * The size of what was refused, as far as it was encoded.
     *
     * @return bytes as encoded, at least; more than the limit
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
