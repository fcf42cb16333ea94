package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What members take who do nothing, and what many rooms take in one JVM, and many participants in one room. */
final class Idle implements Workload {
    private static final double MB = 1 << 20;
    /** Two hundred participants, each of which tells each other one who it is, have more under way than a gigabyte holds. */
    private static final String CROWD_HEAP = "-Xmx4g";
    /** Whose members find each other alike. */
    private static final Set<Kind> STAND_ON_JGROUPS = EnumSet.of(Kind.RAW, Kind.REPLICATED_HASH_MAP, Kind.PARLOR, Kind.SEALED);

    @Override
    public boolean suits(Kind kind) {
        return kind != Kind.PACKED && !kind.isVariant() || kind == Kind.SEALED;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        if (kind != Kind.SEALED) {
            try (Group group = Group.of(kind, 3, log)) {
                usage(kind, group.get(1), "idle", "idle", scale, results);
            }
        }
        if (STAND_ON_JGROUPS.contains(kind)) {
            try (Group group = new Group(kind, log)) {
                results.add(kind, new Figure("opened", scale.rooms() + " rooms in a JVM, one after the other, cold", "ms", false),
                        Double.parseDouble(group.start().ask("opened " + scale.rooms())));
            }
        }
        if (kind == Kind.PARLOR) {
            String rooms = scale.crowd() + " rooms in a JVM";
            String crowd = scale.crowd() + " participants in a JVM";
            try (Group group = new Group(kind, log)) {
                Jvm jvm = group.start();
                results.add(kind, new Figure("rooms-open", rooms + ", open", "ms", false),
                        Double.parseDouble(jvm.ask("rooms " + scale.crowd())));
                usage(kind, jvm, "rooms", rooms, scale, results);
            }
            try (Group group = new Group(kind, log)) {
                String[] times = group.start(CROWD_HEAP).ask("crowd " + scale.crowd()).split(" ");
                results.add(kind, new Figure("crowd-cold", crowd + ", all see all, cold", "ms", false),
                        Double.parseDouble(times[0]));
                results.add(kind, new Figure("crowd-together", crowd + ", all see all, warm", "ms", false),
                        Double.parseDouble(times[1]));
                results.add(kind, new Figure("crowd-put", crowd + ", a put reaches all", "ms", false),
                        Double.parseDouble(times[2]) / 1e3);
            }
        }
    }

    /** What a member takes that does nothing. */
    static void usage(Kind kind, Jvm jvm, String id, String title, Scale scale, Results results)
            throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(scale.settleSeconds());
        double heap = Double.parseDouble(jvm.ask("heap"));
        String[] before = jvm.ask("usage").split(" ");
        TimeUnit.SECONDS.sleep(scale.idleSeconds());
        String[] after = jvm.ask("usage").split(" ");
        results.add(kind, new Figure(id + "-heap", title + ", heap", "MB", false), heap / MB);
        results.add(kind, new Figure(id + "-rss", title + ", resident", "MB", false), Double.parseDouble(after[1]) / 1024);
        results.add(kind, new Figure(id + "-threads", title + ", threads", "threads", false), Double.parseDouble(after[0]));
        results.add(kind, new Figure(id + "-cpu", title + ", CPU", "% of a core", false),
                100 * (Double.parseDouble(after[2]) - Double.parseDouble(before[2]))
                        / (Double.parseDouble(after[3]) - Double.parseDouble(before[3])));
    }
}
