package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;

/** A receiver stands still: what the puts of another cost their caller meanwhile. */
final class Stopped implements Workload {
    private static final int PAUSE_MICROS = 200;
    private static final Figure P999 = new Figure("stopped-p999", "a put while a receiver is stopped, p99.9", "µs", false);
    private static final Figure P999_BEFORE = new Figure("running-p999", "the same before it is stopped, p99.9", "µs", false);
    private static final Figure P999_NOTHING = new Figure("nothing-p999",
            "the same, where a put does nothing for as long: the machine's own, p99.9", "µs", false);

    /** Whoever packs by hand waits for the receiver with every pack. */
    @Override
    public boolean suits(Kind kind) {
        return kind != Kind.PACKED && !kind.isVariant();
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = Group.of(kind, 3, log)) {
            Jvm writer = group.get(0);
            // With the pause and what a put costs: about as long as the receiver is stopped.
            int count = scale.stoppedSeconds() * 1_000_000 / (PAUSE_MICROS + 80);
            // Where the writer has just started, its compiler takes a core from it for some milliseconds now and then.
            writer.ask("puts 1 " + count + " " + PAUSE_MICROS);
            results.add(kind, P999_NOTHING, p999(writer, "nothings " + count + " " + PAUSE_MICROS));
            results.add(kind, P999_BEFORE, p999(writer, "puts 2 " + count + " " + PAUSE_MICROS));
            Jvm stopped = group.get(2);
            stopped.signal("STOP");
            try {
                results.add(kind, P999, p999(writer, "puts 3 " + count + " " + PAUSE_MICROS));
            } finally {
                stopped.signal("CONT");
            }
        }
    }

    private static double p999(Jvm writer, String order) {
        return Double.parseDouble(writer.ask(order).split(" ")[2]);
    }
}
