package dev.parlor.internal.net.jgroups.secure;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * PBKDF2-HMAC-SHA256 (RFC 8018, RFC 2104) with 256 bits: its results are the JDK's, with which tests compare them. The JDK's own
 * goes through so many methods that a JVM that has just started spends half a second of CPU on 600,000 iterations, most of it on
 * compiling them; this loop over {@link MessageDigest} takes less than half of that, and a sixth less once it is compiled. It makes no
 * garbage, and overwrites what it knew.
 */
final class Pbkdf2 {
    /** Of SHA-256. */
    private static final int BLOCK_BYTES = 64;
    private static final int HASH_BYTES = 32;
    private static final int INNER_PAD = 0x36;
    private static final int OUTER_PAD = 0x5C;
    /** The number of the first block of the result, which is the only one. */
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};
    /** Iterations after which the clock is looked at, until it is compiled: 10 µs of them then, 500 before. */
    private static final int SLICE = 50;
    /** Iterations that are made without a rest: a JVM compiles what was called 5,000 times, here four times for each. */
    private static final int EAGER = 1_500;
    /** What takes an iteration longer is not compiled yet (10 µs); what is takes 0.2 µs, or 0.8 µs on older processors. */
    private static final long SLOW_NANOS = 1_000;
    /** While the JVM compiles it, it leaves the processor to that, and to whatever else the join does... */
    private static final long REST_NANOS = 2_000_000L;
    /** ...for so long at most: a busy machine wakes it late, and one without a compiler for it never makes it fast. */
    private static final long MOST_REST_NANOS = 100_000_000L;
    /** It was fast once, and rests no more. */
    private static volatile boolean isCompiled;

    private final MessageDigest sha256;
    /** What is hashed first, and what is hashed of that: the padded passphrase, and a hash, which is put in by the other. */
    private final byte[] inner = new byte[BLOCK_BYTES + HASH_BYTES];
    private final byte[] outer = new byte[BLOCK_BYTES + HASH_BYTES];
    private final byte[] result = new byte[HASH_BYTES];

    private Pbkdf2() throws GeneralSecurityException {
        sha256 = MessageDigest.getInstance("SHA-256");
    }

    /**
     * Derives a key.
     *
     * @param passphrase is left as it is
     * @param iterations at least 1
     */
    static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
        try {
            Pbkdf2 derivation = new Pbkdf2();
            try {
                derivation.begin(passphrase, salt);
                derivation.iterate(iterations - 1);
                return derivation.result;
            } finally {
                derivation.forget();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Has the JVM begin to compile it. */
    static void warmUp() {
        derive(new char[] {'x'}, FIRST_BLOCK, EAGER);
    }

    private void begin(char[] passphrase, byte[] salt) throws GeneralSecurityException {
        // As the JDK does it: half of a surrogate pair becomes "?".
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] text = new byte[encoded.remaining()];
        encoded.get(text);
        byte[] key = text.length > BLOCK_BYTES ? sha256.digest(text) : text;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            byte next = i < key.length ? key[i] : 0;
            inner[i] = (byte) (next ^ INNER_PAD);
            outer[i] = (byte) (next ^ OUTER_PAD);
        }
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(key, (byte) 0);
        sha256.update(inner, 0, BLOCK_BYTES);
        sha256.update(salt);
        sha256.update(FIRST_BLOCK);
        sha256.digest(outer, BLOCK_BYTES, HASH_BYTES);
        hash(outer, inner);
        System.arraycopy(inner, BLOCK_BYTES, result, 0, HASH_BYTES);
    }

    private void iterate(int times) throws GeneralSecurityException {
        long restedNanos = 0;
        long sinceNanos = System.nanoTime();
        for (int done = 0; done < times;) {
            int steps = Math.min(times - done, SLICE);
            mix(steps);
            done += steps;
            if (!isCompiled && done > EAGER) {
                long nowNanos = System.nanoTime();
                if (nowNanos - sinceNanos < steps * SLOW_NANOS || restedNanos > MOST_REST_NANOS) {
                    isCompiled = true;
                } else {
                    LockSupport.parkNanos(REST_NANOS);
                    restedNanos += System.nanoTime() - nowNanos;
                }
            }
            sinceNanos = System.nanoTime();
        }
    }

    private void mix(int times) throws GeneralSecurityException {
        for (int i = 0; i < times; i++) {
            hash(inner, outer);
            hash(outer, inner);
            for (int at = 0; at < HASH_BYTES; at++) {
                result[at] ^= inner[BLOCK_BYTES + at];
            }
        }
    }

    private void hash(byte[] from, byte[] into) throws GeneralSecurityException {
        sha256.update(from, 0, from.length);
        sha256.digest(into, BLOCK_BYTES, HASH_BYTES);
    }

    /** All but the result. */
    private void forget() {
        Arrays.fill(inner, (byte) 0);
        Arrays.fill(outer, (byte) 0);
        sha256.reset();
        // Its buffer, which a reset leaves as it was.
        sha256.update(inner);
        sha256.reset();
    }
}
