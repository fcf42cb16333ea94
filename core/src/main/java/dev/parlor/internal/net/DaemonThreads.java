package dev.parlor.internal.net;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes the threads that all rooms of a JVM share. Whoever joins first happens to make them, and must not stay with them: they
 * take over neither the context class loader of that thread, nor its inheritable thread-locals, its access control context
 * (which names the class loaders of all callers) or its thread group. Otherwise a plugin that has closed its rooms could
 * not be unloaded while another goes on. Daemons, so that a program that forgets to close a room still exits. Thread-safe.
 */
public final class DaemonThreads {
    private static final ThreadGroup ROOT = root();
    /** The JVM chooses the size of the stack. */
    private static final long ANY_STACK = 0;

    private DaemonThreads() {}

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /** A thread that is not started yet. */
    // Nothing else has a thread not take over the access control context of the caller's callers on JDK 17 to 23.
    @SuppressWarnings("removal")
    public static Thread of(Runnable action, String name) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(ROOT, action, name, ANY_STACK, false);
            thread.setDaemon(true);
            // Kept by the thread for as long as it lives; rooms set their own while they run what is an application's.
            thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
            return thread;
        });
    }
}
