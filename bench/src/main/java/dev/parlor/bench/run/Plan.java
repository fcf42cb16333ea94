package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole run: every workload for every candidate, one after the other, round after round. */
public final class Plan {
    private static final Map<String, Workload> WORKLOADS = new LinkedHashMap<>();
    /** What takes many minutes, or is no figure: measured if it is asked for by name. */
    private static final Set<String> ON_DEMAND = Set.of("long", "flame");

    static {
        WORKLOADS.put("first-minute", new FirstMinute());
        WORKLOADS.put("heard", new Throughput(true));
        WORKLOADS.put("throughput", new Throughput(false));
        WORKLOADS.put("delivery", new Delivery());
        WORKLOADS.put("cold", new Cold());
        WORKLOADS.put("stopped", new Stopped());
        WORKLOADS.put("idle", new Idle());
        WORKLOADS.put("large", new Large());
        WORKLOADS.put("secured", new Secured());
        WORKLOADS.put("listeners", new Listeners());
        WORKLOADS.put("long", new LongRun());
        WORKLOADS.put("flame", new Flame());
        WORKLOADS.put("signals", new Signals());
    }

    private Plan() {}

    /** What is measured unless something else is asked for. */
    public static List<String> workloads() {
        return WORKLOADS.keySet().stream().filter(name -> !ON_DEMAND.contains(name)).toList();
    }

    /** All that can be measured. */
    public static List<String> all() {
        return List.copyOf(WORKLOADS.keySet());
    }

    /**
     * Measures.
     *
     * @return what could not be measured, and why
     */
    public static List<String> run(List<String> workloads, List<Kind> kinds, Scale scale, File log, Results results) {
        List<String> failures = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            for (String name : workloads) {
                for (Kind kind : kinds) {
                    if (WORKLOADS.get(name).suits(kind)) {
                        try {
                            WORKLOADS.get(name).measure(kind, scale, log, results);
                        } catch (Exception e) {
                            failures.add(kind.id() + ", " + name + ": " + e);
                            System.out.println("failed: " + failures.get(failures.size() - 1));
                        }
                    }
                }
            }
        }
        return failures;
    }
}
