package dev.parlor.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;

/** Has the JVM write down what it does (JDK Flight Recorder): where its threads are, and what makes them wait. */
public final class Recorder {
    /** As a {@link LongCall} is called in recordings. */
    public static final String LONG_CALL = "parlor.bench.LongCall";
    /** As {@link Heartbeat.Overslept} is called in recordings. */
    public static final String OVERSLEPT = "parlor.bench.Overslept";
    /** How long a heartbeat means to sleep. */
    public static final long SLEEP_NANOS = 1_000_000;

    /** What stops all threads. */
    private static final List<String> PAUSES = List.of("jdk.GCPhasePause", "jdk.SafepointBegin", "jdk.SafepointEnd",
            "jdk.ExecuteVMOperation");
    /** What makes one thread wait. */
    private static final List<String> WAITS = List.of("jdk.JavaMonitorEnter", "jdk.ThreadPark");
    private static final Duration LONG_WAIT = Duration.ofMillis(10);

    private Recording recording;
    private Heartbeat heartbeat;

    Recorder() {}

    /** Begins, with so many milliseconds between two samples. */
    void start(int sampleMillis) {
        recording = new Recording();
        PAUSES.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO));
        WAITS.forEach(event -> recording.enable(event).withThreshold(LONG_WAIT).withStackTrace());
        recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(sampleMillis)).withStackTrace();
        recording.enable(LongCall.class);
        recording.enable(Heartbeat.Overslept.class);
        recording.start();
        heartbeat = Heartbeat.start();
    }

    /** Ends, and writes it to a file. */
    void stop(Path file) throws IOException {
        heartbeat.end();
        recording.stop();
        recording.dump(file);
        recording.close();
    }
}
