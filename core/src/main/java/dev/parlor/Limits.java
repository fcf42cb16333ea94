package dev.parlor;

/**
 * How much may be shared, in bytes as encoded. Enforced at the writer, before anything has changed; a receiver takes
 * what was written, or replicas would differ. So give all participants the same limits. Immutable and thread-safe.
 *
 * @param keyBytes one key in UTF-8; 1 KiB, a key is a name and not a place for content
 * @param valueBytes one value; 1 MiB, since a value travels whole each time it changes
 * @param sessionDataBytes all keys and values together; 64 MiB, since every participant holds all of it in memory and a
 *     joiner waits for all of it
 * @param userDataBytes one participant's user data; 64 KiB, since it travels whole each time it changes, often many
 *     times a second
 * @param messageBytes one message, request or answer; 1 MiB
 */
public record Limits(int keyBytes, int valueBytes, long sessionDataBytes, int userDataBytes, int messageBytes) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * 1024;
    /** The largest limit of one thing: it must fit one frame, and a frame one array. */
    private static final int MAX_ONE = 256 * MIB;
    /** The largest limit of session data in all: a replace of everything is one frame. */
    private static final long MAX_SESSION_DATA = 1024L * MIB;

    /**
     * Checks that each limit is positive and not over what one frame can carry.
     *
     * @param keyBytes one key
     * @param valueBytes one value
     * @param sessionDataBytes all keys and values
     * @param userDataBytes one participant's user data
     * @param messageBytes one message
     */
    public Limits {
        check("keyBytes", keyBytes, 64 * KIB);
        check("valueBytes", valueBytes, MAX_ONE);
        check("sessionDataBytes", sessionDataBytes, MAX_SESSION_DATA);
        check("userDataBytes", userDataBytes, MAX_ONE);
        check("messageBytes", messageBytes, MAX_ONE);
    }

    /**
     * The limits of a room that says nothing else: 1 KiB, 1 MiB, 64 MiB, 64 KiB, 1 MiB.
     *
     * @return the defaults
     */
    public static Limits defaults() {
        return new Limits(KIB, MIB, 64L * MIB, 64 * KIB, MIB);
    }

    /**
     * These limits with another one for values.
     *
     * @param bytes the limit
     * @return new limits
     * @throws InvalidArgumentException if it is not positive or over what one frame can carry
     */
    public Limits withValueBytes(int bytes) {
        return new Limits(keyBytes, bytes, sessionDataBytes, userDataBytes, messageBytes);
    }

    /**
     * These limits with another one for the session data in all.
     *
     * @param bytes the limit
     * @return new limits
     * @throws InvalidArgumentException if it is not positive or over what one frame can carry
     */
    public Limits withSessionDataBytes(long bytes) {
        return new Limits(keyBytes, valueBytes, bytes, userDataBytes, messageBytes);
    }

    /**
     * These limits with another one for user data.
     *
     * @param bytes the limit
     * @return new limits
     * @throws InvalidArgumentException if it is not positive or over what one frame can carry
     */
    public Limits withUserDataBytes(int bytes) {
        return new Limits(keyBytes, valueBytes, sessionDataBytes, bytes, messageBytes);
    }

    /**
     * These limits with another one for messages, requests and answers.
     *
     * @param bytes the limit
     * @return new limits
     * @throws InvalidArgumentException if it is not positive or over what one frame can carry
     */
    public Limits withMessageBytes(int bytes) {
        return new Limits(keyBytes, valueBytes, sessionDataBytes, userDataBytes, bytes);
    }

    private static void check(String name, long value, long max) {
        if (value < 1 || value > max) {
            throw new InvalidArgumentException("Limits." + name + " must be 1 to " + max + " bytes, got " + value);
        }
    }
}
