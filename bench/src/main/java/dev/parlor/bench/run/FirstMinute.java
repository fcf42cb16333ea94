package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Writing;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * What an application meets in its first minute: three JVMs that have just started, in all of which somebody listens and looks at
 * each value.
 */
final class FirstMinute implements Workload {
    /** What has been written before: enough to have loaded the classes, and to have compiled little. */
    private static final int WARM_KEYS = 2_000;
    private static final int WARM_PUTS = 300;

    private static final Figure NEW_KEYS = new Figure("first-new-keys", "one writer, new keys", "entries/s", true);
    private static final Figure ALL_WRITE = new Figure("first-all-write", "all write", "entries/s", true);
    private static final Figure HOT = new Figure("first-hot-keys", "100 hot keys", "writes/s", true);
    private static final Figure PUT_P50 = new Figure("first-put-p50", "put here to listener there, p50", "µs", false);
    private static final Figure PUT_P99 = new Figure("first-put-p99", "put here to listener there, p99", "µs", false);
    private static final Figure MESSAGES = new Figure("first-messages-100", "messages of 100 bytes", "messages/s", true);
    private static final Figure LONG_MESSAGES = new Figure("first-messages-1000", "messages of 1 KB", "messages/s", true);
    private static final Figure LONG_NEW_KEYS = new Figure("first-long-new-keys", "one writer, new keys, many times longer", "entries/s", true);
    private static final Figure LATE = new Figure("first-late", "the same, from the last put until all hold all", "ms", false);
    private static final Figure LONG_ALL_WRITE = new Figure("first-long-all-write", "all write, many times longer", "entries/s", true);
    private static final Figure HEAP_RECEIVER = new Figure("first-heap-receiver", "heap an entry that was read, receiver", "bytes", false);
    private static final Figure HEAP_WRITER = new Figure("first-heap-writer", "heap an entry that was read, writer", "bytes", false);

    @Override
    public boolean suits(Kind kind) {
        return !kind.isFloor();
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = Group.of(kind, Writing.JVMS, log)) {
            Writing writing = new Writing(group, kind != Kind.UNHEARD);
            writing.newKeys(WARM_KEYS);
            writing.allWrite(WARM_KEYS);
            writing.hot(WARM_KEYS);
            results.add(kind, NEW_KEYS, writing.newKeys(scale.firstKeys()).rate());
            results.add(kind, ALL_WRITE, writing.allWrite(scale.firstKeys()).rate());
            results.add(kind, HOT, writing.hot(scale.firstKeys()));
            int longer = scale.firstKeys() * scale.longer();
            List<Long> before = group.heaps();
            Writing.Rate rate = writing.newKeys(longer);
            List<Long> after = group.heaps();
            results.add(kind, LONG_NEW_KEYS, rate.rate());
            results.add(kind, LATE, rate.lateMillis());
            results.add(kind, LONG_ALL_WRITE, writing.allWrite(longer).rate());
            results.add(kind, HEAP_WRITER, (after.get(0) - before.get(0)) / (double) longer);
            results.add(kind, HEAP_RECEIVER, (after.get(1) - before.get(1)) / (double) longer);
            group.verify();
        }
        if (kind != Kind.UNHEARD) {
            try (Group group = Group.of(kind, Writing.JVMS, log)) {
                delivery(kind, group, scale, results);
            }
        }
    }

    private static void delivery(Kind kind, Group group, Scale scale, Results results) throws IOException {
        group.all("listen");
        Delivery.timed(group, "delays", WARM_PUTS);
        String[] spread = Delivery.timed(group, "delays", scale.delays());
        results.add(kind, PUT_P50, Double.parseDouble(spread[0]));
        results.add(kind, PUT_P99, Double.parseDouble(spread[1]));
        if (kind.make().hasMessages()) {
            results.add(kind, MESSAGES, Delivery.said(group, scale.messages(), 100));
            results.add(kind, LONG_MESSAGES, Delivery.said(group, scale.messages() / 2, 1_000));
        }
    }
}
