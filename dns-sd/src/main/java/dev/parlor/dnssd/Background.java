package dev.parlor.dnssd;

import java.util.Arrays;
import java.util.Objects;

/**
 * The threads on which responders are opened and closed. All that JmDNS starts belongs to their group, so that it can be told from
 * the threads of the application. Thread-safe.
 */
final class Background {
    private static final ThreadGroup ROOT = root();
    private static final ThreadGroup GROUP = new ThreadGroup(ROOT, "parlor-dns-sd");
    /** The JVM chooses the size of the stack. */
    private static final long ANY_STACK = 0;
    /** What waits for the others to end, when the main method has returned. */
    private static final String LAST_THREAD = "DestroyJavaVM";
    private static final int SPARE_THREADS = 64;

    private Background() {}

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /** Runs a task on a thread of its own. */
    static void run(Runnable task) {
        // Shared by all rooms, so nothing of the one that happens to begin it stays with it.
        Thread thread = new Thread(GROUP, task, "parlor-dns-sd", ANY_STACK, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Background.class.getClassLoader());
        thread.start();
    }

    /** Whether the application still has a thread that keeps the JVM running: those of JmDNS, some of which are no daemons, would too. */
    static boolean isApplicationRunning() {
        Thread[] threads = new Thread[ROOT.activeCount() + SPARE_THREADS];
        int count = ROOT.enumerate(threads, true);
        // If there were more of them meanwhile, it runs.
        return count == threads.length || Arrays.stream(threads).filter(Objects::nonNull)
                .anyMatch(each -> !each.isDaemon() && !each.getName().equals(LAST_THREAD) && !isOurs(each));
    }

    private static boolean isOurs(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        // One without a group has ended.
        return group == null || group == GROUP;
    }
}
