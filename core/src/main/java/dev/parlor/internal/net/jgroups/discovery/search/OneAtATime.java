package dev.parlor.internal.net.jgroups.discovery.search;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A task that may take long, on another thread, and not a second time while it goes on. Thread-safe. */
public final class OneAtATime {
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param run on another thread; false if it cannot be */
    public void begin(Runnable task, Predicate<Runnable> run) {
        if (busy.compareAndSet(false, true)) {
            boolean begun = run.test(() -> {
                try {
                    task.run();
                } finally {
                    busy.set(false);
                }
            });
            if (!begun) {
                busy.set(false);
            }
        }
    }
}
