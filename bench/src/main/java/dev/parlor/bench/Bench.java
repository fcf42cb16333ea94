package dev.parlor.bench;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Report;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.run.Plan;
import dev.parlor.bench.scale.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures Parlor beside others on this machine. */
@Command(name = "parlor-bench", mixinStandardHelpOptions = true, version = "Parlor bench",
        description = "Measures Parlor beside raw JGroups and others, and writes results, a table and plots.",
        subcommands = Pure.class)
public final class Bench implements Callable<Integer> {
    @Option(names = "--quick", description = "one round of less work, in about two minutes beside raw JGroups; else three "
            + "rounds in full beside all")
    private boolean quick;

    @Option(names = "--rounds", description = "how many rounds")
    private Integer rounds;

    @Option(names = "--only", split = ",", description = "workloads: first-minute, heard, throughput, delivery, cold, stopped, idle, large, secured, "
            + "listeners, signals (all these); long, flame (if asked for)")
    private List<String> only = Plan.workloads();

    @Option(names = "--candidates", split = ",",
            description = "raw, packed, direct, udp, udp-spinning, parlor, unheard, sealed, replicatedhashmap, "
            + "hazelcast, infinispan (all; if quick, without the last three)")
    private List<String> candidates;

    @Option(names = "--crowd", description = "how many rooms, and participants of one room, are opened in one JVM")
    private Integer crowd;

    @Option(names = "--jvms", description = "of the workload large: how many JVMs join at once")
    private Integer jvms;

    @Option(names = "--entries", description = "of the workload long: how many entries a room has")
    private Integer entries;

    @Option(names = "--minutes", description = "of the workload long: how long it is written")
    private Double minutes;

    @Option(names = "--flame", description = "only draws where a writer and a receiver are in their first minute: --only flame "
            + "--candidates parlor")
    private boolean flame;

    @Option(names = "--out", description = "folder of the results (${DEFAULT-VALUE})")
    private Path out = Path.of("bench", "results");

    private Bench() {}

    /** Runs what the command line says. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Scale scale = sized(quick ? Scale.quick() : Scale.full());
        if (flame) {
            only = List.of("flame");
            candidates = List.of(Kind.PARLOR.id());
        }
        if (!Plan.all().containsAll(only)) {
            throw new IllegalArgumentException("one of " + only + " is none of " + Plan.all());
        }
        Files.createDirectories(out);
        Path log = Files.createTempFile("parlor-bench", ".log");
        Results results = new Results(out.resolve("results.jsonl"));
        List<Kind> kinds = candidates != null ? candidates.stream().map(Kind::of).toList()
                : Arrays.stream(Kind.values()).filter(kind -> !quick || !kind.isPeer()).toList();
        List<String> failures = Plan.run(only, kinds, scale, log.toFile(), results);
        Report.write(out, results, machine());
        failures.forEach(failure -> System.out.println("not measured: " + failure));
        System.out.println("the members' own output: " + log);
        System.out.println("results: " + out.resolve("results.md"));
        return failures.isEmpty() ? 0 : 1;
    }

    private Scale sized(Scale scale) {
        Scale.Steady steady = scale.steady();
        int numberOfRounds = rounds != null ? rounds : flame ? 1 : scale.rounds();
        return scale.sized(numberOfRounds, crowd != null ? crowd : scale.crowd(), jvms != null ? jvms : scale.large(),
                new Scale.Steady(entries != null ? entries : steady.entries(),
                        minutes != null ? (int) (minutes * 60) : steady.seconds(), steady.writes()));
    }

    private static String machine() {
        return LocalDate.now() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + ", JDK " + System.getProperty("java.version") + ".";
    }
}
