package dev.parlor;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** What reading some bytes may take, whatever they are: CPU time, and memory in proportion to them. */
public final class Bounds {
    /** CPU of the reading thread, not the time on the wall, which a busy machine stretches. */
    private static final long MAX_CPU_NANOS = 100_000_000L;
    private static final long BYTES_EACH = 16;
    private static final long BYTES_IN_ALL = 1L << 20;
    /** Who exceeds a bound once may have paid for a class that was loaded, or compiled. */
    private static final int TRIES = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounds() {}

    /**
     * Reads, and reads again if that took too much.
     *
     * @throws AssertionError if it takes too much every time
     */
    public static void check(int inputBytes, Callable<?> reading) {
        check(inputBytes, BYTES_EACH, reading);
    }

    /** The same with another proportion. */
    public static void check(int inputBytes, long bytesEach, Callable<?> reading) {
        String excess = "";
        for (int i = 0; i < TRIES; i++) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long cpu = THREADS.getCurrentThreadCpuTime();
            try {
                reading.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            cpu = THREADS.getCurrentThreadCpuTime() - cpu;
            bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            if (cpu <= MAX_CPU_NANOS && bytes <= bytesEach * inputBytes + BYTES_IN_ALL) {
                return;
            }
            excess = cpu / 1_000_000 + " ms and " + bytes + " bytes for " + inputBytes + " bytes of input";
        }
        throw new AssertionError(excess);
    }
}
