package dev.parlor.bench.peer;

import dev.parlor.bench.candidate.Candidate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys and values that every JVM makes alike, made before the clock runs. */
final class Data {
    private static final int KEY_BYTES = 16;

    private String[] keys = {};
    private byte[][] values = {};

    /** Keys of 16 chars, and values of so many bytes that no compression shrinks. */
    void prepare(int round, int from, int count, int bytes) {
        keys = new String[count];
        values = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = key(round, from + i);
            values[i] = new byte[bytes];
            fill(values[i], (long) round << 32 | from + i);
        }
    }

    /** Bytes that look random (SplitMix64; Steele, Lea, Flood 2014). */
    private static void fill(byte[] bytes, long seed) {
        long state = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < bytes.length; i++) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            bytes[i] = (byte) (mixed >>> 56);
        }
    }

    /**
     * The key of a number: 16 chars. By hand, since the JIT compiler takes a quarter of a second for a formatter, in which it
     * compiles nothing that is to be measured.
     */
    static String key(int round, int number) {
        byte[] digits = new byte[KEY_BYTES];
        digits[0] = 'r';
        digits[4] = '-';
        digits(digits, 1, 4, round);
        digits(digits, 5, KEY_BYTES, number);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] into, int from, int to, int number) {
        int left = number;
        for (int i = to - 1; i >= from; i--) {
            into[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    void write(Candidate candidate) throws Exception {
        for (int i = 0; i < keys.length; i++) {
            candidate.put(keys[i], values[i]);
        }
        candidate.flush();
    }

    /** A value that begins with a number. */
    static byte[] numbered(long number, int bytes) {
        byte[] value = new byte[bytes];
        ByteBuffer.wrap(value).putLong(number);
        return value;
    }

    static long numberOf(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    /** A number that is equal where the contents are, whatever their order. */
    static long sum(Candidate candidate) {
        long[] sum = new long[1];
        candidate.forEach((key, value) -> sum[0] += key.hashCode() * 0x9E3779B97F4A7C15L ^ Arrays.hashCode(value));
        return sum[0];
    }
}
