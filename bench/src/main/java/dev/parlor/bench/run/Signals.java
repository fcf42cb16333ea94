package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;

/**
 * Twenty participants that move something sixty times a second, in a JVM of their own, beside one that puts and one that listens, in
 * one each: what puts take and how many frames of state there are with the signals and without, in turn in the same JVMs. Those that
 * signal do not listen: each on a machine of its own, their listeners would not take this one's processors.
 */
final class Signals implements Workload {
    private static final int SIGNALLING = 20;
    private static final int A_SECOND = 60;
    private static final int TIMES_MORE = 4;

    private static final Figure WITHOUT = new Figure("signals-put-without", "put here to listener there, p50, without signals", "µs", false);
    private static final Figure WITH = new Figure("signals-put-with", "the same beside 20 × 60 signals a second", "µs", false);
    private static final Figure RATIO = new Figure("signals-put-ratio", "with by without", "", false);
    private static final Figure FRAMES_WITHOUT = new Figure("signals-frames-without", "frames of state, without signals", "frames/s", false);
    private static final Figure FRAMES_WITH = new Figure("signals-frames-with", "frames of state, beside them", "frames/s", false);
    private static final Figure MISSED = new Figure("signals-missed", "frames of state missed beside them", "frames", false);
    private static final Figure HEARD = new Figure("signals-heard", "signals heard, of those sent, at each", "%", true);

    /** It is asked of Parlor alone. */
    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.PARLOR;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = new Group(kind, log)) {
            Jvm writer = group.start();
            Jvm reader = group.start();
            Jvm movers = group.start();
            writer.ask("signals rooms 1");
            reader.ask("signals rooms 1");
            movers.ask("signals rooms " + SIGNALLING);
            group.all("signals await " + (SIGNALLING + 2));
            reader.ask("signals listen 0");
            int count = scale.delays() * TIMES_MORE;
            for (int i = 0; i < scale.warmUps(); i++) {
                run(writer, reader, movers, count, i % 2 == 0);
            }
            for (int i = 0; i < scale.repeats(); i++) {
                double[] without = run(writer, reader, movers, count, false);
                double[] with = run(writer, reader, movers, count, true);
                results.add(kind, WITHOUT, without[0]);
                results.add(kind, WITH, with[0]);
                results.add(kind, RATIO, with[0] / without[0]);
                results.add(kind, FRAMES_WITHOUT, without[1]);
                results.add(kind, FRAMES_WITH, with[1]);
                results.add(kind, MISSED, with[2] - without[2]);
                results.add(kind, HEARD, with[3]);
            }
        }
    }

    /** Median of the way of a put, frames a second, frames missed so far, and the share of the signals that the reader heard. */
    private static double[] run(Jvm writer, Jvm reader, Jvm movers, int count, boolean signalling) {
        long before = signals(movers, 0);
        reader.ask("signals signals 0");
        if (signalling) {
            movers.ask("signals move " + A_SECOND);
        }
        double frames = Double.parseDouble(writer.ask("signals put " + count));
        if (signalling) {
            movers.ask("signals stop 0");
        }
        String[] times = reader.ask("signals times " + count).split(" ");
        long sent = signals(movers, 0) - before;
        long heard = signals(reader, 1);
        return new double[] {Double.parseDouble(times[0]), frames, Double.parseDouble(times[4]), sent == 0 ? 100 : heard * 100.0 / sent};
    }

    private static long signals(Jvm jvm, int which) {
        return Long.parseLong(jvm.ask("signals signals 0").split(" ")[which]);
    }
}
