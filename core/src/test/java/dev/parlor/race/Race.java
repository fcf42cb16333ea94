package dev.parlor.race;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.NoExceptionVerifier;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;


/**
 * Looks for races. A subject is a class with operations. Some scenarios are written down, such as the ones that found something
 * once; others are drawn by Lincheck, the same in each run. Each scenario is run in many interleavings: some that the tool decides,
 * where each read, write and lock is a place at which it may switch (model checking, of a memory that all threads see alike), and
 * some as they come on real threads (stress, of the memory as the processor has it).
 *
 * <p>{@code -Draces.times} multiplies how many scenarios are drawn, and up to 20 how many interleavings of each are tried.
 */
public final class Race {
    private static final int TIMES = Integer.getInteger("races.times", 1);
    /** With these a build looks for some seconds a subject. */
    private static final int SCENARIOS = 1;
    private static final int INTERLEAVINGS = 50;
    private static final int RUNS = 100;
    /** A thread that is stopped twice at the wrong place is met in some hundred interleavings; more find nothing else. */
    private static final int MOST_TIMES_INTERLEAVINGS = 20;

    /** Of a subject that finds by itself what is wrong, no operation throws anything. */
    public static final class NothingThrown implements Verifier {
        private final Verifier verifier = new NoExceptionVerifier();

        /** As Lincheck makes it. */
        public NothingThrown(Class<?> specification) {}

        @Override
        public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
            return verifier.verifyResults(scenario, results);
        }
    }

    private final Class<?> subject;
    private final List<ExecutionScenario> scenarios = new ArrayList<>();

    private Race(Class<?> subject) {
        this.subject = subject;
    }

    /** Races of the operations of a class. */
    public static Race of(Class<?> subject) {
        return new Race(subject);
    }

    /**
     * A scenario. Operations are written as their name and their parameter, as in {@code "listen 0, change"}.
     *
     * @param before what happens first, empty for nothing
     * @param one what a thread does after that
     * @param other what another one does at the same time
     */
    public Race scenario(String before, String one, String other) {
        Actor validation = methods().filter(each -> each.isAnnotationPresent(Validate.class)).findFirst()
                .map(each -> new Actor(each, List.of())).orElse(null);
        scenarios.add(new ExecutionScenario(actors(before), List.of(actors(one), actors(other)), List.of(), validation));
        return this;
    }

    private List<Actor> actors(String operations) {
        return operations.isEmpty() ? List.of() : Arrays.stream(operations.split(", ")).map(this::actor).toList();
    }

    private Actor actor(String operation) {
        String[] words = operation.split(" ");
        Method method = methods().filter(each -> each.isAnnotationPresent(Operation.class) && each.getName().equals(words[0]))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("no operation \"" + words[0] + "\""));
        return new Actor(method, Arrays.stream(words).skip(1).map(Integer::valueOf).toList());
    }

    private Stream<Method> methods() {
        return Arrays.stream(subject.getDeclaredMethods());
    }

    /** Looks for what an operation throws, and for what the subject finds wrong when all operations have ended. */
    public void findsAllValid() {
        modelChecking().verifier(NothingThrown.class).check(subject);
        findsAllValidUnderStress();
    }

    /** The same on real threads alone: of what is too large to be followed step by step. */
    public void findsAllValidUnderStress() {
        stress().verifier(NothingThrown.class).check(subject);
    }

    private ModelCheckingOptions modelChecking() {
        return sized(new ModelCheckingOptions(), INTERLEAVINGS);
    }

    private StressOptions stress() {
        return sized(new StressOptions(), RUNS);
    }

    private <O extends Options<O, ?>> O sized(O options, int invocations) {
        scenarios.forEach(options::addCustomScenario);
        return options.iterations(SCENARIOS * TIMES)
                .invocationsPerIteration(invocations * Math.min(TIMES, MOST_TIMES_INTERLEAVINGS)).threads(2).actorsPerThread(3)
                .actorsBefore(3).actorsAfter(0);
    }
}
