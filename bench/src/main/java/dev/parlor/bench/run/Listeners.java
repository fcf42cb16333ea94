package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;

/**
 * A table that shows 10,000 values of a room while 10,000 changes a second are made: what a change costs the event thread,
 * beside ten values that are shown while as much changes.
 */
final class Listeners implements Workload {
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int CHANGES_A_SECOND = 10_000;

    private static final String CPU = "% of a core";
    private static final Figure TEN = new Figure("listeners-ten", "event thread, 10 keys changed and bound", CPU, false);
    private static final Figure UNHEARD = new Figure("listeners-unheard", "event thread, 10,000 keys changed, 10 of them bound",
            CPU, false);
    private static final Figure ALL = new Figure("listeners-many", "event thread, 10,000 keys changed and bound", CPU, false);
    private static final Figure OTHERS = new Figure("listeners-others", "event thread, 10,000 keys bound, 10 of them changed",
            CPU, false);
    private static final Figure RATIO = new Figure("listeners-ratio", "event thread, 10,000 keys bound by 10", "", false);
    private static final Figure TOLD = new Figure("listeners-told", "values shown, of 10,000 keys", "values/s", true);
    private static final Figure LATE = new Figure("listeners-late", "the last change of 10,000 keys is shown late", "ms", false);
    private static final Figure BEGIN = new Figure("listeners-begin", "10,000 binds are registered", "ms", false);
    private static final Figure END = new Figure("listeners-end", "and closed", "ms", false);

    /** It is asked of Parlor alone. */
    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.PARLOR;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = new Group(kind, log)) {
            Jvm jvm = group.start();
            // What has just been compiled counts for the first run only.
            run(jvm, MANY, MANY, scale);
            for (int i = 0; i < scale.repeats(); i++) {
                double[] ten = run(jvm, FEW, FEW, scale);
                double[] others = run(jvm, MANY, FEW, scale);
                double[] all = run(jvm, MANY, MANY, scale);
                results.add(kind, TEN, ten[0]);
                results.add(kind, OTHERS, others[0]);
                results.add(kind, RATIO, others[0] / ten[0]);
                results.add(kind, UNHEARD, run(jvm, FEW, MANY, scale)[0]);
                results.add(kind, ALL, all[0]);
                results.add(kind, TOLD, all[1]);
                results.add(kind, LATE, all[2]);
                results.add(kind, BEGIN, all[3]);
                results.add(kind, END, all[4]);
            }
        }
    }

    private static double[] run(Jvm jvm, int binds, int keys, Scale scale) {
        String[] words = jvm.ask("binds " + binds + " " + keys + " " + CHANGES_A_SECOND + " " + scale.idleSeconds()).split(" ");
        double[] figures = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            figures[i] = Double.parseDouble(words[i]);
        }
        return figures;
    }
}
