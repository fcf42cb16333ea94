package dev.parlor.internal.door;

import dev.parlor.internal.net.jgroups.NetworkClasses;
import dev.parlor.internal.value.ValueCodec;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the classes that the first room of a JVM needs loaded by threads of their own: those of a join by two from the moment a room is
 * named, since there are two thousand of them, and a first join is for the most part that; those of values once it is in, since a join
 * does without them. Plain threads and classes, since lambdas, pools and loggers would have to be loaded first.
 */
final class Loading extends Thread {
    /** What one thread loads. */
    private enum Part {
        /** What a join needs first. */
        FIRST,
        /** What it comes to need, in that order. */
        LATER,
        /** What values need that are neither texts of ASCII characters nor byte arrays. */
        VALUES
    }

    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicBoolean JOINED = new AtomicBoolean();

    private final Part part;

    private Loading(Part part) {
        super("parlor-load-" + part.name().toLowerCase(Locale.ROOT));
        this.part = part;
        setDaemon(true);
    }

    /** Begins, if this is the first call in the JVM. */
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            new Loading(Part.FIRST).start();
            new Loading(Part.LATER).start();
        }
    }

    /** A room has been joined: goes on, if this is the first call in the JVM. */
    static void joined() {
        if (JOINED.compareAndSet(false, true)) {
            new Loading(Part.VALUES).start();
        }
    }

    @Override
    public void run() {
        try {
            if (part == Part.FIRST) {
                NetworkClasses.loadFirst();
            } else if (part == Part.LATER) {
                NetworkClasses.loadLater();
                NetworkClasses.loadLast();
            } else {
                ValueCodec.load();
            }
        } catch (RuntimeException | LinkageError again) {
            // Whoever needs what could not be loaded meets the same, and tells of it.
        }
    }
}
