package dev.parlor.internal.lifespan;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes that say how long an entry lives, in front of its value: a zero, with which no encoded value begins; the kind; and for one
 * that ends by itself when that is, in milliseconds of room time, and how long it was to live. A program that does not know of them
 * takes such an entry for a value that it cannot read. Not instantiated.
 */
public final class Lifespan {
    /** What a value that must begin with the number of its class never begins with. */
    private static final byte MARK = 0;
    private static final byte WHILE_PRESENT = 1;
    private static final byte UNTIL = 2;
    private static final int KIND_AT = 1;
    private static final int WHILE_PRESENT_BYTES = 2;
    private static final int END_AT = 2;
    private static final int DURATION_AT = END_AT + Long.BYTES;
    private static final int UNTIL_BYTES = DURATION_AT + Long.BYTES;
    /** Of one that has not been written yet. */
    private static final long NOT_BEGUN = 0;

    private Lifespan() {}

    // ---- made by who writes

    /** A value that lives while its author is present. */
    public static byte[] whilePresent(byte[] value) {
        byte[] encoded = new byte[WHILE_PRESENT_BYTES + value.length];
        encoded[KIND_AT] = WHILE_PRESENT;
        System.arraycopy(value, 0, encoded, WHILE_PRESENT_BYTES, value.length);
        return encoded;
    }

    /** A value that lives for so many milliseconds from when it is written: see {@link #begin}. */
    public static byte[] lasting(byte[] value, long durationMillis) {
        byte[] encoded = new byte[UNTIL_BYTES + value.length];
        encoded[KIND_AT] = UNTIL;
        ByteBuffer.wrap(encoded).putLong(DURATION_AT, durationMillis);
        System.arraycopy(value, 0, encoded, UNTIL_BYTES, value.length);
        return encoded;
    }

    /** It is written now, in room time. What has been written before, as what an undo brings back, keeps its end. */
    public static void begin(byte[] encoded, long roomMillis) {
        if (ends(encoded) && endMillis(encoded) == NOT_BEGUN) {
            ByteBuffer.wrap(encoded).putLong(END_AT, roomMillis + durationMillis(encoded));
        }
    }

    // ---- read by all

    /** Whether an encoded value has a limited life. What looks like one and is none that is known here is not: it cannot be read. */
    public static boolean isLimited(byte[] encoded) {
        return encoded.length > WHILE_PRESENT_BYTES && encoded[0] == MARK
                && (encoded[KIND_AT] == WHILE_PRESENT || encoded[KIND_AT] == UNTIL && encoded.length > UNTIL_BYTES);
    }

    /** Whether it ends by itself. */
    public static boolean ends(byte[] encoded) {
        return isLimited(encoded) && encoded[KIND_AT] == UNTIL;
    }

    /** Whether it lives while its author is present. */
    public static boolean isWhilePresent(byte[] encoded) {
        return isLimited(encoded) && encoded[KIND_AT] == WHILE_PRESENT;
    }

    /** When one that ends by itself ends, in milliseconds of room time. */
    public static long endMillis(byte[] encoded) {
        return ByteBuffer.wrap(encoded).getLong(END_AT);
    }

    /** How long one that ends by itself was to live. */
    public static long durationMillis(byte[] encoded) {
        return ByteBuffer.wrap(encoded).getLong(DURATION_AT);
    }

    /** Where the value begins. */
    private static int head(byte[] encoded) {
        return !isLimited(encoded) ? 0 : encoded[KIND_AT] == UNTIL ? UNTIL_BYTES : WHILE_PRESENT_BYTES;
    }

    /** The value itself; the same array if nothing is in front of it. */
    public static byte[] valueOf(byte[] encoded) {
        int head = head(encoded);
        return head == 0 ? encoded : Arrays.copyOfRange(encoded, head, encoded.length);
    }

    /** Whether two hold equal values, however long they live. */
    public static boolean areOfOneValue(byte[] one, byte[] other) {
        int head = head(one);
        int otherHead = head(other);
        return Arrays.equals(one, head, one.length, other, otherHead, other.length);
    }

    /** Whether two hold equal values and were to live equally long, whenever they were written. */
    public static boolean areAlike(byte[] one, byte[] other) {
        return areOfOneValue(one, other) && head(one) == head(other) && (!ends(one) || durationMillis(one) == durationMillis(other));
    }
}
