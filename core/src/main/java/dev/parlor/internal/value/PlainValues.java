package dev.parlor.internal.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts of ASCII characters and byte arrays, as bytes and back without Kryo, byte for byte as Kryo writes them: most of what is
 * shared is one of these. It takes a third of the time, and in a JVM that has just started a tenth, as the JIT compiler needs up to
 * a second for Kryo with all that it inlines. Whatever else there is, and whatever is wrong, is left to Kryo.
 */
final class PlainValues {
    /** What Kryo adds to the number of a class. */
    private static final int CLASS_OFFSET = 2;
    /** The number that Kryo gives to String. */
    private static final int STRING = 1;
    private static final byte TEXT = STRING + CLASS_OFFSET;
    /**
     * The number of byte arrays among {@link dev.parlor.internal.value.jdk.JdkTypes}, said here so that nothing of Kryo is loaded for
     * what does without it.
     */
    static final int BYTE_ARRAY = 19;
    private static final byte BYTES = BYTE_ARRAY + CLASS_OFFSET;
    /** Kryo marks the last character of a text of 2 to so many ASCII characters, and has no length then. */
    private static final int LONGEST_MARKED = 32;
    private static final int MARK = 0x80;
    /** A longer text begins with its length: this flag, six bits, then seven a byte. */
    private static final int LENGTH_FLAG = 0x80;
    private static final int MORE_AFTER_SIX = 0x40;
    private static final int MORE_AFTER_SEVEN = 0x80;
    /** What a decoder of UTF-8 makes of bytes that are none. */
    private static final char MALFORMED = '\uFFFD';

    private PlainValues() {}

    /** Whether an encoded value is one of these. To read it costs no more than a copy of it. */
    static boolean isPlain(byte[] encoded) {
        return encoded[0] == TEXT || encoded[0] == BYTES;
    }

    /** A value as bytes; null if it is to be left to Kryo. @param limitBytes how many bytes it may have */
    static byte @Nullable [] encode(Object value, int limitBytes) {
        if (value instanceof byte[] bytes) {
            return bytes.length > limitBytes ? null : limited(ofBytes(bytes), limitBytes);
        }
        return value instanceof String text && text.length() <= limitBytes ? limited(ofText(text), limitBytes) : null;
    }

    private static byte @Nullable [] limited(byte @Nullable [] encoded, int limitBytes) {
        return encoded != null && encoded.length <= limitBytes ? encoded : null;
    }

    private static byte @Nullable [] ofBytes(byte[] bytes) {
        if (bytes.length == Integer.MAX_VALUE) {
            return null;
        }
        int size = bytes.length + 1;
        int head = 1 + bytesOf(size);
        byte[] encoded = new byte[head + bytes.length];
        encoded[0] = BYTES;
        writeSevens(encoded, 1, size);
        System.arraycopy(bytes, 0, encoded, head, bytes.length);
        return encoded;
    }

    private static byte @Nullable [] ofText(String text) {
        int length = text.length();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (length == 0 || utf8.length != length || !isAscii(text, utf8)) {
            return null;
        }
        if (length > 1 && length <= LONGEST_MARKED) {
            byte[] encoded = new byte[1 + length];
            encoded[0] = TEXT;
            System.arraycopy(utf8, 0, encoded, 1, length);
            encoded[length] |= (byte) MARK;
            return encoded;
        }
        int size = length + 1;
        int rest = size >>> 6;
        int head = 2 + (rest == 0 ? 0 : bytesOf(rest));
        byte[] encoded = new byte[head + length];
        encoded[0] = TEXT;
        encoded[1] = (byte) (size & 0x3F | LENGTH_FLAG | (rest == 0 ? 0 : MORE_AFTER_SIX));
        if (rest != 0) {
            writeSevens(encoded, 2, rest);
        }
        System.arraycopy(utf8, 0, encoded, head, length);
        return encoded;
    }

    /** Of a text that has as many bytes as characters: half of a surrogate pair is one, since it becomes a question mark. */
    private static boolean isAscii(String text, byte[] utf8) {
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] == '?' && text.charAt(i) != '?') {
                return false;
            }
        }
        return true;
    }

    private static int bytesOf(int number) {
        int bytes = 1;
        for (int left = number >>> 7; left != 0; left >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    private static void writeSevens(byte[] into, int at, int number) {
        int next = at;
        int left = number;
        while (left >>> 7 != 0) {
            into[next++] = (byte) (left & 0x7F | MORE_AFTER_SEVEN);
            left >>>= 7;
        }
        into[next] = (byte) left;
    }

    /** The value of some bytes; null if it is to be left to Kryo. */
    static @Nullable Object decode(byte[] encoded) {
        if (encoded.length < 2) {
            return null;
        }
        if (encoded[0] == BYTES) {
            return bytes(encoded);
        }
        if (encoded[0] != TEXT) {
            return null;
        }
        return (encoded[1] & LENGTH_FLAG) == 0 ? markedText(encoded) : text(encoded);
    }

    private static byte @Nullable [] bytes(byte[] encoded) {
        long size = 0;
        int at = 1;
        for (int shift = 0; shift <= 28 && at < encoded.length; shift += 7) {
            byte next = encoded[at++];
            size |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return size - 1 == encoded.length - at ? Arrays.copyOfRange(encoded, at, encoded.length) : null;
            }
        }
        return null;
    }

    private static @Nullable String markedText(byte[] encoded) {
        int last = encoded.length - 1;
        if (last < 2 || encoded[last] >= 0) {
            return null;
        }
        byte[] ascii = Arrays.copyOfRange(encoded, 1, encoded.length);
        ascii[last - 1] &= 0x7F;
        return ascii(ascii, 0);
    }

    private static @Nullable String text(byte[] encoded) {
        long size = encoded[1] & 0x3F;
        int at = 2;
        boolean more = (encoded[1] & MORE_AFTER_SIX) != 0;
        for (int shift = 6; more && shift <= 27 && at < encoded.length; shift += 7) {
            byte next = encoded[at++];
            size |= (long) (next & 0x7F) << shift;
            more = next < 0;
        }
        return more || size < 2 || size - 1 != encoded.length - at ? null : ascii(encoded, at);
    }

    /** A text if the rest of some bytes is one of ASCII characters; else it has fewer characters, or one that stands for no text. */
    private static @Nullable String ascii(byte[] bytes, int from) {
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return text.length() == bytes.length - from && text.indexOf(MALFORMED) < 0 ? text : null;
    }
}
