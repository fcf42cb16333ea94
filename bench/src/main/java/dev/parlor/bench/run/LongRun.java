package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Jvm;
import dev.parlor.bench.recording.Pauses;
import dev.parlor.bench.report.Figure;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A room of many entries in three JVMs, all of which write, read and listen at a steady pace, for long: the longest that a put or
 * get takes, and why; and the same while a fourth JVM joins. Each JVM records what stops or holds up its threads, and what is
 * measured is the worst of the three.
 */
final class LongRun implements Workload {
    private static final int JVMS = 3;
    private static final int BYTES = 100;
    private static final int ROUND = 1;
    /** Entries that are written at once at first. */
    private static final int CHUNK = 50_000;
    /** Of the entries, one in so many is new while they are written at a steady pace. */
    private static final int NEW = 10;
    private static final int SAMPLE_MILLIS = 10;
    /** How long it is written while one joins, as a part of the whole; it joins after a quarter of that. */
    private static final int JOINING_PART = 5;
    /** Heap in MB for 1,000 entries and beyond that: what is live takes a quarter of it, as in a program that has room. */
    private static final int HEAP_PER_THOUSAND = 2;
    private static final int HEAP_LEAST = 512;
    /** Calls that are told of, for each JVM and phase. */
    private static final int TOLD = 20;
    private static final String PAUSES = "long-pauses.txt";
    private static final double MB = 1 << 20;

    @Override
    public boolean suits(Kind kind) {
        return kind == Kind.RAW || kind.isPeer() || kind == Kind.PARLOR || kind == Kind.SEALED;
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        Scale.Steady steady = scale.steady();
        String heap = "-Xmx" + (HEAP_LEAST + steady.entries() / 1_000 * HEAP_PER_THOUSAND) + "m";
        try (Group group = Group.of(kind, JVMS, log, heap)) {
            List<Jvm> writers = group.everybody();
            group.all("hear");
            int held = steady.entries() - steady.entries() / NEW;
            fill(group, held);
            Files.deleteIfExists(results.folder().resolve(PAUSES));
            Run run = new Run(kind, writers, steady, results);
            // What is compiled and moved to the old generation at first counts for nobody.
            run.write(held, 0, scale.settleSeconds());
            run.recorded("long", "steady", () -> run.write(held, steady.entries() - held, steady.seconds()));
            group.all("size " + steady.entries());
            results.add(kind, new Figure("long-heap", "many entries, heap of a member", "MB", false),
                    Long.parseLong(group.get(1).ask("heap")) / MB);
            int joining = Math.max(2, steady.seconds() / JOINING_PART);
            run.recorded("long-join", "while one joins", () -> {
                run.tell(steady.entries(), 0, joining);
                TimeUnit.SECONDS.sleep(joining / 4);
                // Its time counts from the start of its JVM.
                Jvm late = group.start(heap);
                String[] joined = late.ask("join").split(" ");
                results.add(kind, new Figure("long-join", "many entries, until a fourth JVM, cold, has them", "ms", false),
                        Double.parseDouble(joined[0]));
                return run.answers();
            });
            group.all("size " + steady.entries());
            TimeUnit.SECONDS.sleep(scale.settleSeconds());
            group.verify();
        }
    }

    private static void fill(Group group, int count) {
        for (int from = 0; from < count; from += CHUNK) {
            int size = Math.min(CHUNK, count - from);
            group.get(0).ask("prepare " + ROUND + " " + from + " " + size + " " + BYTES);
            group.get(0).ask("write");
            group.all("size " + (from + size));
        }
        group.get(0).ask("prepare 0 0 0 0");
    }

    /** Something that is written, and what each JVM says of it. */
    private interface Writes {
        List<String[]> run() throws Exception;
    }

    private record Run(Kind kind, List<Jvm> writers, Scale.Steady steady, Results results) {
        /** All write, each an equal part of the new keys. */
        void tell(int held, int news, int seconds) {
            for (int i = 0; i < JVMS; i++) {
                int from = held + news * i / JVMS;
                int to = held + news * (i + 1) / JVMS;
                writers.get(i).tell("steady " + ROUND + " " + held + " " + from + " " + to + " "
                        + Math.max(1, steady.writes() / JVMS) + " " + seconds);
            }
        }

