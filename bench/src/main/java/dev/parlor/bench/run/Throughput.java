package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Three JVMs: how fast what is written is everywhere, and what entries weigh. Nobody listens. */
final class Throughput implements Workload {
    private static final int JVMS = 3;
    private static final int BYTES = 100;
    private static final int HOT_KEYS = 100;

    private static final Figure NEW_KEYS = new Figure("new-keys", "one writer, new keys", "entries/s", true);
    private static final Figure ALL_WRITE = new Figure("all-write", "all write", "entries/s", true);
    private static final Figure HOT = new Figure("hot-keys", "100 hot keys", "writes/s", true);
    private static final Figure HEAP_RECEIVER = new Figure("heap-receiver", "heap an entry, receiver", "bytes", false);
    private static final Figure HEAP_WRITER = new Figure("heap-writer", "heap an entry, writer", "bytes", false);

    private int held;
    /** Whose turn it is to be written: each writer of each time has keys of its own. */
    private int nextKeys;
    private boolean hotKeysHeld;
    private int hotWritten;

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        held = 0;
        nextKeys = 0;
        hotKeysHeld = false;
        hotWritten = 0;
        try (Group group = Group.of(kind, JVMS, log)) {
            for (int i = 0; i < scale.warmUps(); i++) {
                newKeys(group, scale.warmKeys());
                allWrite(group, scale.warmKeys());
                hot(group, scale.hotWrites());
            }
            for (int i = 0; i < scale.repeats(); i++) {
                List<Long> before = heap(group);
                results.add(kind, NEW_KEYS, newKeys(group, scale.keys()));
                List<Long> after = heap(group);
                results.add(kind, HEAP_WRITER, (after.get(0) - before.get(0)) / (double) scale.keys());
                results.add(kind, HEAP_RECEIVER, (after.get(1) - before.get(1)) / (double) scale.keys());
                results.add(kind, ALL_WRITE, allWrite(group, scale.keys()));
                results.add(kind, HOT, hot(group, scale.hotWrites()));
            }
            group.verify();
        }
    }

    private double newKeys(Group group, int count) {
        Jvm writer = group.get(0);
        writer.ask("prepare " + nextKeys++ + " 0 " + count + " " + BYTES);
        held += count;
        double rate = rate(group, List.of(writer), count);
        writer.ask("prepare 0 0 0 0");
        return rate;
    }

    private double allWrite(Group group, int count) {
        int each = count / JVMS;
        for (int i = 0; i < JVMS; i++) {
            group.get(i).ask("prepare " + nextKeys++ + " 0 " + each + " " + BYTES);
        }
        held += each * JVMS;
        double rate = rate(group, group.everybody(), each * JVMS);
        group.all("prepare 0 0 0 0");
        return rate;
    }

    private double rate(Group group, List<Jvm> writers, int count) {
        writers.forEach(writer -> writer.tell("write"));
        group.everybody().forEach(jvm -> jvm.tell("size " + held));
        long begin = writers.stream().mapToLong(writer -> Long.parseLong(writer.answer())).min().orElseThrow();
        long end = Group.lastDone(group.everybody());
        return count * 1e9 / (end - begin);
    }

    private double hot(Group group, int writes) {
        held += hotKeysHeld ? 0 : HOT_KEYS;
        hotKeysHeld = true;
        Jvm writer = group.get(0);
        // Each time other values than before, or they would be found at once.
        writer.tell("hot " + HOT_KEYS + " " + hotWritten + " " + writes + " " + BYTES);
        hotWritten += writes;
        group.everybody().forEach(jvm -> jvm.tell("hotis " + HOT_KEYS + " " + hotWritten));
        long begin = Long.parseLong(writer.answer());
        long end = Group.lastDone(group.everybody());
        return writes * 1e9 / (end - begin);
    }

    private static List<Long> heap(Group group) {
        return new ArrayList<>(group.all("heap").stream().map(Long::parseLong).toList());
    }
}
