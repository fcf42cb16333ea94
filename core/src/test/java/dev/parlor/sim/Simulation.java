package dev.parlor.sim;

import dev.parlor.sim.History.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Runs schedules, as many at a time as there are processors, and counts. */
final class Simulation {
    private static final int MAX_FAILURES_SHOWN = 3;
    private static final int MAX_RUNS_TO_SHORTEN = 400;

    private final Flaw flaw;
    private final AtomicLong schedules = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong partitions = new AtomicLong();
    private final AtomicLong kills = new AtomicLong();
    private final Map<Wrong, AtomicInteger> wrongs = Map.of(Wrong.DIVERGED, new AtomicInteger(), Wrong.LOST,
            new AtomicInteger(), Wrong.RESURRECTED, new AtomicInteger(), Wrong.VIOLATION, new AtomicInteger());
    private final List<Schedule> failed = new ArrayList<>();
    private long compactions;
    private long late;
    private String firstFinding;
    private final List<Long> settled = new ArrayList<>();

    Simulation(Flaw flaw) {
        this.flaw = flaw;
    }

    /** Runs schedules of the seeds from {@code first} on, until all are done or so many have failed. */
    void run(long first, long count, int maxFailures) throws InterruptedException {
        AtomicLong next = new AtomicLong(first);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(() -> {
                for (long seed; (seed = next.getAndIncrement()) < first + count && failures() < maxFailures;) {
                    runOne(seed);
                }
            }, "sim-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void runOne(long seed) {
        if (!flaw.mayShowIn(Kind.of(seed))) {
            return;
        }
        Schedule schedule = Schedule.of(seed);
        World.Result result;
        try {
            result = World.run(schedule, flaw);
        } catch (RuntimeException | Error e) {
            History history = new History(List.of());
            history.found(Wrong.VIOLATION, new Scheduler(), History.THREW + e + " " + List.of(e.getStackTrace()).subList(0,
                    Math.min(8, e.getStackTrace().length)));
            result = new World.Result(history, 0, 0, 0);
        }
        schedules.incrementAndGet();
        operations.addAndGet(result.history().operations);
        partitions.addAndGet(result.history().partitions);
        kills.addAndGet(result.history().kills);
        result.history().wrongs.forEach((what, times) -> wrongs.get(what).addAndGet(times));
        synchronized (this) {
            compactions += result.compactions();
            late += result.history().late;
            settled.add(result.settledMillis());
            if (result.history().shows(flaw)) {
                failed.add(schedule);
                firstFinding = firstFinding == null ? result.history().finding(flaw) : firstFinding;
            }
        }
    }

    synchronized int failures() {
        return failed.size();
    }

    synchronized List<Schedule> failed() {
        return List.copyOf(failed);
    }

    /** One line of what came of it. */
    String summary() {
        return "sim: " + schedules + " schedules, " + operations + " operations, " + wrongs.get(Wrong.DIVERGED)
                + " diverged, " + wrongs.get(Wrong.LOST) + " lost, " + wrongs.get(Wrong.RESURRECTED) + " resurrected, "
                + wrongs.get(Wrong.VIOLATION) + " violations";
    }

    /** The seeds of what failed. */
    String foundAt() {
        return failed().stream().map(each -> "seed " + each.seed() + ", ").collect(Collectors.joining());
    }

    /** How it showed first. */
    synchronized String firstFinding() {
        return firstFinding;
    }

    /** More of what was run. */
    synchronized String details() {
        List<Long> sorted = settled.stream().sorted().toList();
        return String.format("sim: on average %.1f partitions and %.1f kills a schedule, %d compactions; "
                + "the same again %d ms (median) and %d ms (worst) after the last fault; "
                + "%.3f times a schedule a message was given up to wait for what was sent before it",
                (double) partitions.get() / schedules.get(),
                (double) kills.get() / schedules.get(), compactions, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1),
                (double) late / schedules.get());
    }

    /** The first failures, each with as few steps as make it fail, and how to repeat them. */
    String explain() {
        StringBuilder text = new StringBuilder();
        failed().stream().limit(MAX_FAILURES_SHOWN).forEach(schedule -> {
            Schedule shortest = shorten(schedule);
            World.Result result = World.run(shortest, flaw);
            text.append("\nseed ").append(schedule.seed()).append(", ").append(schedule.kind()).append(", ")
                    .append(shortest.steps().size()).append(" of ")
                    .append(schedule.steps().size()).append(" steps:\n")
                    .append(shortest.steps().stream().map(Step::toString).collect(Collectors.joining("\n")))
                    .append("\nfound:\n").append(String.join("\n", result.history().findings))
                    .append("\nrepeat: mvn -pl core -am verify -Psim -Dsim.schedules=1 -Dsim.seed=").append(schedule.seed())
                    .append('\n');
        });
        failed().stream().skip(MAX_FAILURES_SHOWN).forEach(schedule -> text.append("\nseed ").append(schedule.seed()).append(", ")
                .append(schedule.kind()).append(" found: ").append(World.run(schedule, flaw).history().findings.get(0)));
        return text.toString();
    }

    /** Leaves out steps as long as it still fails (delta debugging, Zeller and Hildebrandt 2002). */
    private Schedule shorten(Schedule schedule) {
        List<Step> steps = schedule.steps();
        int runs = 0;
        for (int chunk = steps.size() / 2; chunk > 0; chunk /= 2) {
            for (int at = 0; at < steps.size() && runs < MAX_RUNS_TO_SHORTEN;) {
                List<Step> fewer = new ArrayList<>(steps.subList(0, at));
                fewer.addAll(steps.subList(Math.min(steps.size(), at + chunk), steps.size()));
                runs++;
                if (fails(schedule.with(fewer))) {
                    steps = fewer;
                } else {
                    at += chunk;
                }
            }
        }
        return schedule.with(steps);
    }

    private boolean fails(Schedule schedule) {
        try {
            return !World.run(schedule, flaw).history().isClean();
        } catch (RuntimeException | Error e) {
            return true;
        }
    }
}
