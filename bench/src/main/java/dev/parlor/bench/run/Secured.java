package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * What a passphrase costs: two rooms of three JVMs beside each other, one open and one with a passphrase, measured in turn,
 * and the ratio of each pair.
 */
final class Secured implements Workload {
    private static final int JVMS = 3;
    private static final int BYTES = 100;
    private static final int MESSAGE_BYTES = 1_000;
    private static final int PAUSE_MICROS = 500;

    private static final Figure MESSAGES = new Figure("secured-messages", "messages of 1 KB", "messages/s", true);
    private static final Figure SYNC = new Figure("secured-sync", "state at a join", "entries/s", true);
    private static final Figure PUT = new Figure("secured-put", "put here to listener there, p50", "µs", false);
    private static final Figure MESSAGES_RATIO = new Figure("secured-messages-ratio", "messages, secured by open", "", true);
    private static final Figure SYNC_RATIO = new Figure("secured-sync-ratio", "state, secured by open", "", true);
    private static final Figure PUT_RATIO = new Figure("secured-put-ratio", "put to listener, secured by open", "", false);

    /** What is measured of one room. */
    private interface Measuring {
        double of(Group group) throws IOException;
    }

    /** It measures both itself. */
    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.PARLOR;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group open = Group.of(Kind.PARLOR, JVMS, log); Group sealed = Group.of(Kind.SEALED, JVMS, log)) {
            int entries = 2 * scale.keys();
            for (Group group : List.of(open, sealed)) {
                group.get(0).ask("prepare 1 0 " + entries + " " + BYTES);
                group.get(0).ask("write");
                group.all("size " + entries);
                group.get(0).ask("listen");
                group.get(1).ask("listen");
            }
            for (int i = 0; i < scale.warmUps(); i++) {
                for (Group group : List.of(open, sealed)) {
                    messages(group, scale.messages() / 2);
                    put(group, scale.delays());
                    sync(group);
                }
            }
            for (int i = 0; i < scale.pairs(); i++) {
                pair(open, sealed, MESSAGES, MESSAGES_RATIO, results, group -> messages(group, scale.messages() / 2));
                pair(open, sealed, PUT, PUT_RATIO, results, group -> put(group, scale.delays()));
                pair(open, sealed, SYNC, SYNC_RATIO, results, Secured::sync);
            }
        }
    }

    private static void pair(Group open, Group sealed, Figure figure, Figure ratio, Results results, Measuring measuring)
            throws IOException {
        double plain = measuring.of(open);
        double secured = measuring.of(sealed);
        results.add(Kind.PARLOR, figure, plain);
        results.add(Kind.SEALED, figure, secured);
        results.add(Kind.PARLOR, ratio, secured / plain);
    }

    private static double messages(Group group, int count) {
        group.get(1).ask("clear");
        Jvm sender = group.get(0);
        sender.tell("say " + count + " " + MESSAGE_BYTES);
        group.get(1).tell("heard " + count);
        long begin = Long.parseLong(sender.answer());
        return count * 1e9 / (Long.parseLong(group.get(1).answer()) - begin);
    }

    private static double put(Group group, int count) {
        group.get(1).ask("clear");
        group.get(0).ask("delays " + count + " " + PAUSE_MICROS);
        group.get(1).ask("heard " + count);
        return Double.parseDouble(group.get(1).ask("spread").split(" ")[0]);
    }

    /** The third leaves and joins again. */
    private static double sync(Group group) {
        String held = group.get(0).ask("count");
        return Double.parseDouble(group.get(2).ask("resync " + held));
    }
}
