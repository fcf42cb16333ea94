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

/** Three JVMs that listen: how long one put and one message take, and how many messages arrive. */
final class Delivery implements Workload {
    private static final int JVMS = 3;
    private static final int BYTES = 100;
    private static final int LONG_BYTES = 1_000;
    /** Between two timed puts: so that none waits for another. */
    private static final int PAUSE_MICROS = 500;

    private static final Figure PUT_P50 = new Figure("put-p50", "put here to listener there, p50", "µs", false);
    private static final Figure PUT_P99 = new Figure("put-p99", "put here to listener there, p99", "µs", false);
    private static final Figure MESSAGES = new Figure("messages-100", "messages of 100 bytes", "messages/s", true);
    private static final Figure LONG_MESSAGES = new Figure("messages-1000", "messages of 1 KB", "messages/s", true);
    private static final Figure MESSAGE_P50 = new Figure("message-p50", "message one way, p50", "µs", false);
    private static final Figure PUT_COST = new Figure("put-cost", "a put's cost to its caller, p50", "µs", false);

    @Override
    public boolean suits(Kind kind) {
        return !kind.isVariant() || kind.isFloor();
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = Group.of(kind, kind.hasNoMembership() ? 2 : JVMS, log)) {
            group.all("listen");
            delays(kind, group, scale, results);
            if (kind.make().hasMessages()) {
                messages(kind, group, scale, results);
            }
            group.verify();
        }
    }

    private static void delays(Kind kind, Group group, Scale scale, Results results) throws IOException {
        for (int i = 0; i < scale.warmUps() / 2; i++) {
            timed(group, "delays", scale.delays());
        }
        String[] spread = timed(group, "delays", scale.delays());
        results.add(kind, PUT_P50, Double.parseDouble(spread[0]));
        results.add(kind, PUT_P99, Double.parseDouble(spread[1]));
        results.add(kind, PUT_COST, Double.parseDouble(
                group.get(0).ask("puts 300 " + scale.delays() + " " + PAUSE_MICROS).split(" ")[0]));
    }

    /** What the second member measured of what the first one did. */
    static String[] timed(Group group, String order, int count) {
        group.all("clear");
        group.get(0).ask(order + " " + count + " " + PAUSE_MICROS);
        group.get(1).ask("heard " + count);
        return group.get(1).ask("spread").split(" ");
    }

    private static void messages(Kind kind, Group group, Scale scale, Results results) throws IOException {
        for (int i = 0; i < scale.warmUps(); i++) {
            said(group, scale.messages(), BYTES);
            said(group, scale.messages() / 2, LONG_BYTES);
        }
        for (int i = 0; i < scale.repeats(); i++) {
            results.add(kind, MESSAGES, said(group, scale.messages(), BYTES));
            results.add(kind, LONG_MESSAGES, said(group, scale.messages() / 2, LONG_BYTES));
        }
        timed(group, "saytimed", scale.delays());
        results.add(kind, MESSAGE_P50, Double.parseDouble(timed(group, "saytimed", scale.delays())[0]));
    }

    /** Messages a second, until the slowest receiver has heard all. */
    static double said(Group group, int count, int bytes) {
        group.all("clear");
        Jvm sender = group.get(0);
        sender.tell("say " + count + " " + bytes);
        List<Jvm> receivers = group.others(sender);
        receivers.forEach(jvm -> jvm.tell("heard " + count));
        long begin = Long.parseLong(sender.answer());
        long end = Group.lastDone(receivers);
        return count * 1e9 / (end - begin);
    }
}
