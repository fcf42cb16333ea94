package dev.parlor.bench.recording;

import dev.parlor.bench.report.FlameGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where threads were when they were looked at. */
public final class Samples {
    private Samples() {}

    /** A flame graph of all that ran Java code. */
    public static FlameGraph graph(Path recording) throws IOException {
        FlameGraph graph = new FlameGraph();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    graph.add(stack(event));
                }
            }
        }
        return graph;
    }

    /** From the thread, whose like are taken together, to where it was. */
    private static List<String> stack(RecordedEvent event) {
        List<String> stack = new ArrayList<>();
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            // The number that a hidden class has in this JVM, and the lambda has, tells nothing.
            stack.add(frame.getMethod().getType().getName().replaceAll("(\\$\\$Lambda).*", "$1") + "."
                    + frame.getMethod().getName());
        }
        stack.add(event.getThread("sampledThread").getJavaName().replaceAll("-\\d.*", ""));
        Collections.reverse(stack);
        return stack;
    }
}
