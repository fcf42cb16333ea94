package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import java.io.File;

/** JVMs that have just started: how long until the first, the second, and one who gets many entries can be used. */
final class Cold implements Workload {
    private static final int ENTRIES = 100_000;
    private static final Figure FIRST = new Figure("first", "first member, cold", "ms", false);
    private static final Figure SECOND = new Figure("second", "second member, cold", "ms", false);
    private static final Figure LATE = new Figure("late-joiner", "fourth member gets 100,000 entries, cold", "ms", false);

    @Override
    public boolean suits(Kind kind) {
        return kind != Kind.PACKED;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = new Group(kind, log)) {
            results.add(kind, FIRST, millis(group.start().ask("join")));
            results.add(kind, SECOND, millis(group.start().ask("join")));
            group.start().ask("join");
            group.all("members 3");
            group.get(0).ask("prepare 1 0 " + ENTRIES + " 100");
            group.get(0).ask("write");
            group.all("size " + ENTRIES);
            Jvm late = group.start();
            double joined = millis(late.ask("join"));
            long joinedNanos = nanos;
            long complete = Long.parseLong(late.ask("size " + ENTRIES));
            results.add(kind, LATE, joined + Math.max(0, complete - joinedNanos) / 1e6);
            group.verify();
        }
    }

    private long nanos;

    private double millis(String answer) {
        nanos = Long.parseLong(answer.split(" ")[1]);
        return Double.parseDouble(answer.split(" ")[0]);
    }
}
