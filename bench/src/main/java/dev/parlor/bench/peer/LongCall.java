package dev.parlor.bench.peer;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A put or get that took long, in the recording beside what the JVM says of itself, and by the same clock. */
@Name(Recorder.LONG_CALL)
@StackTrace(false)
@Threshold("1 ms")
final class LongCall extends Event {
    /** Put or get. */
    String what;
    /** How long of it the calling thread could have run and had no core, in nanoseconds. */
    long waitedNanos;
}
