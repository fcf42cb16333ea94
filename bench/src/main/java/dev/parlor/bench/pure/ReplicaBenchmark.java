package dev.parlor.bench.pure;

import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A replica takes a frame's entries, for each entry; and says what it holds, in short. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplicaBenchmark {
    private static final int ENTRIES = 100_000;

    private final StateDelta entries = Samples.delta(0, ENTRIES, 1L << 58);
    private final StateDelta newer = Samples.delta(0, ENTRIES, (1L << 58) + ENTRIES);
    private SessionReplica empty;
    private SessionReplica full;

    /** An empty replica, and one that holds all. */
    @Setup(Level.Invocation)
    public void setUp() {
        empty = new SessionReplica();
        full = new SessionReplica();
        full.apply(entries);
    }

    /** New keys. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public SessionChanges applyNew() {
        return empty.apply(entries);
    }

    /** Keys that are there. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public SessionChanges applyOver() {
        return full.apply(newer);
    }

    /** The digest of all. */
    @Benchmark
    public Digest digest() {
        return full.digest();
    }
}
