package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;

/**
 * JVMs that have just started: how long until the first, the second, and one who gets many entries can be used; and how long
 * the same takes the last one where it has joined before.
 */
final class Cold implements Workload {
    private static final int ENTRIES = 100_000;
    private static final Figure FIRST = new Figure("first", "first member, cold", "ms", false);
    private static final Figure SECOND = new Figure("second", "second member, cold", "ms", false);
    private static final Figure LATE = new Figure("late-joiner", "fourth member gets 100,000 entries, cold", "ms", false);
    private static final Figure WARM = new Figure("late-joiner-warm", "it leaves and joins again, warm", "ms", false);
    /** Until what a join does is compiled, and its source has served often. */
    private static final int REJOINS = 10;

    /** How long a join took since its JVM's program began, and when it was done. */
    private record Joined(double millis, long nanos) {
        static Joined by(Jvm jvm) {
            String[] answer = jvm.ask("join").split(" ");
            return new Joined(Double.parseDouble(answer[0]), Long.parseLong(answer[1]));
        }
    }

    @Override
    public boolean suits(Kind kind) {
        return kind != Kind.PACKED && kind != Kind.UNHEARD && !kind.isFloor();
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = new Group(kind, log)) {
            results.add(kind, FIRST, Joined.by(group.start()).millis());
            results.add(kind, SECOND, Joined.by(group.start()).millis());
            group.start().ask("join");
            group.all("members 3");
            group.get(0).ask("prepare 1 0 " + ENTRIES + " 100");
            group.get(0).ask("write");
            group.all("size " + ENTRIES);
            Jvm late = group.start();
            Joined joined = Joined.by(late);
            long complete = Long.parseLong(late.ask("size " + ENTRIES));
            results.add(kind, LATE, joined.millis() + Math.max(0, complete - joined.nanos()) / 1e6);
            results.add(kind, WARM, Double.parseDouble(late.ask("rejoin " + REJOINS + " " + ENTRIES)));
            group.verify();
        }
    }
}
