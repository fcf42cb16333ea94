package dev.parlor.bench.peer;

import dev.parlor.bench.candidate.Candidate;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Keys and values that every JVM makes alike, made before the clock runs. */
final class Data {
    private String[] keys = {};
    private byte[][] values = {};

    /** Keys of 16 chars, and values of so many bytes that no compression shrinks. */
    void prepare(int round, int from, int count, int bytes) {
        keys = new String[count];
        values = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = key(round, from + i);
            values[i] = new byte[bytes];
            new Random((long) round << 32 | from + i).nextBytes(values[i]);
        }
    }

    /** The key of a number: 16 chars. */
    static String key(int round, int number) {
        return String.format("r%03d-%011d", round, number);
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
