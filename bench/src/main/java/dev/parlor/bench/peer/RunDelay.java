package dev.parlor.bench.peer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/** How long a thread could have run and had no core, by the scheduler's own count; nothing where there is none (Linux has it). */
final class RunDelay implements AutoCloseable {
    private static final String COUNTS = "/proc/thread-self/schedstat";

    private final RandomAccessFile counts;
    private final byte[] line = new byte[128];

    private RunDelay(RandomAccessFile counts) {
        this.counts = counts;
    }

    /** That of the thread that asks, and then by this thread alone. */
    static RunDelay ofThisThread() {
        RandomAccessFile counts;
        try {
            // The name stands for the thread that opens it.
            counts = new RandomAccessFile(COUNTS, "r");
        } catch (IOException e) {
            counts = null;
        }
        return new RunDelay(counts);
    }

    /** So far, in nanoseconds. */
    long nanos() throws IOException {
        if (counts == null) {
            return 0;
        }
        counts.seek(0);
        int bytes = counts.read(line);
        // Nanoseconds on a core, nanoseconds without one, and how often it was given one.
        return Long.parseLong(new String(line, 0, bytes, StandardCharsets.US_ASCII).split(" ")[1]);
    }

    @Override
    public void close() throws IOException {
        if (counts != null) {
            counts.close();
        }
    }
}
