package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.util.concurrent.TimeUnit;

/** One room of many JVMs that join at once: until all see all, how long a put takes, and what a member takes that does nothing. */
final class Large implements Workload {
    /** Between two puts: rare enough to be told apart from what each costs in so many JVMs. */
    private static final int PAUSE_MICROS = 20_000;
    private static final int PUTS = 200;
    /** So that 60 of them fit in the memory of a machine, whatever the collector thinks it may take. */
    private static final String HEAP = "-Xmx256m";

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.RAW || kind == Kind.PARLOR;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        if (scale.large() == 0) {
            return;
        }
        String title = scale.large() + " JVMs";
        try (Group group = new Group(kind, log)) {
            for (int i = 0; i < scale.large(); i++) {
                group.start(HEAP);
            }
            // Answered by a program that has begun, so that what follows is the joins alone.
            group.all("heap");
            long begin = System.nanoTime();
            group.all("join");
            long joined = System.nanoTime();
            group.everybody().forEach(jvm -> jvm.tell("members " + scale.large()));
            long together = Group.lastDone(group.everybody());
            results.add(kind, new Figure("large-joined", title + " join at once, all are in", "ms", false), (joined - begin) / 1e6);
            results.add(kind, new Figure("large-together", title + " join at once, all see all", "ms", false),
                    (together - begin) / 1e6);
            TimeUnit.SECONDS.sleep(scale.settleSeconds());
            group.all("listen");
            group.get(0).ask("delays " + PUTS + " " + PAUSE_MICROS);
            group.others(group.get(0)).forEach(jvm -> jvm.ask("heard " + PUTS));
            results.add(kind, new Figure("large-put", title + ", put here to listener there, p50", "µs", false),
                    Double.parseDouble(group.get(1).ask("spread").split(" ")[0]));
            Idle.usage(kind, group.get(1), "large", "one of " + title + ", idle", scale, results);
            group.verify();
        }
    }
}
