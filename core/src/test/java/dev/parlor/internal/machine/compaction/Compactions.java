package dev.parlor.internal.machine.compaction;

import dev.parlor.internal.session.SessionReplica;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

/** Compactions of a replica alone. */
public final class Compactions {
    private static final int STEP = 2;

    private Compactions() {}

    /** All of one, step by step. */
    public static void compact(SessionReplica replica, long time) {
        compact(replica, time, () -> { });
    }

    /** The same. @param clearing is told just before the clear stamp is set */
    public static void compact(SessionReplica replica, long time, Runnable clearing) {
        steps(replica, time, clearing, () -> { });
    }

    /** The same. @param between is done after each step */
    public static void steps(SessionReplica replica, long time, Runnable clearing, Runnable between) {
        Compacting begun = begin(replica, time, clearing);
        while (!begun.isDone()) {
            step(begun);
            between.run();
        }
    }

    /** Begins one. */
    public static Compacting begin(SessionReplica replica, long time, Runnable clearing) {
        return new Compacting(replica, time, STEP, clearing);
    }

    /** One step of it. */
    public static void step(Compacting begun) {
        begun.apply(begun.look());
    }

    /** All of one, of which others see what is between the steps. @param room the lock */
    public static void compact(SessionReplica replica, LongSupplier time, Lock room) {
        room.lock();
        try {
            Compacting begun = begin(replica, time.getAsLong(), () -> { });
            while (!begun.isDone()) {
                room.unlock();
                List<String> keys;
                try {
                    keys = begun.look();
                } finally {
                    room.lock();
                }
                begun.apply(keys);
            }
        } finally {
            room.unlock();
        }
    }
}
