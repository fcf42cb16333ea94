package dev.parlor.testkit.internal.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All processes that this JVM has started for tests and that run: none of them outlives it. */
public final class Children {
    private static final Map<Process, String> RUNNING = new LinkedHashMap<>();
    private static @Nullable Guard guard;
    private static boolean hooked;

    private Children() {}

    /** Starts a process that ends with this JVM at the latest. */
    public static synchronized Process start(String name, ProcessBuilder command) throws IOException {
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(Children::killAll, "parlor-jvms-end"));
            hooked = true;
        }
        // A guard that somebody has killed is replaced; the new one knows all that run.
        if (Signals.supported() && (guard == null || !guard.isAlive())) {
            guard = Guard.start();
            for (Process each : RUNNING.keySet()) {
                guard.add(each.pid());
            }
        }
        Process process = command.start();
        RUNNING.put(process, name);
        if (guard != null) {
            guard.add(process.pid());
        }
        process.onExit().thenAccept(Children::ended);
        return process;
    }

    /** A name that no running process has: the wish, or with a number behind it. */
    public static synchronized String freeName(String wish) {
        String name = wish;
        for (int n = 2; RUNNING.containsValue(name); n++) {
            name = wish + "-" + n;
        }
        return name;
    }

    public static void kill(Process process) {
        // Taken before the kill: afterwards nobody knows whose children they were.
        List<ProcessHandle> family = process.descendants().toList();
        // Not by the process itself: that closes its output, of which the last lines would be lost.
        process.toHandle().destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static synchronized void ended(Process process) {
        RUNNING.remove(process);
        if (guard != null) {
            guard.remove(process.pid());
        }
    }

    private static void killAll() {
        List<Process> left;
        synchronized (Children.class) {
            left = new ArrayList<>(RUNNING.keySet());
        }
        left.forEach(Children::kill);
    }
}
