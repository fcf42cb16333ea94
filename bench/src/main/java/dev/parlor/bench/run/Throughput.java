package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Writing;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.util.List;

/** Three JVMs that have done it often: how fast what is written is everywhere, and what entries weigh. */
final class Throughput implements Workload {
    private final boolean heard;
    private final Figure newKeys;
    private final Figure allWrite;
    private final Figure hot;
    private final Figure heapReceiver;
    private final Figure heapWriter;

    /** @param heard whether all members listen and look at each value; else nobody does */
    Throughput(boolean heard) {
        this.heard = heard;
        String id = heard ? "heard-" : "";
        String title = heard ? ", all listen, warm" : "";
        newKeys = new Figure(id + "new-keys", "one writer, new keys" + title, "entries/s", true);
        allWrite = new Figure(id + "all-write", "all write" + title, "entries/s", true);
        hot = new Figure(id + "hot-keys", "100 hot keys" + title, "writes/s", true);
        heapReceiver = new Figure(id + "heap-receiver", "heap an entry, receiver" + title, "bytes", false);
        heapWriter = new Figure(id + "heap-writer", "heap an entry, writer" + title, "bytes", false);
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = Group.of(kind, Writing.JVMS, log)) {
            Writing writing = new Writing(group, heard);
            for (int i = 0; i < scale.warmUps(); i++) {
                writing.newKeys(scale.warmKeys());
                writing.allWrite(scale.warmKeys());
                writing.hot(scale.hotWrites());
            }
            for (int i = 0; i < scale.repeats(); i++) {
                List<Long> before = group.heaps();
                results.add(kind, newKeys, writing.newKeys(scale.keys()).rate());
                List<Long> after = group.heaps();
                results.add(kind, heapWriter, (after.get(0) - before.get(0)) / (double) scale.keys());
                results.add(kind, heapReceiver, (after.get(1) - before.get(1)) / (double) scale.keys());
                results.add(kind, allWrite, writing.allWrite(scale.keys()).rate());
                results.add(kind, hot, writing.hot(scale.hotWrites()));
            }
            group.verify();
        }
    }
}
