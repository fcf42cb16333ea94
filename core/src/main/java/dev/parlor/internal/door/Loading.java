package dev.parlor.internal.door;

import dev.parlor.internal.net.jgroups.NetworkClasses;
import dev.parlor.internal.value.ValueCodec;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the classes that the first room of a JVM needs loaded by two threads from the moment a room is named: there are two
 * thousand of them, and a first join is for the most part that. Plain threads and classes, since lambdas, pools and loggers
 * would have to be loaded first.
 */
final class Loading extends Thread {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    /** Whether it loads what is needed first, or the rest in the order in which it will be needed. */
    private final boolean first;

    private Loading(boolean first) {
        super(first ? "parlor-load-first" : "parlor-load-later");
        this.first = first;
        setDaemon(true);
    }

    /** Begins, if this is the first call in the JVM. */
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            new Loading(true).start();
            new Loading(false).start();
        }
    }

    @Override
    public void run() {
        try {
            if (first) {
                NetworkClasses.loadFirst();
            } else {
                NetworkClasses.loadLater();
                ValueCodec.load();
                NetworkClasses.loadLast();
            }
        } catch (RuntimeException | LinkageError again) {
            // Whoever needs what could not be loaded meets the same, and tells of it.
        }
    }
}
