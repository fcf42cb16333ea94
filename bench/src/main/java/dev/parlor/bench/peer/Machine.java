package dev.parlor.bench.peer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this JVM takes of its machine. */
final class Machine {
    private static final int COLLECTIONS = 3;
    private static final int COLLECTION_PAUSE_MILLIS = 100;

    private Machine() {}

    /** Bytes of heap that live objects take. */
    static long heap() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(COLLECTION_PAUSE_MILLIS);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Threads, resident kilobytes, nanoseconds of CPU used so far, and the time now. */
    static String usage() throws IOException {
        long resident = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        long cpu = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        return ManagementFactory.getThreadMXBean().getThreadCount() + " " + resident + " " + cpu + " " + System.nanoTime();
    }
}