        List<String[]> answers() {
            return writers.stream().map(jvm -> jvm.answer().split(" ")).toList();
        }

        List<String[]> write(int held, int news, int seconds) {
            tell(held, news, seconds);
            return answers();
        }

        void recorded(String id, String phase, Writes writes) throws Exception {
            Group.tell(writers, "record " + SAMPLE_MILLIS);
            List<String> before = Group.tell(writers, "usage");
            List<String[]> answers = writes.run();
            List<String> after = Group.tell(writers, "usage");
            List<Pauses> pauses = new ArrayList<>();
            for (int i = 0; i < JVMS; i++) {
                Path recording = results.folder().resolve(id + "-" + kind.id() + "-" + i + ".jfr");
                writers.get(i).ask("recorded " + recording);
                pauses.add(Pauses.of(recording));
            }
            String title = "many entries, " + phase + ": ";
            String[] names = {"put, p50", "put, p99", "put, p99.9", "put, longest", "get, p50", "get, p99", "get, p99.9", "get, longest"};
            String[] ids = {"put-p50", "put-p99", "put-p999", "put-max", "get-p50", "get-p99", "get-p999", "get-max"};
            for (int i = 0; i < names.length; i++) {
                int at = i;
                results.add(kind, new Figure(id + "-" + ids[i], title + names[i], "µs", false),
                        answers.stream().mapToDouble(answer -> Double.parseDouble(answer[at])).max().orElseThrow());
            }
            results.add(kind, new Figure(id + "-late", title + "the last put is late", "s", false),
                    answers.stream().mapToDouble(answer -> Double.parseDouble(answer[names.length])).max().orElseThrow());
            longest(id, "collector", title + "longest pause of the collector", pauses, Pauses::longestCollection);
            longest(id, "stop", title + "longest other pause of a JVM", pauses, Pauses::longestOtherStop);
            longest(id, "machine", title + "an idle thread was late without a pause", pauses, Pauses::longestOversleep);
            longest(id, "other", title + "longest call, less the collector", pauses, each -> most(each, Pauses.Call::otherNanos));
            longest(id, "unexplained", title + "longest call, less pauses of the JVM and waits for a core", pauses,
                    each -> most(each, Pauses.Call::unexplainedNanos));
            results.add(kind, new Figure(id + "-cpu", title + "CPU of a member", "% of a core", false), cpu(before.get(1), after.get(1)));
            tell(title, pauses);
        }

        private static long most(Pauses pauses, ToLongFunction<Pauses.Call> part) {
            return pauses.calls().stream().mapToLong(part).max().orElse(0);
        }

        private void longest(String id, String what, String title, List<Pauses> pauses, ToLongFunction<Pauses> part)
                throws IOException {
            results.add(kind, new Figure(id + "-" + what, title, "ms", false), pauses.stream().mapToLong(part).max().orElse(0) / 1e6);
        }

        private static double cpu(String before, String after) {
            String[] from = before.split(" ");
            String[] to = after.split(" ");
            return 100 * (Double.parseDouble(to[2]) - Double.parseDouble(from[2]))
                    / (Double.parseDouble(to[3]) - Double.parseDouble(from[3]));
        }

        /** The calls that are explained least, and the longest, into a file beside the results. */
        private void tell(String title, List<Pauses> pauses) throws IOException {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < pauses.size(); i++) {
                Pauses each = pauses.get(i);
                lines.add(kind.title() + ", " + title + "JVM " + i + ", " + each.calls().size() + " calls of a millisecond and more");
                lines.add("least explained:");
                each.calls().stream().limit(TOLD).map(each::tell).forEach(lines::add);
                lines.add("longest:");
                each.calls().stream().sorted(Comparator.comparingLong(Pauses.Call::nanos).reversed()).limit(TOLD).map(each::tell)
                        .forEach(lines::add);
            }
            Files.write(results.folder().resolve(PAUSES), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
