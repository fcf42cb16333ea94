package dev.parlor.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that are not ours, of which we know nothing but their numbers. */
final class Processes {
    private static final long PATIENCE_SECONDS = 30;

    private Processes() {}

    static ProcessHandle handle(long pid) {
        return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("there is no process " + pid));
    }

    /** Waits until a process has ended. */
    static void awaitGone(ProcessHandle process) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isGone(process)) {
            assertThat(System.nanoTime()).as("the process %s is to be gone: %s", process.pid(), process.info())
                    .isLessThan(deadline);
            try {
                process.onExit().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Perhaps it has ended and nobody asks for its exit code, as in a container without an init.
            }
        }
    }

    private static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || process.info().command().isEmpty();
    }
}
