package dev.parlor.bench.peer;

import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * A thread that sleeps a millisecond at a time and does nothing else: what it sleeps longer is the machine's, or a pause of the
 * whole JVM (as jHiccup; Tene 2012).
 */
final class Heartbeat {
    /** Two, so that one of them that finds the cores taken is told apart from a machine that stands still. */
    private static final int THREADS = 2;

    /** A sleep that was too long. */
    @Name(Recorder.OVERSLEPT)
    @StackTrace(false)
    @Threshold("3 ms")
    static final class Overslept extends Event {}

    private volatile boolean ended;

    /** Begins. */
    static Heartbeat start() {
        Heartbeat heartbeat = new Heartbeat();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(heartbeat::beat, "heartbeat-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return heartbeat;
    }

    private void beat() {
        while (!ended) {
            Overslept sleep = new Overslept();
            sleep.begin();
            LockSupport.parkNanos(Recorder.SLEEP_NANOS);
            sleep.commit();
        }
    }

    void end() {
        ended = true;
    }
}
