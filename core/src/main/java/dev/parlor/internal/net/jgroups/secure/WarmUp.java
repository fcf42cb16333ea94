package dev.parlor.internal.net.jgroups.secure;

import dev.parlor.internal.net.DaemonThreads;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the JVM compile what seals and opens datagrams. AES-GCM is twenty times as fast where the JVM puts instructions of the
 * processor in its place, which it does in methods that were called some thousand times; whoever joins a large room late opens
 * megabytes in some hundred datagrams. So with the first long datagram a thread begins to open short ones of its own, and is done
 * with some thousand of them before the others have come. Where nothing long comes nothing is done.
 */
final class WarmUp {
    /** So long is what comes when much is to come. A digest is shorter. */
    static final int LONG_BYTES = 16 * 1024;
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicBoolean LOADED = new AtomicBoolean();
    /** A JVM compiles what was called 5,000 times. */
    private static final int DATAGRAMS = 6_000;
    /** Each so manieth is a longer one, or what is compiled would serve short ones only. */
    private static final int LONGER_EACH = 8;
    private static final int SHORT_BYTES = 16;
    /** The JDK takes pieces of 1 KB. */
    private static final int LONGER_BYTES = 2_100;
    /** On a machine that is so slow there is something better to do. */
    private static final long MOST_NANOS = 500_000_000L;

    private WarmUp() {}

    /** A long datagram has passed. */
    static void begin() {
        if (!BEGUN.get() && !BEGUN.getAndSet(true)) {
            DaemonThreads.of(() -> open(DATAGRAMS), "parlor-cipher").start();
        }
    }

    /**
     * Has the classes loaded that every datagram needs, if this is the first call in the JVM; and before that sets it to compiling what
     * derives a key, which it does meanwhile.
     */
    static void load() {
        if (!LOADED.get() && !LOADED.getAndSet(true)) {
            Pbkdf2.warmUp();
            open(1);
        }
    }

    private static void open(int times) {
        try {
            // Under a key that nobody uses.
            DatagramCipher cipher = DatagramCipher.of(new byte[DatagramCipher.KEY_BYTES], "");
            byte[] brief = cipher.seal(DatagramCipher.DATA, new byte[SHORT_BYTES], 0, SHORT_BYTES);
            byte[] longer = cipher.seal(DatagramCipher.DATA, new byte[LONGER_BYTES], 0, LONGER_BYTES);
            long end = System.nanoTime() + MOST_NANOS;
            for (int i = 0; i < times && System.nanoTime() < end; i++) {
                byte[] next = i % LONGER_EACH == 0 ? longer : brief;
                cipher.open(next, 0, next.length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }
}
