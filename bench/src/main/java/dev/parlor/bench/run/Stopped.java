package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import java.io.File;

/** A receiver stands still: what the puts of another cost their caller meanwhile. */
final class Stopped implements Workload {
    private static final int PAUSE_MICROS = 200;
    private static final Figure P999 = new Figure("stopped-p999", "a put while a receiver is stopped, p99.9", "µs", false);

    /** Whoever packs by hand waits for the receiver with every pack. */
    @Override
    public boolean suits(Kind kind) {
        return kind != Kind.PACKED;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = Group.of(kind, 3, log)) {
            Jvm writer = group.get(0);
            writer.ask("puts 1 5000 0");
            Jvm stopped = group.get(2);
            stopped.signal("STOP");
            try {
                // With the pause and what a put costs: about as long as the receiver is stopped.
                int count = scale.stoppedSeconds() * 1_000_000 / (PAUSE_MICROS + 80);
                results.add(kind, P999, Double.parseDouble(
                        writer.ask("puts 2 " + count + " " + PAUSE_MICROS).split(" ")[2]));
            } finally {
                stopped.signal("CONT");
            }
        }
    }
}
